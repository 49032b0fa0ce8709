package io.github.mlmaven.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.mlmaven.image.modelpack.ModelPack;
import io.github.mlmaven.image.models.ModelsRequest;
import io.github.mlmaven.image.models.ModelsResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The artifact, held against what the ModelPack specification says of it. */
class ModelPackTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path folder;

    private static SampleProject project;

    @BeforeAll
    static void create() throws IOException {
        project = SampleProject.create(folder, "");
    }

    @Test
    void theManifestIsThatOfAModel() throws Exception {
        write(request());
        ImageTar artifact = new ImageTar(project.tar());
        JsonNode manifest = artifact.manifest();

        assertThat(manifest.path("schemaVersion").asInt()).isEqualTo(2);
        assertThat(manifest.path("mediaType").asText()).isEqualTo("application/vnd.oci.image.manifest.v1+json");
        assertThat(manifest.path("artifactType").asText()).isEqualTo("application/vnd.cncf.model.manifest.v1+json");
        assertThat(manifest.at("/config/mediaType").asText()).isEqualTo("application/vnd.cncf.model.config.v1+json");
        assertThat(manifest.path("annotations")
                        .path("org.opencontainers.image.title")
                        .asText())
                .isEqualTo("add-sub");
        JsonNode entry = artifact.json("index.json").at("/manifests/0");
        assertThat(entry.path("artifactType").asText()).isEqualTo("application/vnd.cncf.model.manifest.v1+json");
        assertThat(entry.has("platform")).as("a model is for no platform").isFalse();
        assertThat(artifact.file("manifest.json")).as("Docker cannot load it").isNull();
    }

    @Test
    void everyFileIsALayerWithItsPathAndItsBytes() throws Exception {
        write(request());
        ImageTar artifact = new ImageTar(project.tar());
        JsonNode layers = artifact.manifest().path("layers");

        assertThat(layers.findValuesAsText("mediaType"))
                .containsExactly(
                        "application/vnd.cncf.model.weight.config.v1.raw", "application/vnd.cncf.model.weight.v1.raw");
        assertThat(layers.findValuesAsText("org.cncf.model.filepath"))
                .containsExactly("add-sub/1.4.0/ml-model.json", "add-sub/1.4.0/model.onnx");
        assertThat(layers.findValuesAsText("org.opencontainers.image.title"))
                .containsExactly("add-sub/1.4.0/ml-model.json", "add-sub/1.4.0/model.onnx");
        byte[] model = Files.readAllBytes(folder.resolve("src/main/model/model.onnx"));
        JsonNode weight = layers.path(1);
        assertThat(weight.path("digest").asText()).isEqualTo("sha256:" + DigestUtils.sha256Hex(model));
        assertThat(artifact.file("blobs/sha256/" + DigestUtils.sha256Hex(model)))
                .isEqualTo(model);
        assertThat(JSON.readTree(weight.at("/annotations/org.cncf.model.file.metadata+json")
                        .asText()))
                .isEqualTo(JSON.readTree("{\"name\":\"model.onnx\",\"mode\":420,\"uid\":0,\"gid\":0,\"size\":"
                        + model.length + ",\"mtime\":\"1970-01-01T00:00:01Z\",\"typeflag\":48}"));
    }

    @Test
    void theConfigurationSaysWhatIsKnownAndNoTime() throws Exception {
        write(request());
        ImageTar artifact = new ImageTar(project.tar());
        JsonNode layers = artifact.manifest().path("layers");

        assertThat(artifact.config())
                .isEqualTo(JSON.readTree("{\"descriptor\":{\"name\":\"add-sub\",\"version\":\"1.4.0\","
                        + "\"description\":\"Adds and subtracts\"},"
                        + "\"modelfs\":{\"type\":\"layers\",\"diffIds\":[\""
                        + layers.at("/0/digest").asText() + "\",\""
                        + layers.at("/1/digest").asText() + "\"]},\"config\":{\"format\":\"onnx\"}}"));
    }

    @Test
    void isTheSameOnEveryMachine() throws Exception {
        assertThat(write(request()).digest())
                .hasToString("sha256:494349dc83c6d11d28414c94afa636ddd7d6c8ff7c5a39405e664f07b94c4450");
    }

    @Test
    void refusesAModelThatChangedAfterItWasVerified() throws Exception {
        ModelsRequest request = request();
        try (ChangedModel changed = ChangedModel.in(folder)) {
            Files.writeString(project.tar(), "of an earlier build");

            assertThatThrownBy(() -> write(request))
                    .isInstanceOf(ImageException.class)
                    .hasMessage(changed.refusal());
            assertThat(project.tar()).doesNotExist();
        }
    }

    @Test
    void skopeoReadsAndCopiesIt() throws Exception {
        Tool.require("skopeo", "--version");
        ModelsResult result = write(request());
        String archive = "oci-archive:" + project.tar();
        assertThat("sha256:" + DigestUtils.sha256Hex(Tool.run("skopeo", "inspect", "--raw", archive)))
                .isEqualTo(result.digest().toString());
        Path copied = folder.resolve("copied");
        Tool.run("skopeo", "--insecure-policy", "copy", archive, "oci:" + copied + ":x");
        assertThat(copied.resolve("blobs/sha256/" + result.digest().hex())).exists();
        assertThat(copied.resolve("blobs/sha256/" + result.configDigest().hex()))
                .exists();
        result.layers()
                .forEach(layer -> assertThat(
                                copied.resolve("blobs/sha256/" + layer.digest().hex()))
                        .exists());
    }

    private static ModelsResult write(ModelsRequest request) throws Exception {
        return ModelsTars.write(ImageKind.MODELPACK, ModelPack::layout, request, project);
    }

    private static ModelsRequest request() throws IOException {
        return new ModelsRequest(
                "acme/add-sub:1.4.0",
                SampleProject.NAME,
                SampleProject.VERSION,
                List.of(project.model(List.of())),
                Platform.LINUX_AMD64,
                new TreeMap<>(Map.of("org.opencontainers.image.description", "Adds and subtracts")));
    }
}
