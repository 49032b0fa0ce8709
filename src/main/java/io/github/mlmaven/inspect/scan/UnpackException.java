package io.github.mlmaven.inspect.scan;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.FindingId;

/** What is packed is broken, or is packed in a way that only hurts. */
public final class UnpackException extends Exception {

    private static final long serialVersionUID = 1;

    private final FindingId id;
    private final String expected;
    private final String found;

    private UnpackException(FindingId id, String message, String expected, String found) {
        super(message);
        this.id = id;
        this.expected = expected;
        this.found = found;
    }

    /** It would become too large. */
    public static UnpackException limit(String message, String expected, String found) {
        return new UnpackException(FindingId.SAFE_ARCHIVE, message, expected, found);
    }

    /** It cannot be unpacked to its end. */
    public static UnpackException broken(String found) {
        return new UnpackException(FindingId.MODEL_CORRUPT, "it cannot be unpacked", "a complete file", found);
    }

    /** As a finding about what is packed. */
    public Finding at(String place) {
        String next = id == FindingId.MODEL_CORRUPT
                ? "Restore it from its source."
                : "Unpack it yourself and keep only what the model needs.";
        return Finding.of(id, place, String.valueOf(getMessage()), expected, found, next);
    }
}
