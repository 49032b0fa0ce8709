package io.github.mlmaven.verify.budget;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;
import org.HdrHistogram.LogarithmicIterator;

/**
 * How long a model's runs took.
 *
 * @param samples how many runs were timed
 * @param batch rows of each run; 0 for as many as each golden case has
 * @param threads callers at the same time
 * @param nanos nanoseconds by percentile
 * @param buckets the histogram, each bucket wider than the one before it
 */
public record LatencyResult(
        long samples, int batch, int threads, SortedMap<Percentile, Long> nanos, List<Bucket> buckets) {

    /**
     * Runs that took about as long.
     *
     * @param upTo the longest of them in nanoseconds, at most
     * @param count how many
     */
    public record Bucket(long upTo, long count) {}

    private static final int DIGITS = 4;
    private static final int BUCKETS = 12;
    private static final double NARROWEST = 1.1;

    public LatencyResult {
        nanos = Collections.unmodifiableSortedMap(new TreeMap<>(nanos));
        buckets = List.copyOf(buckets);
    }

    /** Counts the samples, of which there is at least one. */
    public static LatencyResult of(Collection<Long> samples, int batch, int threads) {
        Histogram histogram = new Histogram(DIGITS);
        for (long sample : samples) {
            // No run takes no time or 300 years; a hostile fork may say so.
            histogram.recordValue(Math.min(Math.max(1, sample), Long.MAX_VALUE / 4));
        }
        SortedMap<Percentile, Long> nanos = new TreeMap<>();
        for (Percentile percentile : Percentile.values()) {
            long value = histogram.getValueAtPercentile(percentile.percent());
            // The histogram keeps four digits and answers with the longest time that has them. A budget of exactly
            // the measured time must hold, so it is the shortest here.
            nanos.put(percentile, histogram.lowestEquivalentValue(value));
        }
        return new LatencyResult(histogram.getTotalCount(), batch, threads, nanos, buckets(histogram));
    }

    private static List<Bucket> buckets(Histogram histogram) {
        long shortest = Math.max(1, histogram.getMinValue());
        double ratio = Math.pow((double) histogram.getMaxValue() / shortest, 1.0 / BUCKETS);
        List<Bucket> buckets = new ArrayList<>();
        LogarithmicIterator values = new LogarithmicIterator(histogram, shortest, Math.max(NARROWEST, ratio));
        while (values.hasNext()) {
            HistogramIterationValue value = values.next();
            long count = value.getCountAddedInThisIterationStep();
            // The first bucket ends before the shortest run.
            if (count > 0 || !buckets.isEmpty()) {
                buckets.add(new Bucket(value.getValueIteratedTo(), count));
            }
        }
        return buckets;
    }

    /** Nanoseconds that so many percent of the runs took at most. */
    public long at(Percentile percentile) {
        return nanos.getOrDefault(percentile, 0L);
    }

    /** {@code p50 41.2 µs, p99 60.1 µs, max 105 µs of 1,000 samples}. */
    public String figure() {
        StringBuilder figure = new StringBuilder();
        for (Percentile percentile : List.of(Percentile.P50, Percentile.P99, Percentile.MAX)) {
            figure.append(percentile)
                    .append(' ')
                    .append(TimeText.of(at(percentile)))
                    .append(", ");
        }
        return figure + counted();
    }

    /** {@code 1,000 samples, batch 8, 2 threads}. */
    public String counted() {
        String rows = batch == 0 ? "" : ", batch " + batch;
        String callers = threads == 1 ? "" : ", " + threads + " threads";
        return String.format(Locale.ROOT, "%,d sample%s", samples, samples == 1 ? "" : "s") + rows + callers;
    }
}
