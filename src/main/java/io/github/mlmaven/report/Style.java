package io.github.mlmaven.report;

import io.github.mlmaven.verify.Verdict;

/** How lines of text show what matters. */
public enum Style {
    /** For files and pipes. */
    PLAIN,
    /** For terminals, by the escape sequences of ECMA-48, 8.3.117. */
    COLOURED;

    private static final String RESET = "\u001b[m";

    /** A verdict's name. */
    String of(Verdict verdict) {
        if (this == PLAIN) {
            return verdict.name();
        }
        return switch (verdict) {
            case SKIP -> verdict.name();
            case PASS -> "\u001b[1;32m" + verdict + RESET;
            case WARN -> "\u001b[1;33m" + verdict + RESET;
            case FAIL -> "\u001b[1;31m" + verdict + RESET;
        };
    }
}
