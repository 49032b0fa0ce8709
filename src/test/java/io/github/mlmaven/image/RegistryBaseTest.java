package io.github.mlmaven.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.RegistryAuthenticationFailedException;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import io.github.mlmaven.image.registry.RegistrySettings;
import io.github.mlmaven.image.registry.Transport;
import io.github.mlmaven.lock.BaseIdentity;
import io.github.mlmaven.model.Digest;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bases in a real registry, into which the test pushes them. */
class RegistryBaseTest {

    @TempDir
    static Path shared;

    private static LocalRegistry registry;
    private static Digest pushed;

    @BeforeAll
    static void push() throws Exception {
        Tool.require("docker-registry", "--version");
        registry = LocalRegistry.open(shared);
        Path java = Files.writeString(shared.resolve("java"), "the Java of the base");
        JibContainerBuilder base = Jib.fromScratch()
                .addLayer(List.of(java), "/opt/jre/bin")
                .setEnvironment(Map.of("JAVA_HOME", "/opt/jre"))
                .setLabels(Map.of(
                        "org.opencontainers.image.version", "of the base",
                        "org.opencontainers.image.url", "of the base"));
        pushed = registry.push(base.setFormat(ImageFormat.OCI), "jre:17");
        registry.push(base.setFormat(ImageFormat.Docker).addPlatform("arm64", "linux"), "jre:both");
    }

    @AfterAll
    static void stop() throws Exception {
        if (registry != null) {
            registry.close();
        }
    }

    @Test
    void isPinnedByTheDigestOfItsManifest() throws Exception {
        BaseIdentity.Registry identity = BaseImages.resolve(
                registry.image("jre:17"), Set.of(Platform.LINUX_AMD64), RegistrySettings.NONE, false);
        assertThat(identity.reference()).isEqualTo(registry.image("jre:17"));
        assertThat(identity.platforms()).containsExactly(Map.entry("linux/amd64", pushed));
    }

    @Test
    void offlineAnUnpinnedOneIsRefused() {
        assertThatThrownBy(() ->
                        BaseImages.resolve("temurin:17", Set.of(Platform.LINUX_AMD64), RegistrySettings.NONE, true))
                .isInstanceOf(ImageException.class)
                .hasMessage("ML-IMAGE-BASE: temurin:17: the lock does not pin the base image yet, and the build is"
                        + " offline. Build once without -o, or set ml.image.base to jdk, which needs no registry.");
    }

    @Test
    void hasADigestForEveryPlatformThatItOffersWhicheverIsRequired() throws Exception {
        BaseIdentity.Registry identity = BaseImages.resolve(
                registry.image("jre:both"), Set.of(Platform.LINUX_AMD64), RegistrySettings.NONE, false);
        assertThat(identity.platforms()).containsOnlyKeys("linux/amd64", "linux/arm64");
        assertThat(identity.platforms().values()).doesNotHaveDuplicates();
        assertThat(BaseImages.resolve(
                        registry.image("jre:both"), Set.of(Platform.LINUX_ARM64), RegistrySettings.NONE, false))
                .isEqualTo(identity);
    }

    @Test
    void carriesTheApplicationOnTopOfItsLayersAndUsesItsJava(@TempDir Path folder) throws Exception {
        SampleProject project = SampleProject.create(folder, StandIn.answering(StandIn.RIGHT));
        String reference = registry.image("jre:17");
        List<String> log = new ArrayList<>();
        ImageResult result = new ImageBuilder(Machine.current(), log::add)
                .build(project.request()
                        .base(BaseImage.Registry.of(reference, Platform.LINUX_AMD64, pushed))
                        .build());

        assertThat(result.images().get(0).layers().stream().map(ImageLayer::name))
                .containsExactly("base", "natives", "dependencies", "model/add-sub", "application");
        assertThat(log)
                .contains("The base image does not tell the version of /opt/jre/bin/java; the project needs Java 17 or"
                        + " later");
        ImageTar image = new ImageTar(project.tar());
        assertThat(image.paths(0)).containsExactly("opt/jre/bin/java");
        JsonNode config = image.config().path("config");
        assertThat(config.path("Entrypoint").path(0).asText()).isEqualTo("/opt/jre/bin/java");
        assertThat(config.path("Env").path(0).asText()).isEqualTo("JAVA_HOME=/opt/jre");
        assertThat(config.path("User").asText()).isEqualTo("65532:65532");
        JsonNode labels = config.path("Labels");
        assertThat(labels.path("org.opencontainers.image.base.name").asText()).isEqualTo(reference);
        assertThat(labels.path("org.opencontainers.image.base.digest").asText()).isEqualTo(pushed.toString());
        assertThat(labels.path("org.opencontainers.image.version").asText()).isEqualTo("1.4.0");
        assertThat(labels.path("org.opencontainers.image.url").asText()).isEqualTo("of the base");
        assertThat(image.manifest().path("annotations"))
                .as("not what the base says of itself")
                .hasToString(
                        "{\"org.opencontainers.image.base.digest\":\"" + pushed
                                + "\",\"org.opencontainers.image.base.name\":\"" + reference
                                + "\",\"org.opencontainers.image.title\":\"add-sub\",\"org.opencontainers.image.version\":\"1.4.0\"}");
    }

