package io.github.mlmaven.bench;

import java.util.Arrays;

/** Order statistics. */
public final class Percentiles {

    private Percentiles() {}

    /** The nearest rank in sorted values; 0 when there are none. */
    static double of(double[] sorted, int percent) {
        if (sorted.length == 0) {
            return 0;
        }
        return sorted[Math.max(0, (int) Math.ceil(sorted.length * percent / 100.0) - 1)];
    }

    /** The middle one, or the mean of both in the middle. */
    public static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
