package io.github.mlmaven.inspect.scan.read;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.FindingId;

/** A content breaks the rules of its format, so that it cannot be read any further. */
public final class MalformedException extends Exception {

    private static final long serialVersionUID = 1;

    private final FindingId id;
    private final String expected;
    private final String found;

    private MalformedException(FindingId id, String message, String expected, String found) {
        super(message);
        this.id = id;
        this.expected = expected;
        this.found = found;
    }

    /** It breaks a rule. */
    public static MalformedException corrupt(String message, String expected, String found) {
        return new MalformedException(FindingId.MODEL_CORRUPT, message, expected, found);
    }

    /** It ends before what it announces. */
    public static MalformedException truncated(String expected, String found) {
        return new MalformedException(FindingId.MODEL_TRUNCATED, "it ends too early", expected, found);
    }

    /** It has more of something than is read. */
    public static MalformedException limit(String message, String expected, String found) {
        return new MalformedException(FindingId.MODEL_LIMIT, message, expected, found);
    }

    /** As a finding about the content. */
    public Finding at(String place) {
        String next = switch (id) {
            case MODEL_TRUNCATED -> "Copy or download it again, to its end.";
            case MODEL_LIMIT -> "No honest file needs this: check where it comes from.";
            default -> "Restore it from its source, or save it again.";
        };
        return Finding.of(id, place, String.valueOf(getMessage()), expected, found, next);
    }
}
