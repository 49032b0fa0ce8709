package io.github.mlmaven.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mlmaven.lock.BaseIdentity;
import io.github.mlmaven.model.Digest;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One image as a base: in a file that Jib wrote, in the real Docker daemon and what it saves, and in a registry. */
class LocalBaseTest {

    private static final String NAME = "acme/local-base:17";

    @TempDir
    static Path shared;

    private static Path jib;
    private static Built byJib;

    @TempDir
    Path folder;

    @BeforeAll
    static void write() throws Exception {
        jib = SavedImages.write(SavedImages.withJava(shared, "the Java"), NAME, shared.resolve("jre.tar"));
        LocalImage image = LocalImage.of("tar://" + jib, shared).orElseThrow();
        byJib = build(new BaseImage.Local(image, id(image)), shared.resolve("project"));
    }

    @AfterAll
    static void forget() throws Exception {
        new ProcessBuilder("docker", "rmi", "-f", NAME).start().waitFor();
    }

    @Test
    void theSameImageComesOutInEveryFolderWhereverTheBaseIsAndWhoeverWroteIt() throws Exception {
        Tool.require("docker", "info");
        Tool.run("docker", "load", "-i", jib.toString());
        Path docker = Files.createDirectories(folder.resolve("saved")).resolve("jre.tar");
        Tool.run("docker", "save", "-o", docker.toString(), NAME);
        assertThat(Files.mismatch(docker, jib)).isNotNegative();

        Built byDocker = build("tar://" + docker, "2");
        assertThat(byDocker.result().digest()).isEqualTo(byJib.result().digest());
        assertThat(byJib.nameOfBase()).isEqualTo("jre.tar");
        assertThat(byJib.labels().has("org.opencontainers.image.base.digest")).isFalse();
        assertThat(byJib.image().config().toString()).doesNotContain(shared.toString());

        Built inDaemon = build("docker://" + NAME, "3");
        Built again = build("docker://" + NAME, "4");
        assertThat(again.result().digest()).isEqualTo(inDaemon.result().digest());
        assertThat(inDaemon.result().images().get(0).layers())
                .isEqualTo(byJib.result().images().get(0).layers());
        assertThat(inDaemon.nameOfBase()).isEqualTo(NAME);
        assertThat(inDaemon.result().base())
                .hasToString("docker://" + NAME + " (linux/amd64 "
                        + Tool.run("docker", "inspect", "--format", "{{.Id}}", NAME) + ")");
        assertThat(inDaemon.project().workFolder().resolve("base-saved.tar")).doesNotExist();
    }

    @Test
    void theConfigurationIsThatOfTheSameBaseInARegistry() throws Exception {
        Tool.require("docker-registry", "--version");
        try (LocalRegistry registry = LocalRegistry.open(folder)) {
            Digest pushed = registry.push(SavedImages.withJava(shared, "the Java"), "jre:17");
            Built pulled = build(
                    BaseImage.Registry.of(
                            registry.image("jre:17"),
                            Machine.current().platform().orElseThrow(),
                            pushed),
                    "1");
            assertThat(withoutNameOfBase(byJib)).isEqualTo(withoutNameOfBase(pulled));
            assertThat(byJib.labels().path("org.opencontainers.image.vendor").asText())
                    .isEqualTo("of the base");
        }
    }

    @Test
    void anotherImageThanTheOneThatIsLockedIsNotTaken() throws Exception {
        Path file = Files.copy(jib, folder.resolve("jre.tar"));
        LocalImage image = LocalImage.of("tar://" + file, folder).orElseThrow();
        BaseImage locked = new BaseImage.Local(image, id(image));
        SavedImages.write(SavedImages.withJava(folder, "another Java"), NAME, file);
        assertThatThrownBy(() -> build(locked, "1"))
                .isInstanceOf(ImageException.class)
                .hasMessage("ML-IMAGE-BASE: tar://jre.tar: it is another image than the build began with; expected "
                        + ((BaseImage.Local) locked).id() + ", found " + id(image) + ". Build again without changing it"
                        + " meanwhile. A Docker that keeps images in containerd counts them otherwise: save the image"
                        + " with `docker save` and use tar://FILE.");
    }

