package io.github.mlmaven.verify;

import io.github.mlmaven.verify.budget.LatencyResult;
import java.util.Optional;

/**
 * What the fork measured of a model.
 *
 * @param latency how long its runs took
 * @param untimed why they were not timed, when they should have been
 * @param peakMemory the most resident bytes that the forked process has had; empty where the system does not tell
 */
public record Measured(Optional<LatencyResult> latency, Optional<String> untimed, Optional<Long> peakMemory) {

    /** Nothing. */
    public static final Measured NOTHING = new Measured(Optional.empty(), Optional.empty(), Optional.empty());
}
