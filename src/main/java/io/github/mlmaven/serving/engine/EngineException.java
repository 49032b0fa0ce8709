package io.github.mlmaven.serving.engine;

/** An engine could not load or run a model; the message is for the user. */
public final class EngineException extends Exception {

    /** Without a cause in an engine's library. */
    public EngineException(String message) {
        super(message);
    }

    /** With the library's own exception. */
    public EngineException(String message, Throwable cause) {
        super(message, cause);
    }
}
