package io.github.mlmaven.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.mlmaven.AddSubModel;
import io.github.mlmaven.MavenProcess;
import io.github.mlmaven.OtherJdk;
import io.github.mlmaven.files.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One commit on twenty machines: whoever builds it, where and when, with which Maven and on which JDK, it is one image to
 * the last byte, as long as the JDK is named that it gets and that compiles.
 */
class ImageMachinesIT {

    private static final int MACHINES = 20;
    private static final Path RUNTIME = Path.of(System.getProperty("java.home"));
    private static final List<String> ZONES =
            List.of("UTC", "Asia/Kathmandu", "Pacific/Kiritimati", "America/St_Johns", "Europe/Madrid");
    private static final List<String> LANGUAGES = List.of("en", "tr", "ar", "th");
    private static final List<String> FOLDERS =
            List.of("a", "mit Leerzeichen", "very/much/deeper/than/the/others", "größe");
    private static final List<String> SOURCES = List.of("Zebra", "Apple", "Mango", "apple2");

    @TempDir
    Path folder;

    /** In memory, where files are listed in another order, if the machine has that. */
    private final Path memory = Path.of("/dev/shm");

    /**
     * What differs from machine to machine; each value comes with others, so that a difference is not hidden by one that
     * makes up for it.
     */
    private record Builder(
            int number, Path project, Path maven, Path jdk, String zone, String language, String umask, boolean cold) {

        @Override
        public String toString() {
            return number + ": " + maven.getFileName() + " on Java of " + jdk + " in " + project + ", " + zone + ", "
                    + language + ", umask " + umask + (cold ? ", nothing cached" : "");
        }
    }

    @Test
    void twentyMachinesMakeOneImage() throws Exception {
        List<Path> mavens = MavenProcess.distributions();
        List<Path> jdks = new ArrayList<>(List.of(RUNTIME));
        OtherJdk.find().ifPresent(jdks::add);
        Path inMemory = Files.isWritable(memory) ? Files.createTempDirectory(memory, "machines") : folder;
        // Two at a time also share what they keep for others.
        ExecutorService builds = Executors.newFixedThreadPool(2);
        Map<Builder, Future<String>> digests = new LinkedHashMap<>();
        try {
            for (int i = 0; i < MACHINES; i++) {
                Path at = (i % 4 == 3 ? inMemory : folder).resolve(i + "/" + FOLDERS.get(i % FOLDERS.size()));
                Builder builder = new Builder(
                        i,
                        at,
                        mavens.get(i % mavens.size()),
                        jdks.get(i / mavens.size() % jdks.size()),
                        ZONES.get(i % ZONES.size()),
                        LANGUAGES.get(i / 2 % LANGUAGES.size()),
                        i / 3 % 2 == 0 ? "022" : "077",
                        i % 11 == 0);
                digests.put(builder, builds.submit(() -> build(builder)));
            }
            Set<String> different = new TreeSet<>();
            for (Map.Entry<Builder, Future<String>> digest : digests.entrySet()) {
                different.add(digest.getValue().get());
                assertThat(different).as(digest.getKey().toString()).hasSize(1);
            }
        } finally {
            builds.shutdownNow();
            // After a failure, the builds that still run need their folders.
            if (builds.awaitTermination(1, TimeUnit.MINUTES)) {
                FileTree.delete(inMemory);
            }
        }
    }

    /** The digest of the image and the one of its tar. */
    private String build(Builder builder) throws Exception {
        write(builder);
        MavenProcess maven = MavenProcess.run(
                MavenProcess.withUmask(builder.maven(), builder.umask(), folder.resolve("maven" + builder.number())),
                builder.project(),
                Map.of(
                        "CI",
                        "false",
                        "JAVA_HOME",
                        builder.jdk().toString(),
                        "TZ",
                        builder.zone(),
                        "USER",
                        "user" + builder.number(),
                        "LC_ALL",
                        "C.UTF-8",
                        "MAVEN_OPTS",
                        "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Duser.name=user" + builder.number()
                                + " -Duser.language=" + builder.language()),
                "--offline",
                "package",
                "-Dml.image.jdk=" + RUNTIME,
                // The javac of another release numbers the constants of a class in another way.
                "-Dmaven.compiler.fork",
                "-Dmaven.compiler.executable=" + RUNTIME.resolve("bin/javac"),
                "-Dml.verify.latency.skip",
                "-Dml.attest.skip",
                "-Dml.cache="
                        + folder.resolve(builder.cold() ? "cache" + builder.number() : "cache")
                                .toAbsolutePath());
        assertThat(maven.exit()).as(builder + "\n" + maven.output()).isZero();
        Path target = builder.project().resolve("target");
        Path tar = target.resolve("add-sub-1.4.0-image.tar");
        assertThat(Files.getPosixFilePermissions(target.resolve("classes")))
                .as("the umask was in force")
                .matches(permissions -> permissions.contains(PosixFilePermission.OTHERS_READ)
                        == builder.umask().equals("022"));
        JsonNode image =
                new ObjectMapper().readTree(target.resolve("ml/image.json").toFile());
        return image.path("digest").asText() + " " + new DigestUtils("SHA-256").digestAsHex(tar.toFile());
    }

    /** The project, its files in another order and of another time. */
    private static void write(Builder builder) throws IOException {
        Path project = Files.createDirectories(builder.project());
        FileTime time = FileTime.fromMillis(1_000_000_000_000L + builder.number() * 86_400_000L);
        Files.writeString(project.resolve("pom.xml"), AddSubModel.pom(Path.of("src/it/add-sub/pom.xml")));
        AddSubModel.copyTo(project);
        List<String> names = new ArrayList<>(SOURCES);
        Collections.rotate(names, builder.number());
        for (String name : names) {
            Path source = project.resolve("src/main/java/com/acme/" + name + ".java");
            Files.createDirectories(source.getParent());
            Files.writeString(source, "package com.acme;\n\npublic record " + name + "(String text, int count) {}\n");
            Files.setLastModifiedTime(source, time);
            Path resource = project.resolve("src/main/resources/" + name + ".txt");
            Files.createDirectories(resource.getParent());
            Files.setLastModifiedTime(Files.writeString(resource, name), time);
        }
    }
}
