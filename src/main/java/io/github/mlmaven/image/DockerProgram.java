package io.github.mlmaven.image;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Docker's command line, which speaks to the daemon of this machine or to the one that {@code DOCKER_HOST} names.
 *
 * @param name what is started, {@code docker}
 */
public record DockerProgram(String name) {

    /** That it cannot be started. */
    public static final class MissingException extends IOException {

        private static final long serialVersionUID = 1L;

        private MissingException(IOException cause) {
            super(cause);
        }
    }

    /**
     * What it said.
     *
     * @param exit its exit code
     * @param output standard output and error
     */
    public record Answer(int exit, String output) {

        /** The last line that says something. */
        public String lastLine() {
            return output.lines()
                    .filter(line -> !line.isBlank())
                    .reduce((first, second) -> second)
                    .orElse("it says nothing")
                    .strip();
        }
    }

    /** What speaks to it while it runs. */
    @FunctionalInterface
    public interface Dialogue {
        /**
         * Hands over what it reads, and waits for its end.
         *
         * @return whether it has ended
         */
        boolean hold(Process docker) throws ImageException, IOException, InterruptedException;
    }

    /** Asks it something; empty when it does not answer in that time. */
    public Optional<Answer> ask(List<String> arguments, Duration limit)
            throws ImageException, IOException, InterruptedException {
        return talk(arguments, docker -> {
            docker.getOutputStream().close();
            return docker.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        });
    }

    /**
     * Runs it, and ends it whatever happens.
     *
     * @throws MissingException when there is no such program
     */
    public Optional<Answer> talk(List<String> arguments, Dialogue dialogue)
            throws ImageException, IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(name));
        command.addAll(arguments);
        Path output = Files.createTempFile("ml-docker", ".log");
        try {
            Process docker = start(command, output);
            try {
                return dialogue.hold(docker)
                        ? Optional.of(new Answer(
                                docker.exitValue(), new String(Files.readAllBytes(output), StandardCharsets.UTF_8)))
                        : Optional.empty();
            } finally {
                docker.destroyForcibly();
            }
        } finally {
            Files.deleteIfExists(output);
        }
    }

    private static Process start(List<String> command, Path output) throws MissingException {
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
        } catch (IOException e) {
            throw new MissingException(e);
        }
    }
}
