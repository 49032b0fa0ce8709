package io.github.mlmaven.finding;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a user can make of a kind of finding. */
public enum Level {
    /** It fails the build. */
    FAIL(Severity.ERROR),
    /** It is a warning. */
    WARN(Severity.WARNING),
    /** Nobody hears of it. */
    OFF(null);

    private final @Nullable Severity severity;

    Level(@Nullable Severity severity) {
        this.severity = severity;
    }

    /** The form in configurations: {@code fail}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** How much such a finding weighs; empty when there is none. */
    public Optional<Severity> severity() {
        return Optional.ofNullable(severity);
    }

    /** The level with this id. */
    static Optional<Level> of(String id) {
        return Arrays.stream(values()).filter(level -> level.id().equals(id)).findFirst();
    }
}
