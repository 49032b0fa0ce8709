package io.github.mlmaven.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.mlmaven.AddSubModel;
import io.github.mlmaven.MavenProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two builds of one image: what is said when they are the same, and when a file has the time in it. */
class ReproduceIT {

    private static final String TAR = "target/add-sub-1.4.0-image.tar";

    @TempDir
    Path folder;

    private Path project;

    /** A reactor without {@code outputTimestamp}: the sibling's jar has the time and the permissions of each build. */
    @Test
    void theSameImageIsBuiltTwice() throws Exception {
        project = folder.resolve("reactor");
        for (String pom : List.of("pom.xml", "greeting/pom.xml", "sums/pom.xml")) {
            write(pom, sample("reactor/" + pom));
        }
        for (String source :
                List.of("greeting/src/main/java/com/acme/Greeting.java", "sums/src/main/java/com/acme/Start.java")) {
            write(source, sample("reactor/" + source));
        }
        AddSubModel.copyTo(project.resolve("sums"));

        MavenProcess maven = build("clean", "package", "ml:verify", "-Dml.reproduce", "-Dtold=two words and \"more\"");

        assertThat(maven.exit()).as(maven.output()).isZero();
        Path target = project.resolve("sums/target");
        JsonNode image =
                new ObjectMapper().readTree(target.resolve("ml/image.json").toFile());
        assertThat(maven.output())
                .contains("[INFO] reproduced: " + image.path("name").asText() + " "
                        + image.path("digest").asText() + ", 5 layers identical")
                .contains("Verdict PASS: 1 model, 0 errors, 0 warnings");
        assertThat(target.resolve("ml/reproduce.log")).content().contains("BUILD SUCCESS");
        assertThat(target.resolve("ml/reproduce")).doesNotExist();
    }

    @Test
    void aFileWithTheTimeInItIsNamed() throws Exception {
        project = folder.resolve("project");
        write(
                "pom.xml",
                sample("add-sub/pom.xml")
                        .replace(
                                "</properties>",
                                "  <maven.build.timestamp.format>yyyy-MM-dd HH:mm:ss</maven.build.timestamp.format>\n"
                                        + "  </properties>")
                        .replace(
                                "<build>",
                                "<build><resources><resource><directory>src/main/resources</directory>"
                                        + "<filtering>true</filtering></resource></resources>"));
        AddSubModel.copyTo(project);
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

    private static String sample(String path) throws IOException {
        return AddSubModel.pom(Path.of("src/it").resolve(path));
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
