package io.github.mlmaven.serving.inference;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

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

    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile State state = State.STARTING;

    /** The state now. */
    public State state() {
        return state;
    }

    /** Goes on to a later state; false when it is there already, or beyond. */
    public boolean advance(State next) {
        synchronized (this) {
            if (state.compareTo(next) >= 0) {
                return false;
            }
            state = next;
        }
        listeners.forEach(Runnable::run);
        return true;
    }

    /** Runs it after each change, on the thread that made the change. */
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }
}
