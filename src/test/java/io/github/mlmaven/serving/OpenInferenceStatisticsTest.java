package io.github.mlmaven.serving;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the server tells of its models' work. */
class OpenInferenceStatisticsTest {

    @TempDir
    Path folder;

    @Test
    void aModelsWorkIsCounted() throws Exception {
        ApplicationFolder application = ApplicationFolder.withModelFolder(folder)
                .add("add-sub", "1.4.0", Path.of("src/test/models/add-sub/model.onnx"))
                .add("other", "1", Path.of("src/test/models/add-sub/model.onnx"));
        try (ForkedServer server = ForkedServer.start(application.write(), folder, Map.of())) {
            assertThat(read(server, "/v2/models/add-sub/stats")
                            .get(0)
                            .path("execution_count")
                            .asInt())
                    .isZero();
            String two = "\"shape\":[2,16],\"datatype\":\"INT32\",\"data\":[" + "1,".repeat(31) + "1]}";
            String request = "{\"inputs\":[{\"name\":\"INPUT0\"," + two + ",{\"name\":\"INPUT1\"," + two + "]}";
            assertThat(server.post("/v2/models/add-sub/infer", request).statusCode())
                    .isEqualTo(200);
            assertThat(server.post("/v2/models/add-sub/infer", "{\"inputs\":[]}")
                            .statusCode())
                    .isEqualTo(400);
            // The counters are added to when the reply has gone.
            JsonNode found = null;
            for (int tries = 0; tries < 1000 && (found == null || !isWhole(found)); tries++) {
                found = read(server, "/v2/models/add-sub/versions/1.4.0/stats").get(0);
            }
            assertThat(found.path("name").asText()).isEqualTo("add-sub");
            assertThat(found.path("version").asText()).isEqualTo("1.4.0");
            assertThat(found.path("inference_count").asInt()).isEqualTo(2);
            assertThat(found.path("execution_count").asInt()).isEqualTo(1);
            assertThat(isWhole(found)).isTrue();
            assertThat(found.path("batch_stats").get(0).path("batch_size").asInt())
                    .isEqualTo(2);
            JsonNode all = read(server, "/v2/models/stats");
            assertThat(all).hasSize(2);
            assertThat(all.get(1).path("name").asText()).isEqualTo("other");
            assertThat(all.get(1).path("last_inference").asLong()).isZero();
        }
    }

    private static boolean isWhole(JsonNode found) {
        return found.path("inference_stats").path("success").path("count").asInt() == 1
                && found.path("inference_stats").path("fail").path("count").asInt() == 1;
    }

    private static JsonNode read(ForkedServer server, String path) throws Exception {
        return new ObjectMapper().readTree(server.get(path).body()).path("model_stats");
    }
}
