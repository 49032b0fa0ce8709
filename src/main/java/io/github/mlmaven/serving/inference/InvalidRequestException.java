package io.github.mlmaven.serving.inference;

/** A request that does not fit the model; the message is for the client. */
public final class InvalidRequestException extends Exception {

    /** With everything that is wrong. */
    public InvalidRequestException(String message) {
        super(message);
    }

    /** With the engine's reason. */
    public InvalidRequestException(String message, Throwable cause) {
        super(message, cause);
    }
}
