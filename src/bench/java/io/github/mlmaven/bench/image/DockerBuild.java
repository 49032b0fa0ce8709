package io.github.mlmaven.bench.image;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code docker build} of what the images of the others hold: the jars, the model and the classes, each a layer of its own
 * and from scratch, as Jib's; of the project as Maven has left it.
 *
 * @param project the project
 */
record DockerBuild(Path project) {

    private static final String NAME = "ml-bench-image:1";

    /** Whether a Docker engine runs. */
    static boolean isThere() throws InterruptedException {
        try {
            run(Path.of("."), "docker", "info");
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Writes what Docker builds by. */
    void prepare() throws IOException {
        Files.writeString(project.resolve("Dockerfile"), """
                FROM scratch
                COPY target/lib /app/lib
                COPY src/main/model /app/model
                COPY target/classes /app/classes
                USER 65532:65532
                ENTRYPOINT ["java", "-cp", "/app/classes:/app/lib/*", "com.example.ImageModel"]
                """);
        // Neither the images that the others wrote nor what they were made of is sent to the engine.
        Files.writeString(project.resolve(".dockerignore"), "*\n!target/lib\n!target/classes\n!src/main/model\n");
    }

    /** Builds, and tells the milliseconds that the command took. */
    double run(boolean anew) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("docker", "build", "-q", "-t", NAME));
        if (anew) {
            command.add("--no-cache");
        }
        command.add(".");
        long start = System.nanoTime();
        run(project, command.toArray(String[]::new));
        return (System.nanoTime() - start) / 1e6;
    }

    /** The bytes of the image's layers, unpacked. */
    long size() throws IOException, InterruptedException {
        return Long.parseLong(run(project, "docker", "image", "inspect", "-f", "{{.Size}}", NAME));
    }

    /** Takes the image away, and what Docker kept of builds. */
    void delete() throws IOException, InterruptedException {
        run(project, "docker", "image", "rm", "-f", NAME);
        run(project, "docker", "image", "prune", "-f");
    }

    private static String run(Path folder, String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + ": " + output);
        }
        return output;
    }
}
