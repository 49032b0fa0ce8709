package io.github.mlmaven.lock;

import static io.github.mlmaven.lock.FileRepository.dependency;
import static io.github.mlmaven.lock.LockProject.brief;
import static io.github.mlmaven.lock.LockProject.errors;
import static io.github.mlmaven.lock.LockProject.sha256;
import static io.github.mlmaven.lock.LockProject.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.mlmaven.MavenProcess;
import io.github.mlmaven.OtherJdk;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One lock on machines with another Maven, and with another JDK. */
class LockMachinesIT {

    @TempDir
    Path folder;

    /** On the build's local repository, as Maven 3.8 can have no other beneath its own: nothing here but what it has. */
    @Test
    void everyMavenAgreesOnALock() throws Exception {
        LockProject project = LockProject.in(folder);
        project.pom(LockProject.Pom.empty()
                // The plugin's own pom imports BOMs, which have parents and import others.
                .with("management", """
                        <dependency>
                          <groupId>io.github.mlmaven</groupId>
                          <artifactId>ml-maven-plugin</artifactId>
                          <version>%s</version>
                          <type>pom</type>
                          <scope>import</scope>
                        </dependency>
                        """.formatted(System.getProperty("plugin.version")))
                .with("dependencies", """
                        <dependency>
                          <groupId>com.fasterxml.jackson.core</groupId>
                          <artifactId>jackson-databind</artifactId>
                        </dependency>
                        """));
        List<Path> distributions = MavenProcess.distributions();

        String created = everything(distributions.get(0), project, "initialize");
        byte[] lock = Files.readAllBytes(project.lockFile());

        assertThat(created).contains("ml.lock: created: ");
        assertThat(project.lock().path("poms").findValuesAsText("artifact"))
                .anyMatch(artifact -> artifact.startsWith("com.fasterxml.jackson:jackson-bom:pom:"))
                .anyMatch(artifact -> artifact.startsWith("com.fasterxml.jackson:jackson-parent:pom:"));
        for (Path distribution : distributions.subList(1, distributions.size())) {
            assertThat(everything(distribution, project, "initialize", "-Dml.locked"))
                    .contains("ml.lock: everything is as locked: ");
        }
        assertThat(project.lockFile()).hasBinaryContent(lock);
    }

    /** Another folder, language, time zone, user and umask; what a JVM hashes in its own order differs by itself. */
    @Test
    void anotherUserElsewhereWritesTheSameBytes() throws Exception {
        LockProject here = LockProject.in(Files.createDirectory(folder.resolve("here")));
        LockProject there = LockProject.in(Files.createDirectories(folder.resolve("anderswo/mit Leerzeichen")));
        LockProject.Pom pom = LockProject.Pom.empty().with("dependencies", dependency("INVOICE", "1.0"));
        for (LockProject project : List.of(here, there)) {
            project.repository().jar("INVOICE", "1.0", "one", "");
            project.pom(pom);
        }
        Path home = Files.createDirectory(folder.resolve("home"));
        Path strict = MavenProcess.withUmask(
                Path.of(System.getProperty("maven.distribution")), "077", folder.resolve("strict"));

        here.succeeds("ml:lock", "-Duser.language=en", "-Duser.country=US", "-Duser.timezone=UTC");
        MavenProcess elsewhere = there.run(
                strict,
                Map.of(
                        "LC_ALL",
                        "C",
                        "USER",
                        "ayse",
                        "MAVEN_OPTS",
                        LockProject.OPTIONS
                                + " -Duser.language=tr -Duser.country=TR -Duser.timezone=Pacific/Kiritimati"
                                + " -Duser.name=ayse -Duser.home=" + home),
                "ml:lock");

        assertThat(elsewhere.exit()).as(elsewhere.output()).isZero();
        assertThat(there.lockFile()).hasSameBinaryContentAs(here.lockFile());
        assertThat(Files.readString(here.lockFile())).contains("com.acme.it:INVOICE:jar:1.0");
        assertThat(Files.getPosixFilePermissions(there.lockFile()))
                .as("the umask was in force")
                .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    }

