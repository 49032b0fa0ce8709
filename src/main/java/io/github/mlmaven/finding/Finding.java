package io.github.mlmaven.finding;

import java.util.Comparator;
import java.util.Optional;

/**
 * One thing that a check has to say.
 *
 * @param id which kind of finding; documented in {@code docs/checks.md}
 * @param severity how much it weighs
 * @param place the file, model or coordinate it is about, relative to the project and with {@code /}
 * @param message one sentence: what is wrong
 * @param expected what would have been right, or empty
 * @param found what is there, or empty
 * @param next what the reader can do about it
 */
public record Finding(
        FindingId id,
        Severity severity,
        String place,
        String message,
        Optional<String> expected,
        Optional<String> found,
        String next) {

    /** Heaviest first, then by place and id. */
    public static final Comparator<Finding> ORDER = Comparator.comparing(Finding::severity)
            .thenComparing(Finding::place)
            .thenComparing(Finding::id);

    /** A finding of its id's own severity, without an expectation. */
    public static Finding of(FindingId id, String place, String message, String next) {
        return new Finding(id, id.severity(), place, message, Optional.empty(), Optional.empty(), next);
    }

    /** A finding of its id's own severity, with what was expected and found. */
    public static Finding of(FindingId id, String place, String message, String expected, String found, String next) {
        return new Finding(id, id.severity(), place, message, Optional.of(expected), Optional.of(found), next);
    }

    /** The same with another weight. */
    public Finding weighing(Severity other) {
        return new Finding(id, other, place, message, expected, found, next);
    }

    /** Whether it fails the build. */
    public boolean isError() {
        return severity == Severity.ERROR;
    }

    /** The whole finding on one line: {@code ML-…: PLACE: MESSAGE; expected …, found …. NEXT}. */
    public String line() {
        StringBuilder line = new StringBuilder(id.id())
                .append(": ")
                .append(place)
                .append(": ")
                .append(message);
        expected.ifPresent(e -> line.append("; expected ").append(e));
        found.ifPresent(f -> line.append(", found ").append(f));
        return line.append(". ").append(next).toString();
    }
}
