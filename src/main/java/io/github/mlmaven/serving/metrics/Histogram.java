package io.github.mlmaven.serving.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** Counts whole numbers by buckets, from many threads at once, for about the price of two increments. */
final class Histogram {

    private static final double NANOS = 1e9;

    /** From a tiny model's run to the time after which most clients have left, in nanoseconds. */
    private static final long[] DURATIONS = {
        10_000,
        25_000,
        50_000,
        100_000,
        250_000,
        500_000,
        1_000_000,
        2_500_000,
        5_000_000,
        10_000_000,
        25_000_000,
        50_000_000,
        100_000_000,
        250_000_000,
        500_000_000,
        1_000_000_000,
        2_500_000_000L,
        5_000_000_000L,
        10_000_000_000L
    };

    private static final long[] SIZES = {1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024};

    private final long[] bounds;
    private final double unit;
    private final LongAdder[] counts;
    private final LongAdder sum = new LongAdder();

    private Histogram(long[] bounds, double unit) {
        this.bounds = bounds;
        this.unit = unit;
        this.counts = new LongAdder[bounds.length + 1];
        Arrays.setAll(counts, bucket -> new LongAdder());
    }

    /** Of durations in nanoseconds, told in seconds. */
    static Histogram ofNanos() {
        return new Histogram(DURATIONS, NANOS);
    }

    /** Of sizes of batches. */
    static Histogram ofSizes() {
        return new Histogram(SIZES, 1);
    }

    void observe(long value) {
        int found = Arrays.binarySearch(bounds, value);
        counts[found >= 0 ? found : -found - 1].increment();
        sum.add(value);
    }

    /** What has been observed until now; what is observed meanwhile may be in the counts and not in the sum. */
    MetricFamily.Value.Buckets value() {
        double total = sum.sum() / unit;
        List<Double> upper = new ArrayList<>();
        for (long bound : bounds) {
            upper.add(bound / unit);
        }
        return new MetricFamily.Value.Buckets(
                upper, Arrays.stream(counts).map(LongAdder::sum).toList(), total);
    }
}