    private static String everything(Path distribution, LockProject project, String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of("-o", "-Dml.verify.latency.skip", "-Dml.lock.rehash"));
        all.addAll(List.of(arguments));
        MavenProcess maven = MavenProcess.run(
                distribution,
                project.root(),
                Map.of("CI", "false", "MAVEN_OPTS", LockProject.OPTIONS),
                all.toArray(String[]::new));
        assertThat(maven.exit()).as(maven.output()).isZero();
        return maven.output();
    }

    @Test
    void anotherJdkIsAnotherBaseAndItsProfilesAreItsOwn() throws Exception {
        Optional<Path> other = OtherJdk.find();
        assumeTrue(other.isPresent(), "needs another JDK beside the one that runs");
        Map<String, String> there = Map.of("JAVA_HOME", other.get().toString());
        LockProject project = LockProject.in(folder);
        project.repository().jar("modern", "1.0", "one", "");
        int release = OtherJdk.release(other.get());
        project.pom(LockProject.Pom.empty()
                .with("profiles", """
                <profile>
                  <id>other-jdk</id>
                  <activation><jdk>[%d,%d)</jdk></activation>
                  <dependencies>%s</dependencies>
                </profile>
                """.formatted(release, release + 1, dependency("modern", "1.0"))));
        project.succeeds("ml:lock");
        JsonNode here = project.lock().path("base");

        MavenProcess drift = project.run(there, "initialize");
        MavenProcess accepted = project.run(there, "ml:lock");

        assertThat(drift.exit()).as(drift.output()).isEqualTo(1);
        assertThat(accepted.exit()).as(accepted.output()).isZero();
        JsonNode now = project.lock().path("base");
        List<String> table = new ArrayList<>(List.of("what | locked | found | came"));
        table.add("base | " + brief(jdk(here)) + " | " + brief(jdk(now)));
        table.addAll(libraries(here, now));
        table.add("dependencies/com.acme.it:modern@other-jdk | - | 1.0 compile "
                + brief(sha256(FileRepository.zip("one"))) + " from acme | direct");
        assertThat(table(drift.output())).element(0).asString().startsWith("ml.lock: " + (table.size() - 1));
        assertThat(table(drift.output()).subList(1, table(drift.output()).size()))
                .isEqualTo(table);
        assertThat(errors(drift.output()))
                .contains("ML-LOCK-DRIFT: base: the base is not the one that was locked; expected " + jdk(here)
                        + ", found " + jdk(now)
                        + ". Restore the JDK, or run `mvn ml:lock` to accept what is there now.");

        assertThat(errors(project.fails("initialize")))
                .contains("ML-LOCK-DRIFT: base: the base is not the one that was locked; expected " + jdk(now)
                        + ", found " + jdk(here)
                        + ". Restore the JDK, or run `mvn ml:lock` to accept what is there now.")
                .noneMatch(error -> error.contains("com.acme.it:modern"));
    }

    private static String jdk(JsonNode base) {
        return "JDK " + base.path("version").asText() + " of "
                + base.path("vendor").asText() + " for " + base.path("platform").asText() + ", modules "
                + base.path("modules").asText();
    }

    /** The rows of shared libraries that only one of two JDKs takes from the machine. */
    private static List<String> libraries(JsonNode here, JsonNode now) {
        TreeSet<String> names = new TreeSet<>();
        here.path("libraries").fieldNames().forEachRemaining(names::add);
        now.path("libraries").fieldNames().forEachRemaining(names::add);
        List<String> rows = new ArrayList<>();
        for (String name : names) {
            String was = here.path("libraries").path(name).asText();
            String is = now.path("libraries").path(name).asText();
            if (!was.equals(is)) {
                rows.add("base/libraries" + name + " | " + (was.isEmpty() ? "-" : brief(was)) + " | "
                        + (is.isEmpty() ? "-" : brief(is)));
            }
        }
        return rows;
    }
}
