package io.github.mlmaven.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.mlmaven.image.smoke.ServerClient;
import io.github.mlmaven.model.Tensor;
import io.github.mlmaven.model.json.InferenceJson;
import io.github.mlmaven.verify.golden.Comparison;
import io.github.mlmaven.verify.golden.GoldenCase;
import io.github.mlmaven.verify.golden.Tolerance;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real server in a real image, read and run by the programs that people use. */
class DockerTest {

    private static final String MODEL = "/v2/models/add-sub/versions/1.4.0";

    @TempDir
    static Path shared;

    private static SampleProject project;
    private static ImageResult result;

    @BeforeAll
    static void build() throws Exception {
        project = SampleProject.create(shared, "io.github.mlmaven.serving.ModelServer.run(AddSub.class, args);");
        result = new ImageBuilder(Machine.current(), line -> {})
                .build(project.request().build());
    }

    @Test
    void skopeoReadsTheOciLayout() throws Exception {
        Tool.require("skopeo", "--version");
        JsonNode image = json(Tool.run("skopeo", "inspect", "oci-archive:" + project.tar()));
        assertThat(image.path("Digest").asText()).isEqualTo(result.digest().toString());
        assertThat(image.path("Os").asText() + "/" + image.path("Architecture").asText())
                .isEqualTo(result.platform().toString());
        Tool.run(
                "skopeo",
                "--insecure-policy",
                "copy",
                "oci-archive:" + project.tar() + ":acme/add-sub:1.4.0",
                "oci:" + shared.resolve("copied") + ":x");
    }

    @Test
    void skopeoReadsTheDockerArchive() throws Exception {
        Tool.require("skopeo", "--version");
        JsonNode image = json(Tool.run("skopeo", "inspect", "docker-archive:" + project.tar()));
        assertThat(image.path("Layers")).hasSize(result.layers().size());
        Tool.run(
                "skopeo",
                "--insecure-policy",
                "copy",
                "docker-archive:" + project.tar(),
                "dir:" + shared.resolve("unpacked"));
    }

    @Test
    void dockerRunsItOnAReadOnlyRootAndStopsItCleanly() throws Exception {
        Tool.require("docker", "info");
        assertThat(Tool.run("docker", "load", "-i", project.tar().toString()))
                .contains("Loaded image: acme/add-sub:1.4.0");
        assertThat(Tool.run("docker", "inspect", "--format", "{{.Id}}", "acme/add-sub:1.4.0"))
                .isEqualTo(result.configDigest().toString());
        try (Container container = Container.run("acme/add-sub:1.4.0")) {
            ServerClient client = container.client();
            assertThat(json(new String(client.get(MODEL), StandardCharsets.UTF_8))
                            .path("name")
                            .asText())
                    .isEqualTo("add-sub");
            GoldenCase golden = SampleProject.golden("test_data_set_0", (a, b) -> a - b);
            byte[] reply = client.post(MODEL + "/infer", InferenceJson.request(golden.inputs()));
            List<Tensor> outputs = InferenceJson.tensors(reply, "outputs");
            assertThat(outputs).extracting(Tensor::name).containsExactlyInAnyOrder("OUTPUT0", "OUTPUT1");
            for (Tensor expected : golden.outputs()) {
                assertThat(outputs)
                        .filteredOn(output -> output.name().equals(expected.name()))
                        .singleElement()
                        .satisfies(actual -> assertThat(Comparison.compare(expected, actual, Tolerance.DEFAULT)
                                        .mismatch())
                                .isEmpty());
            }
            container.stopsCleanly();
        }
    }

    private static JsonNode json(String text) throws Exception {
        return new ObjectMapper().readTree(text);
    }
}
