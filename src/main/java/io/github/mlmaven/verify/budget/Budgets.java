package io.github.mlmaven.verify.budget;

import java.util.Optional;

/**
 * What a model may cost.
 *
 * @param latency how long a run may take
 * @param maxMemory the most resident memory of the process that loads and runs it
 * @param maxSize the most bytes of its files together
 */
public record Budgets(LatencyRules latency, Optional<ByteSize> maxMemory, Optional<ByteSize> maxSize) {

    /** Everything is measured and nothing is judged. */
    public static final Budgets NONE = new Budgets(LatencyRules.NONE, Optional.empty(), Optional.empty());
}
