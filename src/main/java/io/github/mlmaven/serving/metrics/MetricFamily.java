package io.github.mlmaven.serving.metrics;

import java.util.List;
import java.util.Map;

/**
 * One metric with all its series at one moment.
 *
 * @param name its name without what its type adds ({@code _total}, {@code _info}, {@code _bucket}, …)
 * @param type what kind of metric it is
 * @param help what it means
 * @param series one for each set of labels
 */
record MetricFamily(String name, Type type, String help, List<Series> series) {

    MetricFamily {
        series = List.copyOf(series);
    }

    static MetricFamily counter(String name, String help, List<Series> series) {
        return new MetricFamily(name, Type.COUNTER, help, series);
    }

    static MetricFamily gauge(String name, String help, List<Series> series) {
        return new MetricFamily(name, Type.GAUGE, help, series);
    }

    /** A gauge without labels. */
    static MetricFamily gauge(String name, String help, double value) {
        return gauge(name, help, List.of(new Series(Map.of(), new Value.Scalar(value))));
    }

    /** Facts that do not change, as labels. */
    static MetricFamily info(String name, String help, Map<String, String> facts) {
        return new MetricFamily(name, Type.INFO, help, List.of(new Series(facts, new Value.Scalar(1))));
    }

    enum Type {
        COUNTER,
        GAUGE,
        HISTOGRAM,
        SUMMARY,
        INFO
    }

    /**
     * One series.
     *
     * @param labels in the order in which they are written
     * @param value as its family's type has it
     */
    record Series(Map<String, String> labels, Value value) {}

    /** What a series holds. */
    sealed interface Value {

        /** Of a counter, a gauge or an info. */
        record Scalar(double value) implements Value {}

        /** Of a summary without quantiles. */
        record Total(long count, double sum) implements Value {}

        /**
         * Of a histogram.
         *
         * @param bounds the buckets' upper bounds, without the infinite one
         * @param counts what fell into each bucket and no lower one; one more than bounds
         * @param sum of all that was observed
         */
        record Buckets(List<Double> bounds, List<Long> counts, double sum) implements Value {}
    }
}
