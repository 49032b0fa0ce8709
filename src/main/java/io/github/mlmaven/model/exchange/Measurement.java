package io.github.mlmaven.model.exchange;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;

/**
 * How the forked JVM shall time the model once its cases have run.
 *
 * @param batch rows of each run; 0 for as many as each case has
 * @param threads callers at the same time
 * @param samples timed runs, of all callers together
 * @param limit how long warming up and timing may take together
 * @param required whether each caller times one run however long it takes
 */
public record Measurement(int batch, int threads, int samples, Duration limit, boolean required) {

    /** More callers than that measure only how they wait for each other. */
    public static final int MAX_THREADS = 256;

    /** More samples than any percentile here needs. */
    public static final int MAX_SAMPLES = 1 << 20;

    public Measurement {
        if (batch < 0 || threads < 1 || threads > MAX_THREADS || samples < 1 || samples > MAX_SAMPLES) {
            throw new IllegalArgumentException("batch " + batch + ", threads " + threads + ", samples " + samples);
        }
    }

    void write(DataOutputStream out) throws IOException {
        out.writeInt(batch);
        out.writeInt(threads);
        out.writeInt(samples);
        out.writeLong(limit.toNanos());
        out.writeBoolean(required);
    }

    static Measurement read(DataInputStream in) throws IOException {
        return new Measurement(
                in.readInt(), in.readInt(), in.readInt(), Duration.ofNanos(in.readLong()), in.readBoolean());
    }
}
