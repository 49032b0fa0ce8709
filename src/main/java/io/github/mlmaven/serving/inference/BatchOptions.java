package io.github.mlmaven.serving.inference;

import java.time.Duration;

/**
 * How requests for one model may be merged into one run of the engine.
 *
 * @param merge whether they are merged at all
 * @param maxRows the rows of one run, at most; a request with more runs alone
 * @param maxDelay for so long a request may wait for others while the engine is busy with other requests of the model;
 *     zero never waits, and then only those are merged that have arrived in the meantime
 */
public record BatchOptions(boolean merge, int maxRows, Duration maxDelay) {

    /** Up to 64 rows of what has arrived anyway. */
    public static final BatchOptions DEFAULT = new BatchOptions(true, 64, Duration.ZERO);

    /** Each request alone. */
    public static final BatchOptions OFF = new BatchOptions(false, 1, Duration.ZERO);

    public BatchOptions {
        if (maxRows < 1 || maxDelay.isNegative()) {
            throw new IllegalArgumentException("a batch has rows and a delay: " + maxRows + ", " + maxDelay);
        }
    }
}
