package io.github.mlmaven.serving.inference;

/** Whether this process answers: starting, ready, draining, stopped, never back; every protocol reads it here. */
public final class Readiness {

    /** A state; each follows the one before it. */
    public enum State {
        /** Models are being loaded. */
        STARTING,
        /** Requests are answered. */
        READY,
        /** Requests are still answered, but no more should come. */
        DRAINING,
        /** Nothing is answered any more. */
        STOPPED
    }

    private volatile State state = State.STARTING;

    /** The state now. */
    public State state() {
        return state;
    }

    /** Goes on to a later state; false when it is there already, or beyond. */
    public synchronized boolean advance(State next) {
        boolean later = state.compareTo(next) < 0;
        if (later) {
            state = next;
        }
        return later;
    }
}
