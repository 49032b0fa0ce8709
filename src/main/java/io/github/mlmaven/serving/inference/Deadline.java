package io.github.mlmaven.serving.inference;

import java.time.Duration;

/**
 * The moment from which nobody waits for a request any more.
 *
 * @param set whether there is one
 * @param nanos that moment by {@link System#nanoTime()}
 */
public record Deadline(boolean set, long nanos) {

    /** The client waits as long as it takes. */
    public static final Deadline NONE = new Deadline(false, 0);

    /** So long from now. */
    public static Deadline after(Duration time) {
        return new Deadline(true, System.nanoTime() + time.toNanos());
    }

    /** Whether it has passed. */
    public boolean expired() {
        return set && System.nanoTime() - nanos >= 0;
    }
}
