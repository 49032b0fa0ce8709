package io.github.mlmaven.mojo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.mlmaven.MavenProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model's life in a repository of files: published twice, taken, updated, rolled back, and used without it. */
class ArtifactModelsIT {

    private static final Path MODEL = Path.of("src/test/models/add-sub");
    private static final String ARTIFACT = "com.acme:weights:zip:model:";
    private static final String NEXT =
            ". Restore the <artifact> in the pom, or run `mvn ml:lock` to accept what is there now.";

    @TempDir
    Path folder;

    @Test
    void aModelIsPublishedTakenUpdatedAndRolledBack() throws Exception {
        publishBothVersions();
        Path consumer = Files.createDirectory(folder.resolve("consumer"));
        Files.writeString(consumer.resolve("pom.xml"), consumer("1.0"));

        String first = succeeds(consumer, "package", "-Dml.image.skip");
        assertThat(first)
                .contains("weights is com.acme:weights:1.0:zip:model from acme")
                .contains("plain is com.acme:weights:1.0 from acme")
                .containsPattern("weights +golden +PASS +1 of 1 case")
                .contains("ml.lock: created");
        assertThat(consumer.resolve("target/classes/META-INF/ml/model/weights/1.0/model.onnx"))
                .hasSameBinaryContentAs(MODEL.resolve("model.onnx"));
        assertThat(consumer.resolve("target/classes/META-INF/ml/model/plain/1.0/model.onnx"))
                .hasSameBinaryContentAs(MODEL.resolve("model.onnx"));
        String lock = Files.readString(consumer.resolve("ml.lock"));
        String sha1 = sha256(consumer);

        Files.writeString(consumer.resolve("pom.xml"), consumer("1.1"));
        MavenProcess drift = maven(consumer, "ml:verify");
        assertThat(drift.exit()).isEqualTo(1);
        String accepted = succeeds(consumer, "ml:lock");
        String sha2 = sha256(consumer);
        String from = ARTIFACT + "1.0 sha256:" + sha1 + " from acme";
        String to = ARTIFACT + "1.1 sha256:" + sha2 + " from acme";
        assertThat(sha1).isNotEqualTo(sha2);
        assertThat(drift.output())
                .contains("ML-LOCK-DRIFT: models/weights/artifact: the model's artifact is not the one that was locked;"
                        + " expected " + from + ", found " + to + NEXT)
                .contains("ML-LOCK-DRIFT: models/weights/labels.txt: the model file is there, but is not locked,"
                        + " found 15 bytes sha256:");
        assertThat(accepted).contains("models/weights/artifact    " + brief(from) + "  " + brief(to));

        Files.writeString(consumer.resolve("pom.xml"), consumer("1.0"));
        MavenProcess back = maven(consumer, "ml:verify");
        assertThat(back.exit()).isEqualTo(1);
        assertThat(back.output())
                .contains("ML-LOCK-DRIFT: models/weights/artifact: the model's artifact is not the one that was locked;"
                        + " expected " + to + ", found " + from + NEXT);
        succeeds(consumer, "ml:lock");
        assertThat(consumer.resolve("ml.lock")).hasContent(lock);

        delete(folder.resolve("repository"));
        assertThat(succeeds(consumer, "-o", "ml:inspect", "ml:verify", "-Dml.locked"))
                .containsPattern("weights +golden +PASS +1 of 1 case");
        Files.writeString(consumer.resolve("pom.xml"), consumer("2.0"));
        MavenProcess gone = maven(consumer, "-o", "ml:verify");
        assertThat(gone.exit()).isEqualTo(1);
        assertThat(gone.output())
                .contains("ML-MODEL-ARTIFACT: com.acme:weights:2.0:zip:model: the model cannot be resolved; expected an"
                        + " artifact in one of the repositories acme, central, found Maven offline and nothing in the"
                        + " local repository. Run the build once without -o, or install the artifact in the local"
                        + " repository.");
    }

    /** As tables show digests. */
    private static String brief(String text) {
        return text.replaceAll("(sha256:[0-9a-f]{12})[0-9a-f]{52}", "$1");
    }