    @Test
    void carriesTheNativesOfAnotherPlatform(@TempDir Path folder) throws Exception {
        SampleProject project = SampleProject.create(folder, StandIn.answering(StandIn.RIGHT));
        String reference = registry.image("jre:both");
        Digest digest = BaseImages.resolve(reference, Set.of(Platform.LINUX_ARM64), RegistrySettings.NONE, false)
                .platforms()
                .get("linux/arm64");
        ImageRequest request = project.request()
                .base(BaseImage.Registry.of(reference, Platform.LINUX_ARM64, digest))
                .platforms(Set.of(Platform.LINUX_ARM64))
                .build();
        new ImageBuilder(new Machine("Linux", "amd64", Machine.current().java()), line -> {}).build(request);

        ImageTar image = new ImageTar(project.tar());
        assertThat(image.config().path("architecture").asText()).isEqualTo("arm64");
        byte[] elf = Files.readAllBytes(project.workFolder().resolve("rootfs/app/native/libonnxruntime.so"));
        assertThat(elf[18] & 0xff).as("e_machine of AArch64").isEqualTo(183);
    }

    @Test
    void isRefusedWhenItsJavaIsTooOldBeforeAnythingIsWritten(@TempDir Path folder) throws Exception {
        Path java = Files.writeString(folder.resolve("java"), "an old Java");
        Path release = Files.writeString(folder.resolve("release"), "JAVA_VERSION=\"17.0.19\"\n");
        Digest digest = registry.push(
                Jib.fromScratch()
                        .addLayer(List.of(java), "/opt/jre/bin")
                        .addLayer(List.of(release), "/opt/jre")
                        .setEnvironment(Map.of("JAVA_HOME", "/opt/jre")),
                "jre:old");
        SampleProject project = SampleProject.create(folder, "throw new Error(\"started\");");
        ImageRequest request = project.request()
                .base(BaseImage.Registry.of(registry.image("jre:old"), Platform.LINUX_AMD64, digest))
                .javaRelease(21)
                .build();
        assertThatThrownBy(() -> new ImageBuilder(Machine.current(), line -> {}).build(request))
                .isInstanceOf(ImageException.class)
                .hasMessage("ML-IMAGE-BASE: " + registry.image("jre:old") + ": the base image's Java is too old for the"
                        + " project's classes; expected Java 21 or later, found Java 17 (/opt/jre/release says"
                        + " 17.0.19). Set ml.image.base to an image with Java 21, for example eclipse-temurin:21-jre.");
        assertThat(project.tar()).doesNotExist();
        assertThat(project.workFolder().resolve("smoke.log")).doesNotExist();
    }

    @Test
    void isRefusedWithoutThePlatform() {
        assertThatThrownBy(() -> BaseImages.resolve(
                        registry.image("jre:17"), Set.of(Platform.LINUX_ARM64), RegistrySettings.NONE, false))
                .hasMessage("ML-IMAGE-PLATFORM: " + registry.image("jre:17")
                        + ": the base image does not exist for linux/arm64."
                        + " Set ml.image.platform to one that it has, or ml.image.base to another image.");
    }

    @Test
    void everyPlatformThatItIsNotForIsNamed() throws Exception {
        registry.push(
                Jib.fromScratch()
                        .setPlatforms(Set.of(new com.google.cloud.tools.jib.api.buildplan.Platform("s390x", "linux"))),
                "jre:other");
        assertThatThrownBy(() -> BaseImages.resolve(
                        registry.image("jre:other"), Set.of(Platform.values()), RegistrySettings.NONE, false))
                .hasMessage("ML-IMAGE-PLATFORM: " + registry.image("jre:other")
                        + ": the base image does not exist for linux/amd64 and linux/arm64."
                        + " Set ml.image.platform to one that it has, or ml.image.base to another image.");
    }

