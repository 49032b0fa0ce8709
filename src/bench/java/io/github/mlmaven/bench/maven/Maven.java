package io.github.mlmaven.bench.maven;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Runs Maven, each time in a JVM of its own, and tells how long a goal took.
 *
 * @param program {@code mvn}
 * @param repository the local repository
 * @param folder for the extension that takes the times, and for logs
 */
public record Maven(Path program, Path repository, Path folder) {

    private static final String SETTINGS = "settings.xml";
    private static final String CLOCK = GoalClock.class.getName();

    /**
     * What a goal took.
     *
     * @param millis from Maven's event before it to that after it
     * @param bytes that the process read meanwhile
     * @param cpuMillis processor time of Maven's own process meanwhile
     */
    public record Took(double millis, long bytes, double cpuMillis) {

        /** The goal's line of what {@link GoalClock} wrote. */
        static Took of(String goal, List<String> lines) throws IOException {
            for (String line : lines) {
                String[] fields = line.split(" ", -1);
                if (fields[0].equals(goal)) {
                    return new Took(
                            Long.parseLong(fields[1]) / 1e6,
                            Long.parseLong(fields[2]),
                            Long.parseLong(fields[3]) / 1e6);
                }
            }
            throw new IOException("Maven ran no " + goal + ", but " + lines);
        }
    }

    /**
     * Puts the extension where Maven finds it.
     *
     * @param component the description of the extension for Maven
     */
    public static Maven prepare(Path program, Path repository, Path folder, Path component) throws IOException {
        Path extension = Files.createDirectories(folder.resolve("clock"));
        for (String name : List.of("", "$Start", "$1")) {
            String resource = CLOCK.replace('.', '/') + name + ".class";
            try (InputStream in = GoalClock.class.getClassLoader().getResourceAsStream(resource)) {
                if (in != null) {
                    write(extension.resolve(resource), in.readAllBytes());
                }
            }
        }
        write(extension.resolve("META-INF/plexus/components.xml"), Files.readAllBytes(component));
        return new Maven(program, repository, folder);
    }

    private static void write(Path file, byte[] content) throws IOException {
        Files.createDirectories(file.resolveSibling(""));
        Files.write(file, content);
    }

    /**
     * From now on every build finds nothing but what is in the local repository: the peer's goals refuse to run with
     * {@code -o}, so all get a mirror that is empty.
     */
    public void disconnect() throws IOException {
        Path empty = Files.createDirectories(folder.resolve("empty"));
        // Under central's name, as which the local repository knows where its files are from.
        String settings = "<settings><mirrors><mirror><id>central</id><mirrorOf>*</mirrorOf><url>" + empty.toUri()
                + "</url></mirror></mirrors></settings>";
        write(folder.resolve(SETTINGS), settings.getBytes(StandardCharsets.UTF_8));
    }

    /** May ask repositories again. */
    public void connect() throws IOException {
        Files.deleteIfExists(folder.resolve(SETTINGS));
    }

    /** Runs a build and tells what one of its goals took. */
    public Took run(Path project, String goal, List<String> arguments) throws IOException, InterruptedException {
        Path clock = folder.resolve("goals.txt");
        Path log = folder.resolve("maven.log");
        Files.deleteIfExists(clock);
        List<String> command = new ArrayList<>(List.of(
                program.toString(),
                "-B",
                "-Dmaven.ext.class.path=" + folder.resolve("clock"),
                "-D" + GoalClock.FILE + "=" + clock,
                "-Dmaven.repo.local=" + repository));
        Path settings = folder.resolve(SETTINGS);
        if (Files.exists(settings)) {
            command.addAll(List.of("-s", settings.toString()));
        }
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(project.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        // Everybody runs with what Maven itself sets, and as a developer does.
        builder.environment().keySet().removeAll(List.of("MAVEN_OPTS", "MAVEN_ARGS", "CI"));
        if (builder.start().waitFor() != 0) {
            throw new IOException(Objects.requireNonNull(log) + ": `mvn " + String.join(" ", arguments) + "` failed: "
                    + Files.readAllLines(log).stream()
                            .filter(line -> line.startsWith("[ERROR]"))
                            .findFirst()
                            .orElse(""));
        }
        return Took.of(goal, Files.readAllLines(clock));
    }
}
