package io.github.mlmaven.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.cloud.tools.jib.api.Jib;
import io.github.mlmaven.MavenProcess;
import io.github.mlmaven.model.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A whole build on a base from a real registry, and the image pushed into it: what the lock pins, what happens when the
 * tag moves, and who the user is.
 */
class RegistryBaseIT {

    private static final Path SOURCE = Path.of("target/it/maven-3.9/digits-cnn");
    private static final String BASE = "jre:17";

    /** Builds of seconds: what a JVM compiles for the long run never pays. */
    private static final String SOON = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC";

    /** The password of the registry's user, and what decrypts it, as Maven 3 wrote them. */
    private static final String PASSWORD = "{NMb2f17kbpwHd37sUb7NVbF+I0k82jkmropywqFyz0E=}";

    private static final String MASTER = "{VICqlTslVJEHntGj9FQkfM0iSiOCgmturcJKGlWc8F4=}";

    @TempDir
    Path folder;

    private Path project;
    private List<String> options = List.of();
    private Map<String, String> environment = Map.of("CI", "false", "MAVEN_OPTS", SOON);

    @BeforeEach
    void copyTheProject() throws Exception {
        Tool.require("docker-registry", "--version");
        project = folder.resolve("project");
        for (String part : List.of("pom.xml", "src")) {
            try (Stream<Path> files = Files.walk(SOURCE.resolve(part))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    Path target = project.resolve(SOURCE.relativize(file).toString());
                    Files.createDirectories(target.getParent());
                    Files.copy(file, target);
                }
            }
        }
    }

    @Test
    void theLockedDigestIsBuiltOnUntilANewOneIsAccepted() throws Exception {
        TestCertificate certificate = TestCertificate.make(folder);
        try (LocalRegistry registry = LocalRegistry.secured(folder, certificate)) {
            logIn(registry, certificate);
            Digest first = push(registry, "the first");
            assertThat(build(registry, "package").output()).contains("ml.lock: created", "BUILD SUCCESS");
            assertThat(locked()).isEqualTo(first);
            Digest image = built();

            Digest second = push(registry, "the second");
            assertThat(second).isNotEqualTo(first);
            String target = registry.image("acme/digits");
            MavenProcess pushing = build(
                    registry, "package", "-Dml.locked", "-Dml.image.to=registry:" + target, "-Dml.image.tags=latest");
            assertThat(pushing.output())
                    .contains("layer base: taken from jre", "layer model/digits-cnn: sent", "BUILD SUCCESS")
                    .contains("Pushed " + target + ":1.4.0 and " + target + ":latest; run it with")
                    .contains("Attached to " + target + "@" + image, "  listed under the tag sha256-" + image.hex())
                    .containsPattern(" bom\\.json +sha256:")
                    .containsPattern(" verify\\.json +sha256:")
                    .doesNotContain("secret");
            assertThat(built()).isEqualTo(image);
            assertThat(pushed()).isEqualTo(Map.of(target + ":1.4.0", image, target + ":latest", image));
            assertThat(project.resolve("target/digits-cnn-1.4.0-image.tar"))
                    .as("only what is asked for")
                    .doesNotExist();

            assertThat(build(registry, "ml:lock").output())
                    .contains("ml.lock: 1 difference: 1 changed")
                    .contains("  base  " + registry.image(BASE) + " (linux/amd64 " + brief(first) + ")  "
                            + registry.image(BASE) + " (linux/amd64 " + brief(second) + ")");
            assertThat(locked()).isEqualTo(second);
        }
    }

    @Test
    void anImageForTwoPlatformsIsOneIndexWhereverItGoes() throws Exception {
        try (LocalRegistry registry = LocalRegistry.open(folder)) {
            Path java = Files.writeString(folder.resolve("java"), "for both");
            registry.push(
                    Jib.fromScratch()
                            .setPlatforms(Set.of(
                                    new com.google.cloud.tools.jib.api.buildplan.Platform("amd64", "linux"),
                                    new com.google.cloud.tools.jib.api.buildplan.Platform("arm64", "linux")))
                            .addLayer(List.of(java), "/opt/jre/bin")
                            .setEnvironment(Map.of("JAVA_HOME", "/opt/jre")),
                    BASE);
            String target = registry.image("acme/digits");

            MavenProcess maven = build(
                    registry,
                    "package",
                    "-Dml.image.platform=linux/arm64,linux/amd64",
                    "-Dml.image.to=tar,registry:" + target);

            assertThat(maven.output())
                    .contains(
                            "Starting what was assembled for linux/amd64",
                            "Starting what was assembled for linux/arm64")
                    .contains("answered over HTTP as expected, for each platform", "BUILD SUCCESS");
            assertThat(pushed()).isEqualTo(Map.of(target + ":1.4.0", built()));
            ImageTar tar = new ImageTar(project.resolve("target/digits-cnn-1.4.0-image.tar"));
            JsonNode index = tar.blob(tar.json("index.json").path("manifests").path(0));
            assertThat(index.findValuesAsText("architecture")).containsExactly("amd64", "arm64");
            JsonNode json = new ObjectMapper()
                    .readTree(project.resolve("target/ml/image.json").toFile());
            assertThat(json.path("platforms").findValuesAsText("digest"))
                    .containsAll(index.path("manifests").findValuesAsText("digest"));
        }
    }

    @Test
    void aRegistryThatDoesNotAnswerIsTold() throws Exception {
        LocalRegistry registry = LocalRegistry.open(folder);
        registry.close();

        MavenProcess maven = build(registry, "package");

        assertThat(maven.exit()).isEqualTo(1);
        String host = registry.host();
        assertThat(maven.output())
                .contains("ML-IMAGE-BASE: " + registry.image(BASE) + ": the registry " + host
                        + " cannot be reached (Connect to " + host
                        + " [localhost/127.0.0.1] failed: Connection refused)."
                        + " Check the network and the reference, or set ml.image.base to jdk, which needs no registry.")
                // The models' own verdict is told all the same.
                .containsPattern("digits-cnn +golden +PASS +3 of 3 cases");
        assertThat(project.resolve("ml.lock")).doesNotExist();
        assertThat(project.resolve("target/digits-cnn-1.4.0-image.tar")).doesNotExist();
    }

    /** The user in Maven's settings, and the certificate in the trust store of Maven's JVM. */
    private void logIn(LocalRegistry registry, TestCertificate certificate) throws IOException {
        Path settings = Files.writeString(
                folder.resolve("settings.xml"),
                "<settings><servers><server><id>" + registry.host() + "</id><username>reader</username><password>"
                        + PASSWORD + "</password></server></servers></settings>");
        Path security = Files.writeString(
                folder.resolve("settings-security.xml"),
                "<settingsSecurity><master>" + MASTER + "</master></settingsSecurity>");
        options = List.of("-gs", settings.toString(), "-Dsettings.security=" + security);
        environment = Map.of(
                "CI",
                "false",
                "MAVEN_OPTS",
                SOON + " -Djavax.net.ssl.trustStore=" + certificate.trustStore()
                        + " -Djavax.net.ssl.trustStorePassword=" + TestCertificate.PASSWORD);
    }

    private Digest push(LocalRegistry registry, String content) throws Exception {
        Path java = Files.writeString(folder.resolve("java"), content);
        return registry.push(
                Jib.fromScratch()
                        .addLayer(List.of(java), "/opt/jre/bin")
                        .setEnvironment(Map.of("JAVA_HOME", "/opt/jre")),
                BASE);
    }

    private MavenProcess build(LocalRegistry registry, String... goals) throws Exception {
        List<String> arguments = new ArrayList<>(options);
        arguments.add("-Dml.image.base=" + registry.image(BASE));
        arguments.addAll(List.of(goals));
        return MavenProcess.run(project, environment, arguments.toArray(String[]::new));
    }

    private Digest locked() throws IOException {
        JsonNode base =
                new ObjectMapper().readTree(project.resolve("ml.lock").toFile()).path("base");
        return Digest.parse(base.path("platforms").path("linux/amd64").asText());
    }

    private Digest built() throws IOException {
        JsonNode image = new ObjectMapper()
                .readTree(project.resolve("target/ml/image.json").toFile());
        return Digest.parse(image.path("digest").asText());
    }

    private Map<String, Digest> pushed() throws IOException {
        Map<String, Digest> pushed = new TreeMap<>();
        for (JsonNode image : new ObjectMapper()
                .readTree(project.resolve("target/ml/image.json").toFile())
                .path("pushed")) {
            pushed.put(
                    image.path("reference").asText(),
                    Digest.parse(image.path("digest").asText()));
        }
        return pushed;
    }

    /** As tables show digests. */
    private static String brief(Digest digest) {
        return digest.toString().substring(0, "sha256:".length() + 12);
    }
}
