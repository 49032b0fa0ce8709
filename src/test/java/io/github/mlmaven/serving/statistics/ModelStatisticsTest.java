package io.github.mlmaven.serving.statistics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.mlmaven.model.Contract;
import io.github.mlmaven.model.Digest;
import io.github.mlmaven.model.ModelDescriptor;
import io.github.mlmaven.model.ModelFile;
import io.github.mlmaven.model.ModelFormat;
import io.github.mlmaven.serving.inference.Failure;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ModelStatisticsTest {

    private final ModelStatistics statistics = new ModelStatistics();

    @Test
    void aModelThatHasDoneNothingHasZeros() {
        String zero = "{\"count\":0,\"ns\":0}";
        assertThat(new String(statistics.document(List.of(model("a"))), UTF_8))
                .isEqualTo("{\"model_stats\":[{\"name\":\"a\",\"version\":\"1\",\"last_inference\":0,"
                        + "\"inference_count\":0,\"execution_count\":0,\"inference_stats\":{\"success\":" + zero
                        + ",\"fail\":" + zero + ",\"queue\":" + zero + ",\"compute_input\":" + zero
                        + ",\"compute_infer\":" + zero + ",\"compute_output\":" + zero + "},\"batch_stats\":[]}]}");
    }

    @Test
    void everyCallAndEveryRunIsCounted() throws Exception {
        long before = System.currentTimeMillis();
        statistics.ran("a", "1", 2, 10, 300);
        statistics.ran("a", "1", 1, 4, 50);
        statistics.ran("a", "1", 1, 4, 60);
        finish(Optional.empty(), 10, 300, 330);
        finish(Optional.empty(), 20, 300, 400);
        finish(Optional.of(Failure.Kind.INVALID), 7, 0, 7);
        statistics.finished("a", "2", "oip-rest", Optional.empty(), 1, 1, 1);
        JsonNode found = read(model("a")).get(0);
        assertThat(found.path("last_inference").asLong()).isGreaterThanOrEqualTo(before);
        assertThat(found.path("inference_count").asLong()).isEqualTo(18);
        assertThat(found.path("execution_count").asLong()).isEqualTo(3);
        assertThat(found.path("inference_stats").toString())
                .isEqualTo("{\"success\":{\"count\":2,\"ns\":730},\"fail\":{\"count\":1,\"ns\":7},"
                        + "\"queue\":{\"count\":2,\"ns\":30},\"compute_input\":{\"count\":2,\"ns\":100},"
                        + "\"compute_infer\":{\"count\":2,\"ns\":600},\"compute_output\":{\"count\":2,\"ns\":0}}");
        assertThat(found.path("batch_stats").toString())
                .isEqualTo("[{\"batch_size\":4,\"compute_infer\":{\"count\":2,\"ns\":110}},"
                        + "{\"batch_size\":10,\"compute_infer\":{\"count\":1,\"ns\":300}}]");
    }

    @Test
    void theWarmUpIsForgotten() throws Exception {
        statistics.ran("a", "1", 1, 1, 300);
        finish(Optional.empty(), 10, 300, 330);
        statistics.loaded("a", "1", 1000);
        assertThat(read(model("a")).get(0).path("execution_count").asLong()).isZero();
    }

    @Test
    void clientsCannotMakeItGrow() throws Exception {
        for (int rows = 1; rows <= 10_000; rows++) {
            statistics.ran("a", "1", 1, rows, 1);
        }
        JsonNode found = read(model("a")).get(0);
        assertThat(found.path("batch_stats")).hasSize(128);
        assertThat(found.path("execution_count").asLong()).isEqualTo(10_000);
    }

    @Test
    void manyThreadsMayAddAtOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        for (int i = 0; i < 4; i++) {
            threads.execute(() -> {
                for (int call = 0; call < 10_000; call++) {
                    statistics.ran("a", "1", 1, 2, 3);
                    finish(Optional.empty(), 1, 1, 3);
                }
            });
        }
        threads.shutdown();
        assertThat(threads.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
        JsonNode found = read(model("a"), model("b"));
        assertThat(found).hasSize(2);
        assertThat(found.get(0).path("inference_count").asLong()).isEqualTo(80_000);
        assertThat(found.get(0).path("inference_stats").path("success").toString())
                .isEqualTo("{\"count\":40000,\"ns\":120000}");
    }

    private void finish(Optional<Failure.Kind> failure, long queue, long inference, long total) {
        statistics.finished("a", "1", "oip-rest", failure, queue, inference, total);
    }

    private JsonNode read(ModelDescriptor... models) throws Exception {
        return new ObjectMapper().readTree(statistics.document(List.of(models))).path("model_stats");
    }

    private static ModelDescriptor model(String name) {
        return new ModelDescriptor(
                name,
                "1",
                ModelFormat.ONNX,
                List.of(new ModelFile("model.onnx", 1, new Digest("0".repeat(64)))),
                new Contract(List.of(), List.of()));
    }
}
