package io.github.mlmaven;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Runs the Maven distribution that the build unpacked, on this build's local repository. */
public record MavenProcess(int exit, String output) {

    /** Runs Maven in a project's folder and waits for its end. */
    public static MavenProcess run(Path project, Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        return run(Path.of(System.getProperty("maven.distribution")), project, environment, arguments);
    }

    /** Every distribution that the build unpacked, oldest first. */
    public static List<Path> distributions() {
        return Arrays.stream(System.getProperty("maven.distributions").split(","))
                .map(Path::of)
                .toList();
    }

    /**
     * A distribution that creates files with a umask of its own.
     *
     * @param folder where it is made
     */
    public static Path withUmask(Path distribution, String umask, Path folder) throws IOException {
        Path program = Files.createDirectories(folder.resolve("bin")).resolve("mvn");
        Files.writeString(
                program, "#!/bin/sh\numask " + umask + "\nexec '" + distribution.resolve("bin/mvn") + "' \"$@\"\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        return folder;
    }

    /** Runs one of the distributions. */
    public static MavenProcess run(
            Path distribution, Path project, Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                distribution.resolve("bin/mvn").toAbsolutePath().toString(),
                "--batch-mode",
                "-Dmaven.repo.local=" + System.getProperty("local.repository")));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(project.toFile()).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(environment);
        Process maven = builder.start();
        String output = new String(maven.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new MavenProcess(maven.waitFor(), output);
    }
}