    private void publishBothVersions() throws Exception {
        Path producer = folder.resolve("producer");
        copy(MODEL.resolve("model.onnx"), producer.resolve("src/main/model/model.onnx"));
        try (Stream<Path> files = Files.walk(MODEL.resolve("test_data_set_0"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                copy(file, producer.resolve("src/test/model").resolve(MODEL.relativize(file)));
            }
        }
        String deploy = "-DaltDeploymentRepository=acme::"
                + folder.resolve("repository").toUri();
        Files.writeString(producer.resolve("pom.xml"), producer("1.0"));
        String first = succeeds(producer, "deploy", "-Dml.image.skip", deploy);
        assertThat(first)
                .contains("Attached target/weights-1.0-model.zip as com.acme:weights:1.0:zip:model")
                .contains("Attached src/main/model/model.onnx as com.acme:weights:1.0");
        Files.writeString(producer.resolve("src/main/model/labels.txt"), "sum\ndifference\n");
        Files.writeString(producer.resolve("pom.xml"), producer("1.1"));
        Files.delete(producer.resolve("ml.lock"));
        String second = succeeds(producer, "deploy", "-Dml.image.skip", deploy);
        assertThat(second).doesNotContain("model.onnx as ");
        assertThat(folder.resolve("repository/com/acme/weights/1.0/weights-1.0.onnx"))
                .hasSameBinaryContentAs(MODEL.resolve("model.onnx"));
        assertThat(folder.resolve("repository/com/acme/weights/1.1/weights-1.1.onnx"))
                .doesNotExist();
        assertThat(folder.resolve("repository/com/acme/weights/1.1/weights-1.1-cyclonedx.json"))
                .hasSameBinaryContentAs(producer.resolve("target/ml/bom.json"));
        assertThat(folder.resolve("repository/com/acme/weights/1.1/weights-1.1-provenance.json"))
                .hasSameBinaryContentAs(producer.resolve("target/ml/provenance.json"));
    }

    private String producer(String version) {
        return pom("weights", version, "", """
                <executions><execution><goals><goal>attach</goal></goals></execution></executions>
                """);
    }

    private String consumer(String version) {
        String repository = folder.resolve("repository").toUri().toString();
        return pom(
                "fraud-service",
                "7.0",
                "<repositories><repository><id>acme</id><url>" + repository + "</url></repository></repositories>",
                """
                <configuration><models>
                  <model><artifact>com.acme:weights:%s:zip:model</artifact></model>
                  <model><name>plain</name><artifact>com.acme:weights:1.0</artifact></model>
                </models></configuration>
                """.formatted(version));
    }

    private static String pom(String name, String version, String project, String plugin) {
        return """
                <project>
                  <modelVersion>4.0.0</modelVersion>
                  <groupId>com.acme</groupId>
                  <artifactId>%s</artifactId>
                  <version>%s</version>
                  <packaging>ml-model</packaging>
                  <properties><ml.image.base>jdk</ml.image.base></properties>
                  %s
                  <build><plugins><plugin>
                    <groupId>io.github.mlmaven</groupId>
                    <artifactId>ml-maven-plugin</artifactId>
                    <version>%s</version>
                    <extensions>true</extensions>
                    %s
                  </plugin></plugins></build>
                </project>
                """.formatted(name, version, project, System.getProperty("plugin.version"), plugin);
    }

    private String succeeds(Path project, String... arguments) throws Exception {
        MavenProcess maven = maven(project, arguments);
        assertThat(maven.exit()).as(maven.output()).isZero();
        return maven.output();
    }

    /** Each project on a local repository of its own, so that nothing comes from where the other installed it. */
    private MavenProcess maven(Path project, String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of(
                "-Dmaven.repo.local=" + folder.resolve("local-" + project.getFileName()),
                "-Dmaven.repo.local.tail=" + System.getProperty("local.repository"),
                "-Dml.verify.latency.skip"));
        all.addAll(List.of(arguments));
        return MavenProcess.run(
                project,
                Map.of("CI", "false", "MAVEN_OPTS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"),
                all.toArray(String[]::new));
    }

    private static String sha256(Path project) throws IOException {
        JsonNode lock = new ObjectMapper().readTree(project.resolve("ml.lock").toFile());
        return lock.path("models")
                .path("weights")
                .path("artifact")
                .path("sha256")
                .asText();
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        Files.copy(from, to);
    }

    private static void delete(Path tree) throws IOException {
        try (Stream<Path> files = Files.walk(tree)) {
            for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(file);
            }
        }
    }
}
