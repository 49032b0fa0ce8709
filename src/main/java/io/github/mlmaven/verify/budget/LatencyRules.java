package io.github.mlmaven.verify.budget;

import io.github.mlmaven.model.exchange.Measurement;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How long a model may take, and how it is timed.
 *
 * @param limits the budget; nothing is judged without one
 * @param batch rows of each run; 0 for as many as each golden case has
 * @param threads callers at the same time
 * @param warn whether a missed budget is a warning
 * @param skip whether the model is not timed at all
 */
public record LatencyRules(Map<Percentile, Duration> limits, int batch, int threads, boolean warn, boolean skip) {

    /** No budget. */
    public static final LatencyRules NONE = new LatencyRules(Map.of(), 0, 1, false, false);

    /** With a budget, a model gets as long as enough samples take, up to this. */
    private static final Duration WITH_BUDGET = Duration.ofSeconds(10);

    /** Without one, a build must not become noticeably slower. */
    private static final Duration WITHOUT_BUDGET = Duration.ofMillis(400);

    private static final int SAMPLES = 1_000;

    public LatencyRules {
        limits = Collections.unmodifiableMap(new TreeMap<>(limits));
        if (batch < 0) {
            throw new IllegalArgumentException("expected a batch of 1 row or more, found " + batch);
        }
        if (threads < 1 || threads > Measurement.MAX_THREADS) {
            throw new IllegalArgumentException(
                    "expected 1 to " + Measurement.MAX_THREADS + " threads, found " + threads);
        }
        for (Map.Entry<Percentile, Duration> limit : limits.entrySet()) {
            if (limit.getValue().isZero() || limit.getValue().isNegative()) {
                throw new IllegalArgumentException("expected a time above zero, found " + limit);
            }
        }
    }

    /** What the fork is asked to do within its time; nothing when nothing shall be timed. */
    public Optional<Measurement> measurement(Duration timeout) {
        if (skip) {
            return Optional.empty();
        }
        if (limits.isEmpty()) {
            return Optional.of(new Measurement(batch, threads, SAMPLES, WITHOUT_BUDGET, false));
        }
        int samples =
                limits.keySet().stream().mapToInt(Percentile::samples).max().orElse(SAMPLES);
        Duration half = timeout.dividedBy(2);
        Duration limit = half.compareTo(WITH_BUDGET) < 0 ? half : WITH_BUDGET;
        return Optional.of(new Measurement(batch, threads, Math.max(samples, SAMPLES), limit, true));
    }
}
