package io.github.mlmaven.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.mlmaven.model.json.InferenceJson;
import io.github.mlmaven.serving.BusyClients;
import io.github.mlmaven.serving.GoldenFiles;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * The image that {@code mvn package} wrote for the quick start, in a real Docker engine with little memory, one processor
 * and no rights.
 */
class QuickstartImageIT {

    private static final Path PROJECT = Path.of("target/it/maven-3.9/quickstart");
    private static final Path GOLDEN = PROJECT.resolve("src/test/model");
    private static final String IMAGE = "breast-cancer:1.4.0";
    private static final String MODEL = "/v2/models/breast-cancer";
    private static final int CLIENTS = 4;
    private static final int REQUESTS = 2000;

    @Test
    void predictsInASmallContainerWhatLightGbmPredictedAndLosesNoRequestAtItsEnd() throws Exception {
        Tool.require("docker", "info");
        Path tar = PROJECT.resolve("target/breast-cancer-1.4.0-image.tar");
        assertThat(Tool.run("docker", "load", "-i", tar.toString())).contains("Loaded image: " + IMAGE);
        try (Container container = Container.run(IMAGE, "--memory=256m", "--cpus=1")) {
            JsonNode metadata = new ObjectMapper().readTree(container.client().get(MODEL));
            assertThat(metadata.path("inputs").findValuesAsText("name"))
                    .containsExactly("features", "worst_symmetry_milli", "worst_fractal");
            new Predictions(container.port()).areGolden("breast-cancer", GOLDEN);
            byte[] request = InferenceJson.request(GoldenFiles.read(GOLDEN.resolve("test_data_set_0"), "input"));
            try (BusyClients clients = BusyClients.ask(container.port(), MODEL + "/infer", request, CLIENTS)) {
                clients.awaitAnswers(REQUESTS);
                container.stopsCleanly();
                assertThat(clients.answered()).isGreaterThan(REQUESTS);
            }
        }
    }
}
