package io.github.mlmaven.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.mlmaven.image.smoke.ServerClient;
import io.github.mlmaven.image.smoke.ServerProcess;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images on the JDK that runs the test. */
class ImageBuilderTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    @TempDir
    static Path shared;

    private static SampleProject project;
    private static ImageResult result;
    private static ImageTar image;

    @BeforeAll
    static void build() throws Exception {
        SampleProject.assumeLinuxAmd64();
        project = SampleProject.create(shared, StandIn.answering(StandIn.RIGHT));
        result = new ImageBuilder(Machine.current(), line -> {})
                .build(project.request()
                        .label("com.acme.team", "ml")
                        .label("org.opencontainers.image.vendor", "Acme")
                        .build());
        image = new ImageTar(project.tar());
    }

    @Test
    void reportsTheDigestsThatAreInTheTar() throws IOException {
        assertThat(result.digest().toString())
                .isEqualTo(image.json("index.json").at("/manifests/0/digest").asText());
        assertThat(result.images().get(0).configDigest().toString())
                .isEqualTo(image.manifest().at("/config/digest").asText());
        assertThat(texts(image.manifest().path("layers").findValues("digest")))
                .isEqualTo(result.images().get(0).layers().stream()
                        .map(l -> l.digest().toString())
                        .toList());
    }

    @Test
    void hasALayerForEachThingThatChangesByItself() {
        assertThat(result.images().get(0).layers().stream().map(ImageLayer::name))
                .containsExactly("base", "natives", "dependencies", "model/add-sub", "application");
        ImageLayer model = result.images().get(0).layers().get(3);
        assertThat(model.compressedSize()).as("weights are not compressed").isEqualTo(model.uncompressedSize());
        ImageLayer natives = result.images().get(0).layers().get(1);
        assertThat(natives.compressedSize()).isLessThan(natives.uncompressedSize() / 2);
    }

    @Test
    void holdsTheNativesOfItsPlatformOnly() throws IOException {
        assertThat(image.paths(1))
                .containsExactly("app/native/libonnxruntime.so", "app/native/libonnxruntime4j_jni.so");
    }

    @Test
    void holdsModelAndClassesOnce() throws IOException {
        assertThat(image.paths(3)).containsExactly("app/model/add-sub/1.4.0/model.onnx");
        assertThat(image.paths(4))
                .containsExactly("app/classes/META-INF/ml/models.json", "app/classes/com/acme/AddSub.class");
    }

    @Test
    void bringsJavaAndTheLibrariesItNeeds() throws IOException {
        assertThat(image.paths(0))
                .contains(
                        "opt/java/bin/java",
                        "opt/java/lib/modules",
                        "opt/java/lib/server/libjvm.so",
                        "lib64/ld-linux-x86-64.so.2",
                        "lib/x86_64-linux-gnu/libc.so.6",
                        "lib/x86_64-linux-gnu/libstdc++.so.6",
                        "etc/passwd",
                        "etc/group",
                        "etc/nsswitch.conf")
                .noneMatch(path -> path.contains("onnxruntime"));
        assertThat(image.layer(0))
                .filteredOn(e -> e.getName().equals("tmp/"))
                .singleElement()
                .extracting(TarArchiveEntry::getMode)
                .isEqualTo(01777);
    }

    @Test
    void hasNoShellNoPackageManagerAndNoProgramBesidesJava() throws IOException {
        for (int layer = 0; layer < result.images().get(0).layers().size(); layer++) {
            assertThat(image.layer(layer))
                    .filteredOn(entry -> !entry.isDirectory() && (entry.getMode() & 0111) != 0)
                    .extracting(TarArchiveEntry::getName)
                    .allMatch(path -> Set.of(
                                            "opt/java/bin/java",
                                            "opt/java/bin/keytool",
                                            "opt/java/lib/jexec",
                                            "opt/java/lib/jspawnhelper")
                                    .contains(path)
                            || path.matches(
                                    "(usr/)?lib(64)?/(x86_64-linux-gnu/)?(lib.*|ld-linux-x86-64)\\.so(\\.\\d+)*"));
        }
    }

    @Test
    void bringsTheCertificatesOfTheJdksModuleAsAPlainFile() throws Exception {
        byte[] certificates = image.content(0, "opt/java/lib/security/cacerts");
        KeyStore store = KeyStore.getInstance("JKS");
        store.load(new ByteArrayInputStream(certificates), null);
        assertThat(store.size()).isGreaterThan(50);
    }

    @Test
    void startsFromItsFolderWithAnyJava() throws Exception {
        Path arguments = project.workFolder().resolve("java.args");
        List<String> command = List.of(Machine.current().java().toString(), "@" + arguments);
        try (ServerProcess server = ServerProcess.start(command, Map.of(), shared.resolve("exploded.log"))) {
            ServerClient client = new ServerClient(server.awaitReady(TIMEOUT), TIMEOUT);
            assertThat(client.get("/v2")).asString().isEqualTo(StandIn.RIGHT);
            server.stop(TIMEOUT);
        }
    }

    @Test
    void leavesNoTraceOfTheMachineInLayers() throws IOException {
        for (int layer = 0; layer < result.images().get(0).layers().size(); layer++) {
            assertThat(image.layer(layer)).allSatisfy(entry -> {
                assertThat(entry.getLongUserId() + entry.getLongGroupId()).isZero();
                assertThat(entry.getUserName() + entry.getGroupName()).isEmpty();
                assertThat(entry.getLastModifiedTime()).isEqualTo(FileTime.from(1, TimeUnit.SECONDS));
                assertThat(entry.getMode()).isIn(0644, 0755, 01777);
                assertThat(entry.isSymbolicLink() || entry.isLink()).isFalse();
            });
        }
    }

    @Test
    void runsAsAnUnprivilegedUserWithTheClassPathInItsOrder() throws IOException {
        JsonNode config = image.config().path("config");
        assertThat(image.config().path("created").asText()).isEqualTo("1970-01-01T00:00:00Z");
        assertThat(config.path("User").asText()).isEqualTo("65532:65532");
        assertThat(config.path("ExposedPorts").has("8080/tcp")).isTrue();
        assertThat(texts(config.path("Env")))
                .containsExactly(
                        "JAVA_HOME=/opt/java",
                        "PATH=/opt/java/bin",
                        "LC_CTYPE=C.UTF-8",
                        "LANG=C",
                        "ORT_DISABLE_TELEMETRY=1");
        List<String> entrypoint = texts(config.path("Entrypoint"));
        assertThat(entrypoint)
                .startsWith(
                        "/opt/java/bin/java",
                        "-XX:MaxRAMPercentage=75",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-XX:-UsePerfData",
                        "--enable-native-access=ALL-UNNAMED",
                        "-Dfile.encoding=UTF-8",
                        "-Dstdout.encoding=UTF-8",
                        "-Dstderr.encoding=UTF-8",
                        "-Djava.io.tmpdir=/dev/shm",
                        "-Donnxruntime.native.path=/app/native",
                        "-Dml.model.path=/app/model",
                        "-cp")
                .endsWith(SampleProject.MAIN_CLASS);
        assertThat(entrypoint.get(12).split(":", -1))
                .startsWith("/app/classes", "/app/lib/ml-maven-plugin-0.1.0-serving.jar")
                .hasSize(project.runtime().size() + 1);
    }

    @Test
    void hasLabels() throws IOException {
        JsonNode labels = image.config().at("/config/Labels");
        assertThat(labels.path("org.opencontainers.image.title").asText()).isEqualTo("add-sub");
        assertThat(labels.path("org.opencontainers.image.version").asText()).isEqualTo("1.4.0");
        assertThat(labels.path("com.acme.team").asText()).isEqualTo("ml");
    }

    @Test
    void hasThoseLabelsAsAnnotationsThatTheSpecificationKnows() throws IOException {
        assertThat(image.manifest().path("annotations"))
                .hasToString(
                        "{\"org.opencontainers.image.title\":\"add-sub\",\"org.opencontainers.image.vendor\":\"Acme\","
                                + "\"org.opencontainers.image.version\":\"1.4.0\"}");
    }

    @Test
    void namesTheSameBlobsForDocker() throws IOException {
        JsonNode docker = image.json("manifest.json").path(0);
        assertThat(texts(docker.path("RepoTags"))).containsExactly("acme/add-sub:1.4.0");
        assertThat(docker.path("Config").asText())
                .isEqualTo(
                        "blobs/sha256/" + result.images().get(0).configDigest().hex());
        assertThat(texts(docker.path("Layers")))
                .isEqualTo(result.images().get(0).layers().stream()
                        .map(l -> "blobs/sha256/" + l.digest().hex())
                        .toList());
    }

    @Test
    void keepsAPredictionOfThePackagedServer() {
        assertThat(result.smoke().models()).isEqualTo(1);
        assertThat(result.smoke().cases()).isEqualTo(1);
        SmokeResult.Sample sample = result.smoke().sample().orElseThrow();
        assertThat(sample.model()).isEqualTo("add-sub");
        assertThat(sample.golden()).isEqualTo("test_data_set_0");
        assertThat(sample.request()).startsWith("{\"inputs\":[");
        assertThat(sample.response()).startsWith("{\"outputs\":[{\"name\":\"OUTPUT0\"");
    }

    private static List<String> texts(Iterable<JsonNode> nodes) {
        return StreamSupport.stream(nodes.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }
}