    @Test
    void isRefusedWhenThereIsNone() {
        assertThatThrownBy(() -> BaseImages.resolve(
                        registry.image("jre:18"), Set.of(Platform.LINUX_AMD64), RegistrySettings.NONE, false))
                .isInstanceOf(ImageException.class)
                .hasMessage("ML-IMAGE-BASE: " + registry.image("jre:18") + ": the registry "
                        + registry.image("").replace("/", "") + " has no such image."
                        + " Check the name and the tag or digest of ml.image.base.");
    }

    @Test
    void isRefusedWhenAPasswordWouldGoOverPlainHttp(@TempDir Path folder) throws Exception {
        try (LocalRegistry closed = LocalRegistry.closed(folder)) {
            String host = closed.image("").replace("/", "");
            assertThatThrownBy(() -> BaseImages.resolve(
                            closed.image("jre:17"), Set.of(Platform.LINUX_AMD64), RegistrySettings.NONE, false))
                    .hasMessage("ML-IMAGE-BASE: " + closed.image("jre:17") + ": the registry " + host
                            + " wants a password, which is never sent over plain HTTP."
                            + " Use a registry with HTTPS, or one on this machine without a password.");
        }
    }

    @Test
    void isRefusedWithTheWrongPassword() throws Exception {
        ImageReference image = ImageReference.parse("example.com/acme/jre:17");
        ImageException refused = RegistryAccess.failure(
                image,
                Transport.TRUSTED,
                new RegistryAuthenticationFailedException("example.com", "acme/jre", "401 Unauthorized"));
        assertThat(refused)
                .hasMessage("ML-IMAGE-BASE: example.com/acme/jre:17: the registry example.com refuses to give the"
                        + " image to this user. Run docker login example.com, and check that the image exists and may"
                        + " be read.");
    }

    @Test
    void isRefusedWhenTheRegistryCannotBeReached() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        String reference = "localhost:" + port + "/jre:17";
        assertThatThrownBy(
                        () -> BaseImages.resolve(reference, Set.of(Platform.LINUX_AMD64), RegistrySettings.NONE, false))
                .hasMessageStartingWith(
                        "ML-IMAGE-BASE: " + reference + ": the registry localhost:" + port + " cannot be reached (")
                .hasMessageEndingWith("Connection refused). Check the network and the reference, or set ml.image.base"
                        + " to jdk, which needs no registry.");
    }

    @Test
    void isRefusedOfflineUnlessItIsInTheCache(@TempDir Path folder) throws Exception {
        SampleProject project = SampleProject.create(folder, "");
        Digest unknown = new Digest("0".repeat(64));
        ImageRequest request = project.request()
                .base(BaseImage.Registry.of(registry.image("jre:17"), Platform.LINUX_AMD64, unknown))
                .offline(true)
                .build();
        assertThatThrownBy(() -> new ImageBuilder(Machine.current(), line -> {}).build(request))
                .hasMessage("ML-IMAGE-BASE: " + registry.image("jre@") + unknown
                        + ": the base image is not in the cache, and the build is offline."
                        + " Build once without -o, or set ml.image.base to jdk, which needs no registry.");
        assertThat(project.tar()).doesNotExist();
    }

    @Test
    void isRefusedWhenItsNameIsNone() {
        assertThatThrownBy(() ->
                        BaseImages.resolve("Temurin 17", Set.of(Platform.LINUX_AMD64), RegistrySettings.NONE, false))
                .hasMessage("ML-IMAGE-BASE: ml.image.base: not the name of an image; expected [REGISTRY/]NAME[:TAG],"
                        + " the name in lower case, found Temurin 17."
                        + " Set ml.image.base, for example to eclipse-temurin:17-jre.");
    }

    @Test
    void isReachedByPlainHttpOnThisMachineOnly() throws Exception {
        for (String local : List.of("localhost:5000/a", "127.0.0.1:5000/a", "127.9.9.9:1/a")) {
            assertThat(RegistrySettings.NONE.allowsHttp(ImageReference.parse(local)))
                    .as(local)
                    .isTrue();
        }
        for (String remote : List.of("a", "example.com/a", "localhost.example.com:5000/a", "10.0.0.1:5000/a")) {
            assertThat(RegistrySettings.NONE.allowsHttp(ImageReference.parse(remote)))
                    .as(remote)
                    .isFalse();
        }
    }
}
