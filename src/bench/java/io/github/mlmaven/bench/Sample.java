package io.github.mlmaven.bench;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * One round of one peer, or the medians of all.
 *
 * @param perSecond requests per second
 * @param p50Micros half of them were answered within
 * @param p99Micros all but one of a hundred were answered within
 * @param cpuMicros processor time of the peer for one request
 * @param rssBytes what the peer's process held at the end
 */
record Sample(double perSecond, double p50Micros, double p99Micros, double cpuMicros, double rssBytes) {

    static Sample median(List<Sample> rounds) {
        return new Sample(
                median(rounds, Sample::perSecond),
                median(rounds, Sample::p50Micros),
                median(rounds, Sample::p99Micros),
                median(rounds, Sample::cpuMicros),
                median(rounds, Sample::rssBytes));
    }

    private static double median(List<Sample> rounds, ToDoubleFunction<Sample> field) {
        return Percentiles.median(rounds.stream().mapToDouble(field).toArray());
    }
}
