package io.github.mlmaven.verify;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.FindingId;

/** The forked JVM did not answer everything. */
final class ForkFailure extends Exception {

    private final String expected;
    private final String found;
    private final String next;

    ForkFailure(String message, String expected, String found, String next) {
        super(message);
        this.expected = expected;
        this.found = found;
        this.next = next;
    }

    Finding at(String place) {
        return Finding.of(FindingId.MODEL_FORK, place, String.valueOf(getMessage()), expected, found, next);
    }
}
