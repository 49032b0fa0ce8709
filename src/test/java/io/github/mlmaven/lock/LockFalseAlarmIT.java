package io.github.mlmaven.lock;

import static io.github.mlmaven.lock.FileRepository.dependency;
import static io.github.mlmaven.lock.LockProject.brief;
import static io.github.mlmaven.lock.LockProject.sha256;
import static io.github.mlmaven.lock.LockProject.table;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.mlmaven.MavenProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What may change in a project and on a machine without the lock noticing. */
class LockFalseAlarmIT {

    private static final String RANGED = dependency("ranged", "[1.0,2.0)");
    private static final String TESTED = dependency("tested", "1.0", "<scope>test</scope>");

    /** Maven takes the system's version from a property, which stands for another machine here. */
    private static final Map<String, String> UNUSUAL =
            Map.of("MAVEN_OPTS", LockProject.OPTIONS + " -Dos.version=99.unusual");

    @TempDir
    Path folder;

    private LockProject project;

    @BeforeEach
    void writeTheProject() throws Exception {
        project = LockProject.in(folder);
    }

    @Test
    void orderTestScopeVersionRangeAndRelocation() throws Exception {
        FileRepository repository = project.repository();
        for (String name : List.of("direct", "deep", "tested", "new")) {
            repository.jar(name, "1.0", name, "");
        }
        repository.jar("upper", "1.0", "upper", "<dependencies>" + dependency("deep", "1.0") + "</dependencies>");
        repository.jar("ranged", "1.0", "one", "");
        repository.jar("ranged", "1.1", "two", "");
        repository.pom(
                "old",
                "1.0",
                "jar",
                "<distributionManagement><relocation><artifactId>new</artifactId></relocation></distributionManagement>");
        String direct = dependency("direct", "1.0");
        String upper = dependency("upper", "1.0");
        String old = dependency("old", "1.0");
        LockProject.Pom pom = LockProject.Pom.empty();
        project.pom(pom.with("dependencies", direct + upper + RANGED + old + TESTED));
        project.succeeds("ml:lock");
        assertThat(artifacts())
                .contains(
                        "com.acme.it:deep:jar:1.0",
                        "com.acme.it:direct:jar:1.0",
                        "com.acme.it:new:jar:1.0",
                        "com.acme.it:ranged:jar:1.1",
                        "com.acme.it:upper:jar:1.0")
                .noneMatch(artifact -> artifact.contains(":old:") || artifact.contains(":tested:"));

        project.pom(pom.with("dependencies", old + RANGED + upper + direct));
        repository.jar("ranged", "2.0", "three", "");
        project.succeeds("initialize", "-U", "-Dml.locked");

        repository.jar("ranged", "1.2", "six", "");
        assertThat(table(project.fails("initialize", "-U", "-Dml.locked")))
                .containsExactly(
                        "ml.lock: 1 difference: 1 changed",
                        "what | locked | found | came",
                        "dependencies/com.acme.it:ranged | 1.1 compile " + brief(sha256(FileRepository.zip("two")))
                                + " from acme | 1.2 compile " + brief(sha256(FileRepository.zip("six")))
                                + " from acme | direct");
    }

    @Test
    void aProfileThatTheMachineActivates() throws Exception {
        project.repository()
                .jar("native", "1.0", "one", "<dependencies>" + dependency("deep", "1.0") + "</dependencies>");
        project.repository().jar("deep", "1.0", "two", "");
        project.pom(LockProject.Pom.empty().with("profiles", """
                <profile>
                  <id>unusual</id>
                  <activation><os><version>99.unusual</version></os></activation>
                  <dependencies>%s</dependencies>
                </profile>
                """.formatted(dependency("native", "1.0"))));
        project.succeeds("ml:lock");
        assertThat(artifacts()).noneMatch(artifact -> artifact.startsWith("com.acme.it"));

        assertThat(table(unusual(1, "initialize")))
                .containsExactly(
                        "ml.lock: 2 differences: 2 extraneous",
                        "what | locked | found | came",
                        "dependencies/com.acme.it:deep@unusual | - | 1.0 compile "
                                + brief(sha256(FileRepository.zip("two")))
                                + " from acme | through com.acme.it:native",
                        "dependencies/com.acme.it:native@unusual | - | 1.0 compile "
                                + brief(sha256(FileRepository.zip("one"))) + " from acme | direct");
        unusual(0, "ml:lock");
        assertThat(artifacts()).contains("com.acme.it:deep:jar:1.0@unusual", "com.acme.it:native:jar:1.0@unusual");

        byte[] both = Files.readAllBytes(project.lockFile());
        project.succeeds("initialize", "-Dml.locked");
        unusual(0, "initialize", "-Dml.locked");
        project.succeeds("ml:lock");
        assertThat(project.lockFile()).hasBinaryContent(both);
    }

    private String unusual(int exit, String... arguments) throws Exception {
        MavenProcess maven = project.run(UNUSUAL, arguments);
        assertThat(maven.exit()).as(maven.output()).isEqualTo(exit);
        return maven.output();
    }

    private List<String> artifacts() throws Exception {
        List<String> artifacts = new ArrayList<>();
        for (JsonNode entry : project.lock().path("dependencies")) {
            JsonNode profile = entry.path("profile");
            artifacts.add(entry.path("artifact").asText() + (profile.isMissingNode() ? "" : "@" + profile.asText()));
        }
        return artifacts;
    }
}
