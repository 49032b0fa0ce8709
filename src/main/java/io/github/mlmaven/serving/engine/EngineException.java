package io.github.mlmaven.serving.engine;

/** An engine could not load or run a model; the message is for the user. */
public final class EngineException extends Exception {

    /** Whose fault it is. */
    public enum Fault {
        /** The model cannot compute these inputs; with others it can. */
        INPUT,
        /** The engine or the model's file; no input is to blame. */
        ENGINE
    }

    private final Fault fault;

    /** The engine's fault, without a cause in its library. */
    public EngineException(String message) {
        super(message);
        this.fault = Fault.ENGINE;
    }

    /** The engine's fault, with the library's own exception. */
    public EngineException(String message, Throwable cause) {
        this(Fault.ENGINE, message, cause);
    }

    /** With the library's own exception. */
    public EngineException(Fault fault, String message, Throwable cause) {
        super(message, cause);
        this.fault = fault;
    }

    /** Whose fault it is. */
    public Fault fault() {
        return fault;
    }
}
