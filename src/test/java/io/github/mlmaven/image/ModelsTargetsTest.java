package io.github.mlmaven.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.mlmaven.image.modelcar.ModelCar;
import io.github.mlmaven.image.modelpack.ModelPack;
import io.github.mlmaven.image.models.ModelsBuilder;
import io.github.mlmaven.image.models.ModelsRequest;
import io.github.mlmaven.image.models.ModelsResult;
import io.github.mlmaven.image.referrer.Attached;
import io.github.mlmaven.image.referrer.Attachment;
import io.github.mlmaven.image.referrer.RegistryReferrers;
import io.github.mlmaven.image.registry.RegistrySettings;
import io.github.mlmaven.image.target.RegistryFixture;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Models without a server in a real registry, in a folder and in a real Docker. */
class ModelsTargetsTest extends RegistryFixture {

    private static final String NAME = "acme/add-sub-models:1.4.0";

    @TempDir
    Path folder;

    private SampleProject project;

    @BeforeEach
    void create() throws Exception {
        project = SampleProject.create(folder, "");
    }

    @ParameterizedTest
    @EnumSource(names = {"MODELCAR", "MODELPACK"})
    void aRegistryHasWhatWasMadeUnderEveryTag(ImageKind kind) throws Exception {
        Tool.require("skopeo", "--version");
        ModelsResult result = put(kind, "tar", "registry:" + at(name + ":1.4.0"));

        assertThat(result.placements())
                .containsExactly(
                        new Placement.Tar(project.tar(), Platform.LINUX_AMD64),
                        new Placement.Registry(List.of(at(name + ":1.4.0"), at(name + ":latest")), result.digest()));
        for (String reference : List.of("@" + result.digest(), ":1.4.0", ":latest")) {
            assertThat("sha256:" + DigestUtils.sha256Hex(raw(reference)))
                    .as(reference)
                    .isEqualTo(result.digest().toString());
        }
        Path copied = folder.resolve("copied");
        Tool.run(
                "skopeo",
                "--insecure-policy",
                "copy",
                "--preserve-digests",
                "--src-tls-verify=false",
                "docker://" + registry.image(name + "@" + result.digest()),
                "dir:" + copied);
        ImageTar tar = new ImageTar(project.tar());
        for (ImageLayer layer : result.layers()) {
            assertThat(copied.resolve(layer.digest().hex()))
                    .as("as they are, not compressed")
                    .hasBinaryContent(tar.file("blobs/sha256/" + layer.digest().hex()));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MODELCAR", "MODELPACK"})
    void whatTheRegistryHasIsNotSentAgain(ImageKind kind) throws Exception {
        ModelsResult first = put(kind, "registry:" + at(name + ":1.4.0"));
        assertThat(log).filteredOn(line -> line.contains("layer")).allMatch(line -> line.contains(": sent, "));
        proxy.forget();
        log.clear();

        ModelsResult second = put(kind, "registry:" + at(name + ":1.4.1"));
        assertThat(second.digest()).isEqualTo(first.digest());
        assertThat(log)
                .filteredOn(line -> line.contains("layer"))
                .hasSameSizeAs(first.layers())
                .allMatch(line -> line.endsWith(": there already"));
        assertThat(proxy.asked(UPLOAD)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"MODELCAR", "MODELPACK"})
    void aFolderIsALayout(ImageKind kind) throws Exception {
        Tool.require("skopeo", "--version");
        ModelsResult result = put(kind, "oci:" + folder.resolve("oci"));
        assertThat(result.placements()).containsExactly(new Placement.Layout(folder.resolve("oci")));
        String layout = "oci:" + folder.resolve("oci") + ":" + NAME;
        assertThat("sha256:" + DigestUtils.sha256Hex(Tool.run("skopeo", "inspect", "--raw", layout)))
                .isEqualTo(result.digest().toString());
        Tool.run("skopeo", "--insecure-policy", "copy", layout, "dir:" + folder.resolve("copied"));
        result.layers()
                .forEach(layer -> assertThat(
                                folder.resolve("copied").resolve(layer.digest().hex()))
                        .hasSize(layer.compressedSize()));
    }

    @ParameterizedTest
    @EnumSource(names = {"MODELCAR", "MODELPACK"})
    void aModelThatChangesBeforeItIsWrittenGoesNowhere(ImageKind kind) throws Exception {
        for (String target : List.of("tar", "oci:" + folder.resolve("oci"), "registry:" + at(name + ":1.4.0"))) {
            ModelsRequest request = request();
            String refusal;
            try (ChangedModel changed = ChangedModel.in(folder)) {
                changed.close();
                refusal = changed.refusal();
                ModelsBuilder.Form changing = asked -> {
                    var layout = form(kind).of(asked);
                    Files.write(changed.file(), changed.changed());
                    return layout;
                };
                assertThatThrownBy(() -> put(kind, changing, request, target))
                        .as(target)
                        .isInstanceOf(ImageException.class)
                        .hasMessage(refusal);
            }
        }
        assertThat(waits).as("another try would be no better").isEmpty();
        assertThat(project.tar()).doesNotExist();
        assertThat(names(folder)).containsExactlyInAnyOrder("generated", "src", "target");
        assertThat(names(folder.resolve("target"))).noneMatch(file -> file.contains("image.tar"));
        assertThat(proxy.asked("PUT .*/manifests/.*")).isEmpty();
    }

    @Test
    void aModelThatGrowsBeforeItIsPushedIsNotPushed() throws Exception {
        Path model = folder.resolve("src/main/model/model.onnx");
        int size = (int) Files.size(model);
        ModelsBuilder.Form growing = asked -> {
            var layout = ModelPack.layout(asked);
            Files.write(model, new byte[size + 1]);
            return layout;
        };
        assertThatThrownBy(() -> put(ImageKind.MODELPACK, growing, request(), "registry:" + at(name + ":1.4.0")))
                .isInstanceOf(ImageException.class)
                .hasMessage("ML-IMAGE-CONTENT: src/main/model/model.onnx: the file changed after it was verified;"
                        + " expected " + size + " bytes, found " + (size + 1) + " bytes."
                        + " Build again without changing the model meanwhile.");
        assertThat(proxy.asked("PUT .*/manifests/.*")).isEmpty();
    }

    @Test
    void everyTargetIsTriedBeforeAnythingIsWritten() throws Exception {
        Files.writeString(Files.createDirectories(folder.resolve("oci")).resolve("mine.txt"), "mine");
        assertThatThrownBy(() -> put(ImageKind.MODELCAR, "tar", "oci:" + folder.resolve("oci")))
                .hasMessageStartingWith("ML-IMAGE-TARGET: ml.image.to: the folder of oci:");
        assertThat(project.tar()).doesNotExist();
    }

    @ParameterizedTest
    @EnumSource(names = {"MODELCAR", "MODELPACK"})
    void documentsReferToThemInTheRegistry(ImageKind kind) throws Exception {
        Tool.require("skopeo", "--version");
        ModelsResult result = put(kind, "registry:" + at(name + ":1.4.0"));
        Attached attached = new RegistryReferrers(RegistrySettings.NONE, attempts(), log::add)
                .attach(
                        result.pushed().get(0),
                        List.of(new Attachment(
                                "bom.json",
                                "application/vnd.cyclonedx+json",
                                "{\"bomFormat\":\"CycloneDX\"}".getBytes(StandardCharsets.UTF_8))));
        assertThat(attached.image()).isEqualTo(result.digest());
        JsonNode list = json(raw(":sha256-" + result.digest().hex()));
        JsonNode document = json(raw("@" + list.at("/manifests/0/digest").asText()));
        assertThat(document.path("artifactType").asText()).isEqualTo("application/vnd.cyclonedx+json");
        assertThat(document.at("/subject/digest").asText())
                .isEqualTo(result.digest().toString());
        assertThat(document.at("/subject/size").asInt())
                .isEqualTo(raw("@" + result.digest()).length());
    }

    @Test
    void dockerLoadsAnImageOfModels() throws Exception {
        Tool.require("docker", "info");
        ModelsResult result = put(ImageKind.MODELCAR, "docker");
        assertThat(result.placements()).containsExactly(new Placement.Daemon(NAME, Platform.LINUX_AMD64));
        assertThat(Tool.run("docker", "inspect", "--format", "{{.Id}}", NAME))
                .isEqualTo(result.configDigest().toString());
        // Nothing in it runs: a container of it is made to be read, and needs some command for that.
        String container = Tool.run("docker", "create", NAME, "none");
        Process copy = new ProcessBuilder("docker", "cp", container + ":/models/add-sub/1.4.0/model.onnx", "-").start();
        byte[] copied = copy.getInputStream().readAllBytes();
        try (TarArchiveInputStream tar = new TarArchiveInputStream(new ByteArrayInputStream(copied))) {
            assertThat(tar.getNextEntry().getName()).isEqualTo("model.onnx");
            assertThat(tar.readAllBytes()).isEqualTo(Files.readAllBytes(folder.resolve("src/main/model/model.onnx")));
        } finally {
            Tool.run("docker", "rm", container);
            Tool.run("docker", "rmi", NAME);
        }
    }

    private ModelsResult put(ImageKind kind, String... targets) throws Exception {
        return put(kind, form(kind), request(), targets);
    }

    private ModelsResult put(ImageKind kind, ModelsBuilder.Form form, ModelsRequest request, String... wanted)
            throws Exception {
        List<ImageTarget> targets = Stream.concat(
                        Arrays.stream(wanted)
                                .filter("tar"::equals)
                                .map(tar -> new TarTarget(project.tar(), project.workFolder(), ImageProgress.NONE)),
                        targets("scratch", List.of("latest"))
                                .of(Arrays.stream(wanted)
                                        .filter(target -> !target.equals("tar"))
                                        .toList())
                                .stream()
                                .filter(target -> !(target instanceof TarTarget)))
                .toList();
        return new ModelsBuilder(kind, form, targets).build(request);
    }

    private static ModelsBuilder.Form form(ImageKind kind) {
        return kind == ImageKind.MODELCAR ? ModelCar::layout : ModelPack::layout;
    }

    private ModelsRequest request() throws Exception {
        return new ModelsRequest(
                NAME,
                SampleProject.NAME,
                SampleProject.VERSION,
                List.of(project.model(List.of())),
                Platform.LINUX_AMD64,
                Collections.emptySortedMap());
    }

    private String raw(String reference) throws Exception {
        return Tool.run(
                "skopeo", "inspect", "--raw", "--tls-verify=false", "docker://" + registry.image(name + reference));
    }

    private static JsonNode json(String text) throws Exception {
        return new ObjectMapper().readTree(text);
    }

    private static List<String> names(Path folder) throws Exception {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
