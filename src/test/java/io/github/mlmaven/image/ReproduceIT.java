package io.github.mlmaven.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.mlmaven.MavenProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two builds of one image: what is said when they are the same, and when a file has the time in it. */
class ReproduceIT {

    private static final Path MODEL = Path.of("src/test/models/add-sub");
    private static final String TAR = "target/add-sub-1.4.0-image.tar";

    @TempDir
    Path folder;

    private Path project;

    @BeforeEach
    void writeTheProject() throws IOException {
        project = folder.resolve("project");
        String pom = Files.readString(Path.of("src/it/add-sub/pom.xml"))
                .replace("@project.version@", System.getProperty("plugin.version"))
                .replace(
                        "</properties>",
                        "  <maven.build.timestamp.format>yyyy-MM-dd HH:mm:ss</maven.build.timestamp.format>\n"
                                + "  </properties>")
                .replace(
                        "<build>",
                        "<build><resources><resource><directory>src/main/resources</directory>"
                                + "<filtering>true</filtering></resource></resources>");
        write("pom.xml", pom);
        Files.createDirectories(project.resolve("src/main/model"));
        Files.copy(MODEL.resolve("model.onnx"), project.resolve("src/main/model/model.onnx"));
        Path golden = Path.of("test_data_set_0");
        Files.createDirectories(project.resolve("src/test/model").resolve(golden));
        try (Stream<Path> files = Files.list(MODEL.resolve(golden))) {
            for (Path file : files.toList()) {
                Files.copy(
                        file, project.resolve("src/test/model").resolve(golden).resolve(file.getFileName()));
            }
        }
    }

    @Test
    void theSameImageIsBuiltTwice() throws Exception {
        write("src/main/resources/build.properties", "version=${project.version}\ntold=${told}\n");

        MavenProcess maven = build("package", "ml:verify", "-Dml.reproduce", "-Dtold=two words and \"more\"");

        assertThat(maven.exit()).as(maven.output()).isZero();
        JsonNode image = new ObjectMapper()
                .readTree(project.resolve("target/ml/image.json").toFile());
        assertThat(maven.output())
                .contains("[INFO] reproduced: add-sub:1.4.0 "
                        + image.path("digest").asText() + ", 5 layers identical")
                .contains("Verdict PASS: 1 model, 0 errors, 0 warnings");
        assertThat(project.resolve("target/ml/reproduce.log")).content().contains("BUILD SUCCESS");
        assertThat(project.resolve("target/ml/reproduce")).doesNotExist();
    }

    @Test
    void aFileWithTheTimeInItIsNamed() throws Exception {
        MavenProcess none = build("ml:verify", "-Dml.reproduce");
        assertThat(none.exit()).isEqualTo(1);
        assertThat(none.output())
                .contains("ML-IMAGE-REPRODUCE: " + TAR + ": there is no image to compare a second build with;"
                        + " expected the image of this build, found none. Run mvn package ml:verify -Dml.reproduce.");
        write("src/main/resources/build.properties", "built=${maven.build.timestamp}\n");

        MavenProcess maven = build("package", "ml:verify", "-Dml.reproduce");

        assertThat(maven.exit()).as(maven.output()).isEqualTo(1);
        assertThat(maven.output())
                .containsPattern("ML-IMAGE-REPRODUCE: " + TAR + ": layer application is not the same in a second build:"
                        + " one of its files differs; expected sha256:\\w{64}, found sha256:\\w{64}\\."
                        + " Let the build write the same bytes every time: set project\\.build\\.outputTimestamp,")
                .containsPattern("ML-IMAGE-REPRODUCE: " + TAR + "!/app/classes/build\\.properties: layer application:"
                        + " it differs in its content; expected sha256:\\w{64}, found sha256:\\w{64}\\."
                        + " Find out what writes it in another way each time\\.");
        JsonNode report = new ObjectMapper()
                .readTree(project.resolve("target/ml/verify.json").toFile());
        assertThat(report.path("findings").findValuesAsText("file"))
                .containsExactly(
                        TAR,
                        TAR + "!/app/classes/build.properties",
                        "target/add-sub-1.4.0.jar",
                        "target/add-sub-1.4.0.jar!/build.properties");
        assertThat(project.resolve("target/ml/reproduce")).doesNotExist();
    }

    private void write(String path, String content) throws IOException {
        Path file = project.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private MavenProcess build(String... arguments) throws IOException, InterruptedException {
        return MavenProcess.run(
                project, Map.of("CI", "false", "MAVEN_OPTS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"), arguments);
    }
}
