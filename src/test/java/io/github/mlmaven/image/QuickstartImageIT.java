package io.github.mlmaven.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.mlmaven.image.smoke.ServerClient;
import io.github.mlmaven.model.Tensor;
import io.github.mlmaven.model.json.InferenceJson;
import io.github.mlmaven.serving.GoldenFiles;
import io.github.mlmaven.verify.golden.Comparison;
import io.github.mlmaven.verify.golden.Tolerance;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The image that {@code mvn package} wrote for the quick start, in a real Docker engine. */
class QuickstartImageIT {

    private static final Path PROJECT = Path.of("target/it/maven-3.9/quickstart");
    private static final String IMAGE = "breast-cancer:1.4.0";
    private static final String MODEL = "/v2/models/breast-cancer";

    @Test
    void predictsInAContainerWhatLightGbmPredicted() throws Exception {
        Tool.require("docker", "info");
        Path tar = PROJECT.resolve("target/breast-cancer-1.4.0-image.tar");
        assertThat(Tool.run("docker", "load", "-i", tar.toString())).contains("Loaded image: " + IMAGE);
        try (Container container = Container.run(IMAGE)) {
            ServerClient client = container.client();
            JsonNode metadata = new ObjectMapper().readTree(client.get(MODEL));
            assertThat(metadata.path("inputs").findValuesAsText("name"))
                    .containsExactly("features", "worst_symmetry_milli", "worst_fractal");
            for (String golden : List.of("test_data_set_0", "test_data_set_1", "test_data_set_2")) {
                Path folder = PROJECT.resolve("src/test/model").resolve(golden);
                byte[] reply = client.post(MODEL + "/infer", InferenceJson.request(GoldenFiles.read(folder, "input")));
                List<Tensor> expected = GoldenFiles.read(folder, "output");
                List<Tensor> outputs = InferenceJson.tensors(reply, "outputs");
                assertThat(outputs).hasSameSizeAs(expected);
                for (int i = 0; i < expected.size(); i++) {
                    assertThat(Comparison.compare(expected.get(i), outputs.get(i), Tolerance.DEFAULT)
                                    .matches())
                            .as(golden + " " + expected.get(i).name())
                            .isTrue();
                }
            }
            container.stopsCleanly();
        }
    }
}
