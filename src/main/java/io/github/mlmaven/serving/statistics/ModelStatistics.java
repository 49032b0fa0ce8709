package io.github.mlmaven.serving.statistics;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.github.mlmaven.model.ModelDescriptor;
import io.github.mlmaven.serving.inference.Call;
import io.github.mlmaven.serving.inference.Failure;
import io.github.mlmaven.serving.inference.ServingListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Counts what the models do, in the form of Triton's statistics extension. */
public final class ModelStatistics implements ServingListener {

    private static final JsonFactory JSON = new JsonFactory();

    private final Map<String, Map<String, VersionStatistics>> byModel = new ConcurrentHashMap<>();

    /** From now on it counts: the warm-up was nobody's request. */
    @Override
    public void loaded(String model, String version, long nanos) {
        byModel.computeIfAbsent(model, name -> new ConcurrentHashMap<>()).put(version, new VersionStatistics());
    }

    @Override
    public void ran(String model, String version, int requests, long rows, long nanos) {
        of(model, version).ran(rows, nanos);
    }

    @Override
    public void finished(
            String model,
            String version,
            String protocol,
            Optional<Failure.Kind> failure,
            long queueNanos,
            long inferenceNanos,
            long totalNanos) {
        if (protocol.equals(Call.WARM_UP)) {
            // It may end after the model counts as loaded.
            return;
        }
        VersionStatistics statistics = of(model, version);
        if (failure.isPresent()) {
            statistics.failed(totalNanos);
        } else {
            statistics.succeeded(queueNanos, inferenceNanos, totalNanos);
        }
    }

    private VersionStatistics of(String model, String version) {
        @Nullable Map<String, VersionStatistics> versions = byModel.get(model);
        @Nullable VersionStatistics known = versions == null ? null : versions.get(version);
        return known != null
                ? known
                : byModel.computeIfAbsent(model, name -> new ConcurrentHashMap<>())
                        .computeIfAbsent(version, name -> new VersionStatistics());
    }

    /** {@code {"model_stats":[{"name":…,"version":…,"inference_count":…,…},…]}} for these models. */
    public byte[] document(List<ModelDescriptor> models) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeArrayFieldStart("model_stats");
            for (ModelDescriptor model : models) {
                of(model.name(), model.version()).write(json, model.name(), model.version());
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
