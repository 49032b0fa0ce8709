package io.github.mlmaven;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The plugin itself: clean builds in other folders, at other times, in other places give the same bytes. */
class ReproducibleBuildIT {

    private static final List<String> JARS = List.of("ml-maven-plugin-%s.jar", "ml-maven-plugin-%s-serving.jar");

    @TempDir
    Path folder;

    @Test
    void twoCleanBuildsOfThePluginAreTheSame() throws Exception {
        ExecutorService builds = Executors.newFixedThreadPool(2);
        Future<Path> first =
                builds.submit(() -> build("one", "UTC", "C.UTF-8", FileTime.fromMillis(1_000_000_000_000L)));
        Future<Path> second = builds.submit(
                () -> build("another place", "Asia/Kathmandu", "tr_TR.UTF-8", FileTime.fromMillis(1_500_000_000_000L)));
        builds.shutdown();
        Path one = first.get();
        Path two = second.get();

        String version = System.getProperty("plugin.version");
        for (String jar : JARS) {
            String name = jar.formatted(version);
            assertThat(Files.mismatch(
                            one.resolve("target").resolve(name),
                            two.resolve("target").resolve(name)))
                    .as(name)
                    .isEqualTo(-1);
        }
    }

    private Path build(String name, String zone, String locale, FileTime time) throws Exception {
        Path project = folder.resolve(name);
        copy(Path.of("pom.xml"), project.resolve("pom.xml"), time);
        for (String source : List.of(".mvn", "src/main")) {
            try (Stream<Path> files = Files.walk(Path.of(source))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    copy(file, project.resolve(file.toString()), time);
                }
            }
        }
        MavenProcess maven = MavenProcess.run(
                project,
                Map.of("TZ", zone, "LC_ALL", locale, "MAVEN_OPTS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"),
                "--offline",
                "-Dmaven.test.skip",
                "-Dspotless.check.skip",
                // What finds mistakes in the code adds nothing to the bytes.
                "-Derrorprone.option=-XDnone",
                "-P!tests",
                "package");
        assertThat(maven.exit()).as(maven.output()).isZero();
        return project;
    }

    private static void copy(Path from, Path to, FileTime time) throws IOException {
        Files.createDirectories(to.getParent());
        Files.copy(from, to);
        Files.setLastModifiedTime(to, time);
    }
}
