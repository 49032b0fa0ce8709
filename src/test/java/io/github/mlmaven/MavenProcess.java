package io.github.mlmaven;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs the Maven distribution that the build unpacked, on this build's local repository. */
public record MavenProcess(int exit, String output) {

    /** Runs Maven in a project's folder and waits for its end. */
    public static MavenProcess run(Path project, Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        Path distribution = Path.of(System.getProperty("maven.distribution"));
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
