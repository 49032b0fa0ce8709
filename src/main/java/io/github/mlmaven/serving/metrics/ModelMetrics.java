package io.github.mlmaven.serving.metrics;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What is counted of one model and version. */
final class ModelMetrics {

    private final Map<String, String> labels;
    private final Map<String, ProtocolMetrics> protocols = new ConcurrentHashMap<>();
    private volatile Histogram batchRequests = Histogram.ofSizes();
    private volatile Histogram batchRows = Histogram.ofSizes();
    private volatile long loadNanos = -1;

    ModelMetrics(String model, String version) {
        this.labels = labels("model", model, "version", version);
    }

    ProtocolMetrics protocol(String name) {
        ProtocolMetrics known = protocols.get(name);
        return known != null
                ? known
                : protocols.computeIfAbsent(name, added -> {
                    Map<String, String> own = new LinkedHashMap<>(labels);
                    own.put("protocol", added);
                    return new ProtocolMetrics(own);
                });
    }

    void ran(int requests, long rows) {
        batchRequests.observe(requests);
        batchRows.observe(rows);
    }

    /** The runs of the first warm-up were nobody's requests. */
    void loaded(long nanos) {
        if (loadNanos < 0) {
            batchRequests = Histogram.ofSizes();
            batchRows = Histogram.ofSizes();
        }
        loadNanos = nanos;
    }

    void collect(ServingFamilies families) {
        protocols.values().forEach(protocol -> protocol.collect(families));
        families.batches(labels, batchRequests.value(), batchRows.value());
        if (loadNanos >= 0) {
            families.load(labels, loadNanos);
        }
    }

    /** In their order, which is that of the text. */
    static Map<String, String> labels(String... namesAndValues) {
        Map<String, String> labels = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            labels.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return labels;
    }
}
