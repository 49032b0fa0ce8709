package io.github.mlmaven.serving.inference;

/**
 * Why a request has no result.
 *
 * @param kind whose fault it is, and whether another try may help
 * @param message for the client
 */
public record Failure(Kind kind, String message) {

    /** What protocols map to their own codes. */
    public enum Kind {
        /** The request is wrong. */
        INVALID,
        /** There is no such model any more. */
        NOT_FOUND,
        /** Too much waits already, or memory is short; another try may succeed. */
        BUSY,
        /** Its deadline passed before there was a result, or the client left before the model ran. */
        EXPIRED,
        /** The engine failed on a request that is right. */
        ENGINE,
        /** A fault of the server's own. */
        INTERNAL
    }
}
