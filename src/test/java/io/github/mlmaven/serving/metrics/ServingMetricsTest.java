package io.github.mlmaven.serving.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mlmaven.serving.inference.Failure;
import io.github.mlmaven.serving.inference.Models;
import io.github.mlmaven.serving.inference.Readiness;
import io.github.mlmaven.serving.log.RequestLog;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ServingMetricsTest {

    private final ServingMetrics metrics = new ServingMetrics(new RequestLog(false));
    private final Readiness readiness = new Readiness();

    @Test
    void durationsAreCountedByBucketsOfSeconds() {
        metrics.finished("m", "1", "oip-rest", Optional.empty(), 10_000, 300_000, 2_500_000);
        metrics.finished("m", "1", "oip-rest", Optional.empty(), 10_001, 300_000, 60_000_000_000L);

        String series = "{model=\"m\",version=\"1\",protocol=\"oip-rest\"";
        assertThat(lines())
                .contains(
                        "ml_requests_total" + series + "} 2.0",
                        "ml_queue_duration_seconds_bucket" + series + ",le=\"1.0E-5\"} 1",
                        "ml_queue_duration_seconds_bucket" + series + ",le=\"2.5E-5\"} 2",
                        "ml_inference_duration_seconds_bucket" + series + ",le=\"2.5E-4\"} 0",
                        "ml_inference_duration_seconds_bucket" + series + ",le=\"5.0E-4\"} 2",
                        "ml_inference_duration_seconds_sum" + series + "} 6.0E-4",
                        "ml_request_duration_seconds_bucket" + series + ",le=\"0.001\"} 0",
                        "ml_request_duration_seconds_bucket" + series + ",le=\"0.0025\"} 1",
                        "ml_request_duration_seconds_bucket" + series + ",le=\"10.0\"} 1",
                        "ml_request_duration_seconds_bucket" + series + ",le=\"+Inf\"} 2",
                        "ml_request_duration_seconds_count" + series + "} 2",
                        "ml_request_duration_seconds_sum" + series + "} 60.0025");
    }

    @Test
    void errorsAreCountedByTheirKindAndNotAsQuickRuns() {
        metrics.finished("m", "1", "grpc", Optional.of(Failure.Kind.BUSY), 5, 0, 5);

        String series = "{model=\"m\",version=\"1\",protocol=\"grpc\"";
        assertThat(lines())
                .contains(
                        "ml_requests_total" + series + "} 1.0",
                        "ml_request_errors_total" + series + ",kind=\"busy\"} 1.0",
                        "ml_request_errors_total" + series + ",kind=\"engine\"} 0.0",
                        "ml_request_duration_seconds_count" + series + "} 1",
                        "ml_inference_duration_seconds_count" + series + "} 0",
                        "ml_queue_duration_seconds_count" + series + "} 0");
    }

    @Test
    void batchesQueueLoadTimeAndRefusalsAreTold() {
        metrics.ran("m", "1", 1, 1, 1_000);
        metrics.finished("m", "1", "warm-up", Optional.empty(), 1, 1, 1);
        metrics.loaded("m", "1", 1_500_000_000);
        metrics.ran("m", "1", 3, 96, 1_000);
        metrics.ran("m", "1", 1, 5_000, 1_000);
        metrics.queued("m", 5);
        metrics.queued("m", -3);
        metrics.refused("oip-rest", 413);
        metrics.refused("oip-rest", 413);

        assertThat(lines())
                .contains(
                        "ml_batch_requests_bucket{model=\"m\",version=\"1\",le=\"1.0\"} 1",
                        "ml_batch_requests_bucket{model=\"m\",version=\"1\",le=\"4.0\"} 2",
                        "ml_batch_rows_bucket{model=\"m\",version=\"1\",le=\"64.0\"} 0",
                        "ml_batch_rows_bucket{model=\"m\",version=\"1\",le=\"128.0\"} 1",
                        "ml_batch_rows_bucket{model=\"m\",version=\"1\",le=\"1024.0\"} 1",
                        "ml_batch_rows_sum{model=\"m\",version=\"1\"} 5096.0",
                        "ml_queue_depth{model=\"m\"} 2.0",
                        "ml_model_load_seconds{model=\"m\",version=\"1\"} 1.5",
                        "ml_requests_refused_total{protocol=\"oip-rest\",code=\"413\"} 2.0",
                        "ml_log_lines_dropped_total{reason=\"rate\"} 0.0",
                        "ml_ready 0.0",
                        "ml_models_ready 0.0",
                        "ml_build_info{version=\"1.2\"} 1")
                .noneMatch(line -> line.contains("warm-up"));
        readiness.advance(Readiness.State.READY);
        assertThat(lines()).contains("ml_ready 1.0");
    }

    @Test
    void theJvmAndTheProcessAreTold() {
        assertThat(lines().stream().map(line -> line.replaceAll("[ {].*", "")).distinct())
                .contains(
                        "jvm_runtime_info",
                        "jvm_memory_used_bytes",
                        "jvm_buffer_pool_used_bytes",
                        "jvm_gc_collection_seconds_count",
                        "jvm_threads_current",
                        "process_start_time_seconds",
                        "process_cpu_seconds_total")
                .doesNotHaveDuplicates();
    }

    @Test
    void nothingIsLostAmongThreads() throws InterruptedException {
        CountDownLatch start = new CountDownLatch(1);
        List<Thread> threads = IntStream.range(0, 4)
                .mapToObj(thread -> new Thread(() -> {
                    try {
                        start.await();
                    } catch (InterruptedException e) {
                        return;
                    }
                    for (int i = 0; i < 10_000; i++) {
                        metrics.finished("m", "1", "p" + i % 3, Optional.empty(), i, i + 1, i);
                    }
                }))
                .toList();
        threads.forEach(Thread::start);
        start.countDown();
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(lines())
                .contains(
                        "ml_requests_total{model=\"m\",version=\"1\",protocol=\"p0\"} 13336.0",
                        "ml_requests_total{model=\"m\",version=\"1\",protocol=\"p1\"} 13332.0",
                        "ml_request_duration_seconds_count{model=\"m\",version=\"1\",protocol=\"p2\"} 13332");
    }

    private List<String> lines() {
        byte[] text = metrics.text(TextFormat.PROMETHEUS, "1.2", readiness, Optional::<Models>empty);
        return new String(text, StandardCharsets.UTF_8).lines().toList();
    }
}
