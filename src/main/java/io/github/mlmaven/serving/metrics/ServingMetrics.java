package io.github.mlmaven.serving.metrics;

import io.github.mlmaven.serving.inference.Call;
import io.github.mlmaven.serving.inference.Failure;
import io.github.mlmaven.serving.inference.Models;
import io.github.mlmaven.serving.inference.Readiness;
import io.github.mlmaven.serving.inference.RequestEnd;
import io.github.mlmaven.serving.inference.ServingListener;
import io.github.mlmaven.serving.log.RequestLog;
import io.github.mlmaven.serving.metrics.MetricFamily.Series;
import io.github.mlmaven.serving.metrics.MetricFamily.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.Supplier;

/** Counts what happens to requests, hands failures on to the log, and tells it all as text. */
public final class ServingMetrics implements ServingListener {

    private final RequestLog log;
    private final Map<String, Map<String, ModelMetrics>> models = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> queued = new ConcurrentHashMap<>();
    private final Map<String, Map<Integer, LongAdder>> refused = new ConcurrentHashMap<>();

    /** @param log of the ends of requests */
    public ServingMetrics(RequestLog log) {
        this.log = log;
    }

    @Override
    public void ran(String model, String version, int requests, long rows, long nanos) {
        model(model, version).ran(requests, rows);
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
            return;
        }
        model(model, version).protocol(protocol).finished(failure.orElse(null), queueNanos, inferenceNanos, totalNanos);
    }

    @Override
    public void queued(String model, int change) {
        known(queued, model, added -> new LongAdder()).add(change);
    }

    @Override
    public void loaded(String model, String version, long nanos) {
        model(model, version).loaded(nanos);
    }

    @Override
    public void refused(String protocol, int status) {
        known(known(refused, protocol, added -> new ConcurrentHashMap<>()), status, added -> new LongAdder())
                .increment();
    }

    @Override
    public void ended(RequestEnd end) {
        log.ended(end);
    }

    @Override
    public boolean hearsSuccesses() {
        return log.successes();
    }

    /**
     * Everything as text. It looks at the whole JVM, the first time for tens of milliseconds: not for an event loop.
     *
     * @param loaded the models of this moment
     */
    public byte[] text(
            TextFormat format, String serverVersion, Readiness readiness, Supplier<Optional<Models>> loaded) {
        List<MetricFamily> families = new ArrayList<>();
        families.add(MetricFamily.info("ml_build", "The server.", Map.of("version", serverVersion)));
        boolean ready = readiness.state() == Readiness.State.READY;
        families.add(MetricFamily.gauge("ml_ready", "1 when the server is ready for requests, else 0.", ready ? 1 : 0));
        families.add(MetricFamily.gauge(
                "ml_models_ready",
                "Models that can be asked.",
                ready ? loaded.get().map(some -> some.names().size()).orElse(0) : 0));
        ServingFamilies own = new ServingFamilies();
        models.values().forEach(versions -> versions.values().forEach(model -> model.collect(own)));
        queued.forEach((model, count) -> own.queueDepth(model, count.sum()));
        refused.forEach((protocol, codes) -> codes.forEach((code, count) -> own.refused(protocol, code, count.sum())));
        own.addTo(families);
        families.add(MetricFamily.counter(
                "ml_log_lines_dropped",
                "Lines of the request log that were not written: too many in a second, or a reader too slow.",
                List.of(
                        new Series(Map.of("reason", "rate"), new Value.Scalar(log.suppressed())),
                        new Series(Map.of("reason", "queue"), new Value.Scalar(log.overflowed())))));
        families.addAll(ProcessFamilies.collect());
        families.addAll(JvmFamilies.collect());
        return TextWriter.write(families, format);
    }

    private ModelMetrics model(String model, String version) {
        return known(
                known(models, model, added -> new ConcurrentHashMap<>()),
                version,
                added -> new ModelMetrics(model, added));
    }

    /** A look-up that never locks, once the value is there. */
    private static <K, V> V known(Map<K, V> map, K key, Function<K, V> creator) {
        V value = map.get(key);
        return value != null ? value : map.computeIfAbsent(key, creator);
    }
}
