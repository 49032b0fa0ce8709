package io.github.mlmaven.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.mlmaven.image.modelcar.ModelCar;
import io.github.mlmaven.image.models.ModelsRequest;
import io.github.mlmaven.image.models.ModelsResult;
import io.github.mlmaven.inspect.InspectedModels;
import io.github.mlmaven.inspect.ModelSource;
import io.github.mlmaven.serving.ApplicationFolder;
import io.github.mlmaven.serving.ForkedServer;
import io.github.mlmaven.verify.VerifiedModel;
import io.github.mlmaven.verify.VerifiedModels;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The image that holds only models. */
class ModelCarTest {

    private static final String MODEL = "src/main/model/model.onnx";

    @TempDir
    static Path folder;

    private static SampleProject project;

    @BeforeAll
    static void create() throws IOException {
        project = SampleProject.create(folder, "");
    }

    @Test
    void holdsEachVersionWithItsDescriptorAndNothingElse() throws Exception {
        ModelsResult result = write(request());
        ImageTar image = new ImageTar(project.tar());

        assertThat(result.layers()).extracting(ImageLayer::name).containsExactly("model/add-sub");
        assertThat(image.manifest().path("layers").findValuesAsText("mediaType"))
                .containsExactly("application/vnd.oci.image.layer.v1.tar");
        assertThat(image.layer(0))
                .extracting(TarArchiveEntry::getName)
                .containsExactly(
                        "models/",
                        "models/add-sub/",
                        "models/add-sub/1.4.0/",
                        "models/add-sub/1.4.0/ml-model.json",
                        "models/add-sub/1.4.0/model.onnx");
        assertThat(image.layer(0)).allSatisfy(entry -> {
            assertThat(entry.getLongUserId() + entry.getLongGroupId()).isZero();
            assertThat(entry.getMode()).isEqualTo(entry.isDirectory() ? 0755 : 0644);
            assertThat(entry.getLastModifiedTime()).isEqualTo(FileTime.fromMillis(1000));
        });
    }

    @Test
    void severalModelsHaveALayerEach() throws Exception {
        ModelsRequest one = request();
        List<VerifiedModel> models =
                List.of(one.models().get(0), named("twin", one.models().get(0)));
        ModelsResult result = write(
                new ModelsRequest(one.name(), one.title(), one.version(), models, one.platform(), one.annotations()));
        ImageTar image = new ImageTar(project.tar());

        assertThat(result.layers()).extracting(ImageLayer::name).containsExactly("model/add-sub", "model/twin");
        assertThat(image.paths(0))
                .containsExactly("models/add-sub/1.4.0/ml-model.json", "models/add-sub/1.4.0/model.onnx");
        assertThat(image.paths(1)).containsExactly("models/twin/2/ml-model.json", "models/twin/2/model.onnx");
    }

    private static VerifiedModel named(String name, VerifiedModel model) {
        ModelSource source = model.inspected().source();
        ModelSource twin = new ModelSource(
                name, "2", source.folder(), source.goldenFolder(), source.place(), source.goldenPlace());
        return VerifiedModels.of(
                InspectedModels.onnx(
                        twin, model.inspected().files(), model.inspected().summary()),
                model.contract(),
                model.engine(),
                List.of());
    }

    @Test
    void saysWhatItIsAndRunsNothing() throws Exception {
        ModelsResult result = write(request());
        ImageTar image = new ImageTar(project.tar());

        JsonNode annotations = image.manifest().path("annotations");
        assertThat(annotations.toString())
                .isEqualTo("{\"com.acme.team\":\"ml\",\"org.opencontainers.image.title\":\"add-sub\","
                        + "\"org.opencontainers.image.version\":\"1.4.0\"}");
        assertThat(image.config().path("config").toString()).isEqualTo("{\"Labels\":" + annotations + "}");
        assertThat(image.config().path("architecture").asText()).isEqualTo("arm64");
        assertThat(image.config().path("os").asText()).isEqualTo("linux");
        assertThat(image.config().at("/rootfs/diff_ids/0").asText())
                .isEqualTo(result.layers().get(0).digest().toString());
        assertThat(image.json("index.json").at("/manifests/0/platform").toString())
                .isEqualTo("{\"architecture\":\"arm64\",\"os\":\"linux\"}");
        assertThat(image.json("manifest.json").at("/0/RepoTags/0").asText()).isEqualTo("acme/add-sub:1.4.0");
        assertThat(image.json("manifest.json").at("/0/Config").asText())
                .isEqualTo("blobs/sha256/" + result.configDigest().hex());
    }

