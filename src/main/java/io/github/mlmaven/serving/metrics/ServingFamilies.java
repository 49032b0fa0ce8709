package io.github.mlmaven.serving.metrics;

import io.github.mlmaven.serving.inference.Failure;
import io.github.mlmaven.serving.metrics.MetricFamily.Series;
import io.github.mlmaven.serving.metrics.MetricFamily.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The metrics of requests and models while they are collected: their names, and a series of each model. */
final class ServingFamilies {

    private static final double NANOS = 1e9;

    private final List<Series> requests = new ArrayList<>();
    private final List<Series> errors = new ArrayList<>();
    private final List<Series> refused = new ArrayList<>();
    private final List<Series> total = new ArrayList<>();
    private final List<Series> queue = new ArrayList<>();
    private final List<Series> inference = new ArrayList<>();
    private final List<Series> batchRequests = new ArrayList<>();
    private final List<Series> batchRows = new ArrayList<>();
    private final List<Series> depth = new ArrayList<>();
    private final List<Series> load = new ArrayList<>();

    void requests(Map<String, String> labels, long count) {
        requests.add(new Series(labels, new Value.Scalar(count)));
    }

    void errors(Map<String, String> labels, Failure.Kind kind, long count) {
        Map<String, String> own = new LinkedHashMap<>(labels);
        own.put("kind", kind.name().toLowerCase(Locale.ROOT));
        errors.add(new Series(own, new Value.Scalar(count)));
    }

    void refused(String protocol, int status, long count) {
        Map<String, String> labels = ModelMetrics.labels("protocol", protocol, "code", Integer.toString(status));
        refused.add(new Series(labels, new Value.Scalar(count)));
    }

    void durations(Map<String, String> labels, Value ofTotal, Value ofQueue, Value ofInference) {
        total.add(new Series(labels, ofTotal));
        queue.add(new Series(labels, ofQueue));
        inference.add(new Series(labels, ofInference));
    }

    void batches(Map<String, String> labels, Value ofRequests, Value ofRows) {
        batchRequests.add(new Series(labels, ofRequests));
        batchRows.add(new Series(labels, ofRows));
    }

    void queueDepth(String model, long requestsWaiting) {
        depth.add(new Series(Map.of("model", model), new Value.Scalar(requestsWaiting)));
    }

    void load(Map<String, String> labels, long nanos) {
        load.add(new Series(labels, new Value.Scalar(nanos / NANOS)));
    }

    void addTo(List<MetricFamily> families) {
        families.add(MetricFamily.counter("ml_requests", "Requests that reached a model and were answered.", requests));
        families.add(MetricFamily.counter(
                "ml_request_errors", "Those of ml_requests_total that got an error, by whose fault it was.", errors));
        families.add(MetricFamily.counter(
                "ml_requests_refused",
                "Requests that reached no model: wrong headers, too large, unreadable, no such model.",
                refused));
        families.add(
                histogram("ml_request_duration_seconds", "From a request's first byte to its encoded reply.", total));
        families.add(histogram(
                "ml_queue_duration_seconds",
                "From when a request was queued for the engine to the start of the engine, of requests that ran.",
                queue));
        families.add(histogram(
                "ml_inference_duration_seconds",
                "Time in the engine, shared by the requests that it ran together.",
                inference));
        families.add(histogram("ml_batch_requests", "Requests in a run of the engine.", batchRequests));
        families.add(histogram("ml_batch_rows", "Rows in a run of the engine.", batchRows));
        families.add(MetricFamily.gauge("ml_queue_depth", "Requests that wait for the engine.", depth));
        families.add(MetricFamily.gauge(
                "ml_model_load_seconds", "Time to load the model and to warm it up, the last time.", load));
    }

    private static MetricFamily histogram(String name, String help, List<Series> series) {
        return new MetricFamily(name, MetricFamily.Type.HISTOGRAM, help, series);
    }
}