    @Test
    void aLayerThatIsNotWhatTheConfigurationSaysIsRefused() throws Exception {
        Map<String, byte[]> files = SavedImages.files(jib);
        List<String> layers =
                files.keySet().stream().filter(n -> n.endsWith(".tar.gz")).toList();
        byte[] first = files.get(layers.get(0));
        byte[] second = files.put(layers.get(0), files.get(layers.get(1)));
        String refused = "ML-IMAGE-BASE: tar://jre.tar: the layer " + layers.get(0)
                + " is not what the image's configuration says; expected " + diffId(first) + ", found ";
        String next = ". Make the file anew with `docker save -o FILE NAME`.";
        assertThat(second).isSameAs(first);

        SavedImages.tar(files, folder.resolve("jre.tar"));
        assertRefused(refused + diffId(files.get(layers.get(1))) + next);
        files.put(layers.get(0), Arrays.copyOf(first, first.length / 2));
        SavedImages.tar(files, folder.resolve("jre.tar"));
        assertRefused(refused + "what cannot be read (Unexpected end of ZLIB input stream)" + next);
        files.remove(layers.get(0));
        SavedImages.tar(files, folder.resolve("jre.tar"));
        assertRefused(refused + "no such file" + next);
    }

    @Test
    void aConfigurationThatJibCannotReadIsRefused() throws Exception {
        Map<String, byte[]> files = SavedImages.files(jib);
        String config = new String(files.get("config.json"), StandardCharsets.UTF_8);
        files.put("config.json", SavedImages.text(config.replace("\"LANG=C\"", "\"LANG\"")));
        SavedImages.tar(files, folder.resolve("jre.tar"));
        assertThatThrownBy(() -> build("tar://jre.tar", "1"))
                .hasMessageStartingWith("ML-IMAGE-BASE: tar://jre.tar: the file is not a whole image; expected a tar as"
                        + " docker save writes it, found one whose configuration cannot be read: ")
                .hasMessageContaining("LANG");
    }

    @Test
    void aBaseWithAnOldJavaIsRefusedBeforeAnythingIsWritten() throws Exception {
        SampleProject project = SampleProject.create(folder.resolve("1"), "throw new Error(\"started\");");
        LocalImage image = LocalImage.of("tar://" + jib, folder).orElseThrow();
        ImageRequest request = project.request()
                .base(new BaseImage.Local(image, id(image)))
                .javaRelease(21)
                .build();
        assertThatThrownBy(() -> new ImageBuilder(Machine.current(), line -> {}).build(request))
                .hasMessage("ML-IMAGE-BASE: tar://jre.tar: the base image's Java is too old for the project's classes;"
                        + " expected Java 21 or later, found Java 17 (/opt/jre/release says 17.0.15). Set"
                        + " ml.image.base to an image with Java 21, for example eclipse-temurin:21-jre.");
        assertThat(project.tar()).doesNotExist();
    }

    private void assertRefused(String message) {
        assertThatThrownBy(() -> build("tar://jre.tar", "1"))
                .isInstanceOf(ImageException.class)
                .hasMessage(message);
    }

    private record Built(SampleProject project, ImageResult result, ImageTar image) {

        JsonNode labels() throws Exception {
            return image.config().path("config").path("Labels");
        }

        String nameOfBase() throws Exception {
            return labels().path("org.opencontainers.image.base.name").asText();
        }
    }

    private Built build(String base, String name) throws Exception {
        LocalImage image = LocalImage.of(base, folder).orElseThrow();
        return build(new BaseImage.Local(image, id(image)), name);
    }

    private Built build(BaseImage base, String name) throws Exception {
        return build(base, folder.resolve("project" + name));
    }

    private static Built build(BaseImage base, Path folder) throws Exception {
        SampleProject project = SampleProject.create(folder, StandIn.answering(StandIn.RIGHT));
        ImageResult result = new ImageBuilder(Machine.current(), line -> {})
                .build(project.request().base(base).build());
        return new Built(project, result, new ImageTar(project.tar()));
    }

    private static Digest id(LocalImage image) throws Exception {
        BaseIdentity.Registry identity = BaseImages.identify(image, Platform.LINUX_AMD64);
        return identity.platforms().get("linux/amd64");
    }

    private static JsonNode withoutNameOfBase(Built built) throws Exception {
        ObjectNode config = built.image().config().deepCopy();
        ObjectNode labels = config.withObjectProperty("config").withObjectProperty("Labels");
        labels.remove(List.of("org.opencontainers.image.base.name", "org.opencontainers.image.base.digest"));
        return config;
    }

    private static String diffId(byte[] gzip) throws Exception {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
            return "sha256:" + DigestUtils.sha256Hex(in);
        }
    }
}