    @Test
    void isTheSameOnEveryMachine() throws Exception {
        Path model = folder.resolve(MODEL);
        Files.setLastModifiedTime(model, FileTime.fromMillis(1_000_000));
        Files.setPosixFilePermissions(model, PosixFilePermissions.fromString("rwx------"));
        assertThat(write(request()).digest())
                .hasToString("sha256:0ab34947eb88b47dd25897c93a0585acf33b2627ff0fa6ad76a3a50a2590c626");
    }

    @Test
    void theModelsThatTheTarHasAlreadyStayWhereTheyAre() throws Exception {
        write(request());
        byte[] first = Files.readAllBytes(project.tar());
        Object file =
                Files.readAttributes(project.tar(), BasicFileAttributes.class).fileKey();
        write(request());
        assertThat(Files.readAttributes(project.tar(), BasicFileAttributes.class)
                        .fileKey())
                .isEqualTo(file);
        assertThat(project.tar()).hasBinaryContent(first);
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
    void refusesAModelThatGrewAfterItWasVerified() throws Exception {
        ModelsRequest request = request();
        Path model = folder.resolve(MODEL);
        byte[] bytes = Files.readAllBytes(model);
        int size = bytes.length;
        Files.write(model, new byte[size + 1]);

        assertThatThrownBy(() -> write(request))
                .isInstanceOf(ImageException.class)
                .hasMessage("ML-IMAGE-CONTENT: src/main/model/model.onnx: the file changed after it was verified;"
                        + " expected " + size + " bytes, found " + (size + 1) + " bytes."
                        + " Build again without changing the model meanwhile.");
        Files.write(model, bytes);
    }

    @Test
    void isWhatAServerServesWhenItIsMounted() throws Exception {
        write(request());
        Path volume = unpack(folder.resolve("volume"));
        Path other = folder.resolve("other");
        ApplicationFolder application = ApplicationFolder.withModelFolder(other)
                .add("other", "1", Path.of("src/test/models/add-sub/model.onnx"))
                .write();
        try (ForkedServer server = ForkedServer.start(
                application,
                other,
                Map.of("ML_MODEL_REPOSITORY", volume.resolve("models").toString()))) {
            HttpResponse<String> loaded = server.post("/v2/repository/models/add-sub/load", "");
            assertThat(loaded.body())
                    .isEqualTo("{\"name\":\"add-sub\",\"version\":\"1.4.0\",\"state\":\"READY\",\"reason\":\"\"}");
            assertThat(server.get("/v2/models/add-sub/versions/1.4.0/ready").statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void skopeoReadsAndCopiesIt() throws Exception {
        Tool.require("skopeo", "--version");
        ModelsResult result = write(request());
        String archive = "oci-archive:" + project.tar();
        JsonNode inspected =
                new ObjectMapper().readTree(Tool.run("skopeo", "inspect", "--override-arch", "arm64", archive));
        assertThat(inspected.path("Digest").asText()).isEqualTo(result.digest().toString());
        Path copied = folder.resolve("copied");
        Tool.run("skopeo", "--insecure-policy", "copy", "--preserve-digests", archive, "oci:" + copied + ":x");
        assertThat(copied.resolve("blobs/sha256/" + result.digest().hex())).exists();
        Tool.run("skopeo", "inspect", "docker-archive:" + project.tar());
    }

    private static ModelsResult write(ModelsRequest request) throws Exception {
        return ModelsTars.write(ImageKind.MODELCAR, ModelCar::layout, request, project);
    }

    private static ModelsRequest request() throws IOException {
        return new ModelsRequest(
                "acme/add-sub:1.4.0",
                SampleProject.NAME,
                SampleProject.VERSION,
                List.of(project.model(List.of())),
                Platform.LINUX_ARM64,
                new TreeMap<>(Map.of("com.acme.team", "ml")));
    }

    /** What a container runtime makes of the image. */
    private static Path unpack(Path volume) throws IOException {
        ImageTar image = new ImageTar(project.tar());
        String digest = image.manifest().at("/layers/0/digest").asText().substring("sha256:".length());
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new ByteArrayInputStream(image.file("blobs/sha256/" + digest)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path target = volume.resolve(entry.getName());
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(tar, target);
                }
            }
        }
        return volume;
    }
}
