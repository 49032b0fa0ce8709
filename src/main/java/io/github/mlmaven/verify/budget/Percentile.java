package io.github.mlmaven.verify.budget;

/** Which part of the runs must be at least as quick. */
public enum Percentile {
    P50("p50", 50, 100),
    P90("p90", 90, 100),
    P99("p99", 99, 1_000),
    P999("p99.9", 99.9, 10_000),
    MAX("max", 100, 1_000);

    private final String text;
    private final double percent;
    private final int samples;

    Percentile(String text, double percent, int samples) {
        this.text = text;
        this.percent = percent;
        this.samples = samples;
    }

    /** Percent of the runs. */
    public double percent() {
        return percent;
    }

    /** How many samples it takes, so that at least ten lie beyond it; for the slowest run, a number by convention. */
    public int samples() {
        return samples;
    }

    /** The form in messages: {@code p99.9}. */
    @Override
    public String toString() {
        return text;
    }
}
