package io.github.mlmaven.lock;

import static io.github.mlmaven.lock.FileRepository.coordinates;
import static io.github.mlmaven.lock.FileRepository.dependency;
import static io.github.mlmaven.lock.LockProject.brief;
import static io.github.mlmaven.lock.LockProject.errors;
import static io.github.mlmaven.lock.LockProject.sha256;
import static io.github.mlmaven.lock.LockProject.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mlmaven.MavenProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** One locked project, whose parts change one after the other: how each difference is told, in full. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LockDriftIT {

    private static final String HEAD = "what | locked | found | came";
    private static final String FETCH =
            ". Delete it from the local repository and fetch it again, or run `mvn ml:lock` to"
                    + " accept what is there now.";
    private static final String RESTORE_POM = ". Restore the pom, or run `mvn ml:lock` to accept what is there now.";
    private static final String FIRST = "20260101.000000";
    private static final String SECOND = "20260102.000000";

    private static final LockProject.Pom POM = LockProject.Pom.empty()
            .with("parent", "<parent>" + coordinates("base", "1") + "<relativePath/></parent>")
            .with("properties", "<bom.version>1</bom.version>")
            .with("management", dependency("bom", "${bom.version}", "<type>pom</type><scope>import</scope>"))
            .with(
                    "dependencies",
                    dependency("direct", "1.0") + dependency("upper", "1.0") + dependency("moving", "1-SNAPSHOT"))
            .with("pluginDependencies", dependency("tool", "1.0"));

    private final Map<Path, byte[]> before = new TreeMap<>();
    private LockProject project;

    @BeforeAll
    void lockTheProject(@TempDir Path folder) throws Exception {
        project = LockProject.in(folder);
        FileRepository repository = project.repository();
        repository.pom("base", "1", "pom", "");
        repository.pom("bom", "1", "pom", "");
        repository.pom("bom", "2", "pom", "");
        repository.jar("direct", "1.0", "one", "");
        repository.jar("deep", "1.0", "one", "");
        repository.jar("upper", "1.0", "one", "<dependencies>" + dependency("deep", "1.0") + "</dependencies>");
        repository.jar("tool", "1.0", "one", "");
        repository.jar("tool", "1.1", "two", "");
        repository.jar("wagon", "1.0", "one", "");
        repository.snapshot("moving", FIRST, 1, "one");
        project.pom(POM);
        project.succeeds("ml:lock");
        // What was fetched just now is too young to be remembered; from now on it is.
        project.succeeds("initialize", "-Dml.locked");
        for (Path tree : folders()) {
            try (Stream<Path> files = Files.walk(tree)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    before.put(file, Files.readAllBytes(file));
                }
            }
        }
    }

    private Path[] folders() {
        return new Path[] {project.root(), project.local().resolve("com")};
    }

    @AfterEach
    void putEverythingBack() throws IOException {
        for (Path tree : folders()) {
            try (Stream<Path> files = Files.walk(tree)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    if (!before.containsKey(file)) {
                        Files.delete(file);
                    }
                }
            }
        }
        for (Map.Entry<Path, byte[]> file : before.entrySet()) {
            if (Files.notExists(file.getKey()) || !Arrays.equals(Files.readAllBytes(file.getKey()), file.getValue())) {
                Files.write(file.getKey(), file.getValue());
            }
        }
    }

    @Test
    void nothingOnTheNewestMaven() throws Exception {
        List<Path> distributions = MavenProcess.distributions();
        MavenProcess newest =
                project.run(distributions.get(distributions.size() - 1), Map.of(), "initialize", "-Dml.locked");
        assertThat(newest.exit()).as(newest.output()).isZero();
        assertThat(newest.output()).contains("ml.lock: everything is as locked: ");
    }

    @Test
    void oneByteOfTheModel() throws Exception {
        Path model = project.root().resolve("src/main/model/model.onnx");
        String was = sha256(model);
        byte[] bytes = Files.readAllBytes(model);
        bytes[new String(bytes, StandardCharsets.ISO_8859_1).indexOf("simple")] = 'S';
        Files.write(model, bytes);
        String now = sha256(bytes);
        byte[] lock = Files.readAllBytes(project.lockFile());

        String built = project.fails("initialize");
        String shown = project.succeeds("ml:lock", "-Dml.lock.dry");
        String refused = project.fails("ml:lock", "-Dml.locked");

        assertThat(table(built))
                .containsExactly(
                        "ml.lock: 1 difference: 1 changed",
                        HEAD,
                        "models/shop/model.onnx | 209 bytes " + brief(was) + " | 209 bytes " + brief(now));
        assertThat(errors(built))
                .containsExactly("ML-LOCK-DRIFT: models/shop/model.onnx: the model file is not the one that was locked;"
                        + " expected 209 bytes " + was + ", found 209 bytes " + now
                        + ". Restore the file, or run `mvn ml:lock` to accept what is there now.");
        assertThat(table(shown)).isEqualTo(table(built));
        assertThat(shown.lines()).contains("[INFO] ml.lock: nothing is written; `mvn ml:lock` would accept this");
        assertThat(errors(refused))
                .containsExactly(
                        "ML-LOCK-REFUSED: ml.lock: `mvn ml:lock` would change the lock file, and -Dml.locked or"
                                + " CI=true forbids that. Run `mvn ml:lock` on a developer machine and commit ml.lock.");
        assertThat(project.lockFile()).hasBinaryContent(lock);
    }

    @Test
    void jarsOfTheLocalRepositoryWithOtherBytes() throws Exception {
        Path direct = project.fetched("direct", "1.0", "jar");
        Path deep = project.fetched("deep", "1.0", "jar");
        assertThat(project.local().resolve(".ml-maven-plugin/digests.txt"))
                .content()
                .contains(direct.toString(), deep.toString());
        String one = sha256(direct);
        FileTime time = Files.getLastModifiedTime(direct);
        long size = Files.size(direct);
        Files.write(direct, FileRepository.zip("two"));
        Files.setLastModifiedTime(direct, time);
        Files.write(deep, FileRepository.zip("of another size"));
        String sameSize = sha256(direct);
        String otherSize = sha256(deep);
        assertThat(Files.size(direct)).isEqualTo(size);

        String output = project.fails("initialize");

        assertThat(table(output))
                .containsExactly(
                        "ml.lock: 2 differences: 2 changed",
                        HEAD,
                        "dependencies/com.acme.it:deep | 1.0 compile " + brief(one) + " from acme | 1.0 compile "
                                + brief(otherSize) + " from acme | through com.acme.it:upper",
                        "dependencies/com.acme.it:direct | 1.0 compile " + brief(one) + " from acme | 1.0 compile "
                                + brief(sameSize) + " from acme | direct");
        assertThat(errors(output))
                .containsExactly(
                        "ML-LOCK-DRIFT: dependencies/com.acme.it:deep: the dependency (through com.acme.it:upper) is not"
                                + " the one that was locked; expected 1.0 compile " + one
                                + " from acme, found 1.0 compile " + otherSize + " from acme" + FETCH,
                        "ML-LOCK-DRIFT: dependencies/com.acme.it:direct: the dependency (direct) is not the one that was"
                                + " locked; expected 1.0 compile " + one + " from acme, found 1.0 compile "
                                + sameSize + " from acme" + FETCH);
    }

    @Test
    void aSnapshotThatWasDeployedAgain() throws Exception {
        String one = sha256(FileRepository.zip("one"));
        String two = sha256(FileRepository.zip("two"));
        project.repository().snapshot("moving", SECOND, 2, "two");

        String output = project.fails("initialize", "-U");

        assertThat(table(output))
                .containsExactly(
                        "ml.lock: 1 difference: 1 changed",
                        HEAD,
                        "dependencies/com.acme.it:moving | 1-20260101.000000-1 compile " + brief(one)
                                + " from acme | 1-20260102.000000-2 compile " + brief(two) + " from acme | direct");
        assertThat(errors(output))
                .containsExactly(
                        "ML-LOCK-DRIFT: dependencies/com.acme.it:moving: the dependency (direct) is not the one"
                                + " that was locked; expected 1-20260101.000000-1 compile " + one
                                + " from acme, found 1-20260102.000000-2 compile " + two + " from acme" + RESTORE_POM);
    }

    @Test
    void whatTheBuildItselfIsMadeOf() throws Exception {
        Path base = project.fetched("base", "1", "pom");
        String locked = sha256(base);
        Files.writeString(base, Files.readString(base) + "\n");
        String one = sha256(FileRepository.zip("one"));
        project.pom(POM.with("properties", "<bom.version>2</bom.version>")
                .with("pluginDependencies", dependency("tool", "1.1"))
                .with("extensions", "<extension>" + coordinates("wagon", "1.0") + "</extension>"));

        String output = project.fails("initialize");

        String two = sha256(FileRepository.zip("two"));
        String bom1 = sha256(project.fetched("bom", "1", "pom"));
        String bom2 = sha256(project.fetched("bom", "2", "pom"));
        assertThat(table(output))
                .containsExactly(
                        "ml.lock: 4 differences: 3 changed, 1 extraneous",
                        HEAD,
                        "extensions/com.acme.it:wagon | - | 1.0 " + brief(one) + " from acme | direct",
                        "pluginDependencies/io.github.mlmaven:ml-maven-plugin/com.acme.it:tool | 1.0 " + brief(one)
                                + " from acme | 1.1 " + brief(two)
                                + " from acme | through io.github.mlmaven:ml-maven-plugin",
                        "poms/com.acme.it:base:pom | 1 " + brief(locked) + " from acme | 1 " + brief(sha256(base))
                                + " from acme | direct",
                        "poms/com.acme.it:bom:pom | 1 " + brief(bom1) + " from acme | 2 " + brief(bom2)
                                + " from acme | direct");
        assertThat(errors(output))
                .containsExactly(
                        "ML-LOCK-DRIFT: extensions/com.acme.it:wagon: the extension (direct) is there, but is not locked,"
                                + " found 1.0 " + one + " from acme" + RESTORE_POM,
                        "ML-LOCK-DRIFT: pluginDependencies/io.github.mlmaven:ml-maven-plugin/com.acme.it:tool: the"
                                + " dependency of a plugin (through io.github.mlmaven:ml-maven-plugin) is not the one"
                                + " that was locked; expected 1.0 " + one + " from acme, found 1.1 " + two
                                + " from acme" + RESTORE_POM,
                        "ML-LOCK-DRIFT: poms/com.acme.it:base:pom: the pom (direct) is not the one that was locked;"
                                + " expected 1 " + locked + " from acme, found 1 " + sha256(base) + " from acme"
                                + FETCH,
                        "ML-LOCK-DRIFT: poms/com.acme.it:bom:pom: the pom (direct) is not the one that was locked;"
                                + " expected 1 " + bom1 + " from acme, found 2 " + bom2 + " from acme"
                                + RESTORE_POM);
    }

    @Test
    void anArtifactWithoutAFileIsNotLocked() throws Exception {
        Files.delete(project.fetched("deep", "1.0", "jar"));

        String output = project.fails("-o", "ml:lock");

        assertThat(output.lines())
                .contains(
                        "[ERROR] Failed to execute goal io.github.mlmaven:ml-maven-plugin:"
                                + System.getProperty("plugin.version")
                                + ":lock (default-cli) on project shop: Maven cannot resolve the runtime class path:"
                                + " Could not resolve dependencies for project com.acme.it:shop:ml-model:1.0",
                        "[ERROR] \tCannot access acme (" + project.repository().url()
                                + ") in offline mode and the artifact com.acme.it:deep:jar:1.0 has not been downloaded"
                                + " from it before.");
    }
}
