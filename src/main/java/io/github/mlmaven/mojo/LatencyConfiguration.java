package io.github.mlmaven.mojo;

import io.github.mlmaven.verify.budget.LatencyRules;
import io.github.mlmaven.verify.budget.Percentile;
import io.github.mlmaven.verify.budget.TimeText;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.apache.maven.plugin.MojoFailureException;
import org.jspecify.annotations.Nullable;

/** A latency budget in a pom: {@code <latency><p99>5ms</p99><batch>1</batch><threads>1</threads></latency>}. */
public final class LatencyConfiguration {

    private @Nullable String p50;
    private @Nullable String p90;
    private @Nullable String p99;
    private @Nullable String p999;
    private @Nullable String max;
    private @Nullable Integer batch;
    private @Nullable Integer threads;

    /** What half of the runs may take at most, for example {@code 5ms}. */
    public void setP50(@Nullable String p50) {
        this.p50 = p50;
    }

    /** What 90 of 100 runs may take at most, for example {@code 5ms}. */
    public void setP90(@Nullable String p90) {
        this.p90 = p90;
    }

    /** What 99 of 100 runs may take at most, for example {@code 5ms}. */
    public void setP99(@Nullable String p99) {
        this.p99 = p99;
    }

    /** What 999 of 1000 runs may take at most, for example {@code 5ms}. */
    public void setP999(@Nullable String p999) {
        this.p999 = p999;
    }

    /** What every run may take at most, for example {@code 5ms}. */
    public void setMax(@Nullable String max) {
        this.max = max;
    }

    /** Rows of each run; as many as each golden case has when absent. */
    public void setBatch(@Nullable Integer batch) {
        this.batch = batch;
    }

    /** Callers at the same time; one when absent. */
    public void setThreads(@Nullable Integer threads) {
        this.threads = threads;
    }

    /** This one, and what it leaves out from another. */
    LatencyConfiguration or(LatencyConfiguration other) {
        LatencyConfiguration merged = new LatencyConfiguration();
        merged.p50 = p50 == null ? other.p50 : p50;
        merged.p90 = p90 == null ? other.p90 : p90;
        merged.p99 = p99 == null ? other.p99 : p99;
        merged.p999 = p999 == null ? other.p999 : p999;
        merged.max = max == null ? other.max : max;
        merged.batch = batch == null ? other.batch : batch;
        merged.threads = threads == null ? other.threads : threads;
        return merged;
    }

    /**
     * The budget as checks take it.
     *
     * @param where how the pom's author knows it, for messages
     */
    LatencyRules rules(String where, boolean warn, boolean skip) throws MojoFailureException {
        Map<Percentile, Duration> limits = new EnumMap<>(Percentile.class);
        limit(limits, Percentile.P50, p50, where + "p50");
        limit(limits, Percentile.P90, p90, where + "p90");
        limit(limits, Percentile.P99, p99, where + "p99");
        limit(limits, Percentile.P999, p999, where + "p999");
        limit(limits, Percentile.MAX, max, where + "max");
        if (batch != null && batch < 1) {
            throw wrong(where + "batch", "expected 1 row or more, found " + batch);
        }
        try {
            return new LatencyRules(limits, batch == null ? 0 : batch, threads == null ? 1 : threads, warn, skip);
        } catch (IllegalArgumentException e) {
            throw wrong(where + "threads", String.valueOf(e.getMessage()));
        }
    }

    private static void limit(
            Map<Percentile, Duration> limits, Percentile percentile, @Nullable String text, String where)
            throws MojoFailureException {
        if (text == null) {
            return;
        }
        try {
            limits.put(percentile, TimeText.parse(text));
        } catch (IllegalArgumentException e) {
            throw wrong(where, String.valueOf(e.getMessage()));
        }
    }

    private static MojoFailureException wrong(String where, String message) {
        return new MojoFailureException(where + ": " + message + ". Correct it.");
    }
}
