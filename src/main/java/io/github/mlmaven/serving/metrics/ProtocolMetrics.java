package io.github.mlmaven.serving.metrics;

import io.github.mlmaven.serving.inference.Failure;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** What is counted of one model, version and protocol. */
final class ProtocolMetrics {

    private final Map<String, String> labels;
    private final LongAdder requests = new LongAdder();
    private final Map<Failure.Kind, LongAdder> errors = new EnumMap<>(Failure.Kind.class);
    private final Histogram total = Histogram.ofNanos();
    private final Histogram queue = Histogram.ofNanos();
    private final Histogram inference = Histogram.ofNanos();

    ProtocolMetrics(Map<String, String> labels) {
        this.labels = labels;
        for (Failure.Kind kind : Failure.Kind.values()) {
            errors.put(kind, new LongAdder());
        }
    }

    void finished(Failure.@Nullable Kind failure, long queueNanos, long inferenceNanos, long totalNanos) {
        requests.increment();
        if (failure != null) {
            Objects.requireNonNull(errors.get(failure)).increment();
        }
        total.observe(totalNanos);
        // What never ran would say that the engine is fast and the queue short.
        if (inferenceNanos > 0) {
            queue.observe(queueNanos);
            inference.observe(inferenceNanos);
        }
    }

    void collect(ServingFamilies families) {
        families.requests(labels, requests.sum());
        errors.forEach((kind, count) -> families.errors(labels, kind, count.sum()));
        families.durations(labels, total.value(), queue.value(), inference.value());
    }
}
