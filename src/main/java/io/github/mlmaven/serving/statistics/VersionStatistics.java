package io.github.mlmaven.serving.statistics;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** What one version of a model has done. */
final class VersionStatistics {

    /** Clients choose batch sizes; further ones are counted in the sums alone. */
    private static final int MAX_BATCH_SIZES = 128;

    private final LongAdder inferences = new LongAdder();
    private final LongAdder executions = new LongAdder();
    private final Timing success = new Timing();
    private final Timing fail = new Timing();
    private final Timing queue = new Timing();
    private final Timing input = new Timing();
    private final Timing infer = new Timing();
    private final Timing output = new Timing();
    private final Map<Long, Timing> batches = new ConcurrentHashMap<>();
    private volatile long lastMillis;

    void succeeded(long queueNanos, long inferenceNanos, long totalNanos) {
        success.add(totalNanos);
        queue.add(queueNanos);
        // Reading the request and writing the reply are measured together.
        input.add(totalNanos - queueNanos - inferenceNanos);
        infer.add(inferenceNanos);
        output.add(0);
        lastMillis = System.currentTimeMillis();
    }

    void failed(long totalNanos) {
        fail.add(totalNanos);
    }

    void ran(long rows, long nanos) {
        executions.increment();
        inferences.add(rows);
        batch(rows).ifPresent(batch -> batch.add(nanos));
    }

    private Optional<Timing> batch(long rows) {
        @Nullable Timing known = batches.get(rows);
        if (known != null || batches.size() >= MAX_BATCH_SIZES) {
            return Optional.ofNullable(known);
        }
        return Optional.of(batches.computeIfAbsent(rows, size -> new Timing()));
    }

    void write(JsonGenerator json, String model, String version) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", model);
        json.writeStringField("version", version);
        json.writeNumberField("last_inference", lastMillis);
        json.writeNumberField("inference_count", inferences.sum());
        json.writeNumberField("execution_count", executions.sum());
        json.writeObjectFieldStart("inference_stats");
        success.write(json, "success");
        fail.write(json, "fail");
        queue.write(json, "queue");
        input.write(json, "compute_input");
        infer.write(json, "compute_infer");
        output.write(json, "compute_output");
        json.writeEndObject();
        json.writeArrayFieldStart("batch_stats");
        for (Map.Entry<Long, Timing> batch : new TreeMap<>(batches).entrySet()) {
            json.writeStartObject();
            json.writeNumberField("batch_size", batch.getKey());
            batch.getValue().write(json, "compute_infer");
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
