package io.github.mlmaven.verify.signature;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.FindingId;

/** A signature that does not prove anything. */
final class SignatureException extends Exception {

    private static final String RESTORE =
            "Restore the files and model.sig from the same release; do not use them until they fit.";

    private final FindingId id;
    private final String expected;
    private final String found;
    private final String next;

    private SignatureException(FindingId id, String message, String expected, String found, String next) {
        super(message);
        this.id = id;
        this.expected = expected;
        this.found = found;
        this.next = next;
    }

    /** It is wrong. */
    static SignatureException invalid(String message, String expected, String found) {
        return new SignatureException(FindingId.SIGN_INVALID, message, expected, found, RESTORE);
    }

    /** It cannot be verified here. */
    static SignatureException unverified(String message, String expected, String found, String next) {
        return new SignatureException(FindingId.SIGN_UNVERIFIED, message, expected, found, next);
    }

    Finding at(String place) {
        return Finding.of(id, place, String.valueOf(getMessage()), expected, found, next);
    }
}
