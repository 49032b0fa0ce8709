package io.github.mlmaven.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.mlmaven.image.smoke.ServerClient;
import io.github.mlmaven.inspect.onnx.TensorProtoReader;
import io.github.mlmaven.model.Tensor;
import io.github.mlmaven.model.json.InferenceJson;
import io.github.mlmaven.verify.golden.Comparison;
import io.github.mlmaven.verify.golden.Tolerance;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The image that {@code mvn package} wrote for the quick start, in a real Docker engine. */
class QuickstartImageIT {

    private static final Path PROJECT = Path.of("target/it/maven-3.9/quickstart");
    private static final String IMAGE = "breast-cancer:1.4.0";
    private static final String MODEL = "/v2/models/breast-cancer";
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    @Test
    void predictsInAContainerWhatLightGbmPredicted() throws Exception {
        Tool.require("docker", "info");
        Path tar = PROJECT.resolve("target/breast-cancer-1.4.0-image.tar");
        assertThat(Tool.run("docker", "load", "-i", tar.toString())).contains("Loaded image: " + IMAGE);
        int port = freePort();
        String container = Tool.run(
                "docker", "run", "-d", "--read-only", "--user", "65532", "--network=host", "-e", "PORT=" + port, IMAGE);
        try {
            awaitReady(container, port);
            ServerClient client = new ServerClient(port, TIMEOUT);
            JsonNode metadata = new ObjectMapper().readTree(client.get(MODEL));
            assertThat(metadata.path("inputs").findValuesAsText("name"))
                    .containsExactly("features", "worst_symmetry_milli", "worst_fractal");
            for (String golden : List.of("test_data_set_0", "test_data_set_1", "test_data_set_2")) {
                Path folder = PROJECT.resolve("src/test/model").resolve(golden);
                byte[] reply = client.post(MODEL + "/infer", InferenceJson.request(tensors(folder, "input")));
                List<Tensor> expected = tensors(folder, "output");
                List<Tensor> outputs = InferenceJson.tensors(reply, "outputs");
                assertThat(outputs).hasSameSizeAs(expected);
                for (int i = 0; i < expected.size(); i++) {
                    assertThat(Comparison.compare(expected.get(i), outputs.get(i), Tolerance.DEFAULT)
                                    .matches())
                            .as(golden + " " + expected.get(i).name())
                            .isTrue();
                }
            }
            long begin = System.nanoTime();
            Tool.run("docker", "stop", "--time", "20", container);
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(2));
            assertThat(Tool.run("docker", "inspect", "--format", "{{.State.ExitCode}}", container))
                    .isEqualTo("0");
        } finally {
            Tool.run("docker", "rm", "-f", container);
        }
    }

    private static List<Tensor> tensors(Path folder, String prefix) throws Exception {
        List<Tensor> tensors = new ArrayList<>();
        for (int i = 0; Files.exists(folder.resolve(prefix + "_" + i + ".pb")); i++) {
            tensors.add(new TensorProtoReader().read(folder.resolve(prefix + "_" + i + ".pb")));
        }
        assertThat(tensors).isNotEmpty();
        return tensors;
    }

    private static void awaitReady(String container, int port) throws Exception {
        long end = System.nanoTime() + TIMEOUT.toNanos();
        String logs = "";
        while (!logs.contains("ready on port " + port)) {
            assertThat(System.nanoTime()).as("not ready: " + logs).isLessThan(end);
            Thread.sleep(100);
            logs = Tool.run("docker", "logs", container);
        }
    }

    private static int freePort() throws Exception {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }
}
