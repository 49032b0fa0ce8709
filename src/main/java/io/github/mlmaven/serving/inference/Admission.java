package io.github.mlmaven.serving.inference;

import java.util.concurrent.atomic.AtomicInteger;

/** Bounds the calls that wait for an engine, over all models and protocols: beyond it, refusing is kinder. */
public final class Admission {

    private final int max;
    private final AtomicInteger waiting = new AtomicInteger();

    /** @param max calls that may wait at once, at least 1 */
    public Admission(int max) {
        if (max < 1) {
            throw new IllegalArgumentException("somebody must be let in: " + max);
        }
        this.max = max;
    }

    /** One more waits; false when too many do, and then nothing is counted. */
    boolean enter() {
        if (waiting.incrementAndGet() <= max) {
            return true;
        }
        waiting.decrementAndGet();
        return false;
    }

    /** So many have begun to run, or were given up. */
    void leave(int count) {
        waiting.addAndGet(-count);
    }

    /** The calls that wait now. */
    public int waiting() {
        return waiting.get();
    }
}
