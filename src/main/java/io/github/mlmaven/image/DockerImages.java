package io.github.mlmaven.image;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.FindingId;
import io.github.mlmaven.lock.BaseIdentity;
import io.github.mlmaven.model.Digest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The images of the Docker daemon of this machine, or of the one that {@code DOCKER_HOST} names, through the program
 * {@code docker}.
 *
 * @param program the program
 * @param limit how long the daemon may take to say what it has
 */
record DockerImages(String program, Duration limit) {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration SAVING = Duration.ofMinutes(30);
    private static final String NO_DOCKER = ", or set ml.image.base to another base, such as jdk.";

    DockerImages() {
        this("docker", LIMIT);
    }

    /** What identifies an image now. */
    BaseIdentity.Registry identify(String name) throws ImageException, IOException, InterruptedException {
        String format = "{{.Id}} {{.Os}}/{{.Architecture}}";
        // The last line: before it, Docker may complain about its configuration.
        String line = run(name, List.of("image", "inspect", "--format", format, name), limit)
                .lastLine();
        String[] words = line.split(" ", -1);
        try {
            return BaseIdentity.Registry.of(
                    BaseIdentity.Registry.DOCKER + name, Map.of(words[words.length - 1], Digest.parse(words[0])));
        } catch (IllegalArgumentException e) {
            throw failed(name, "the Docker daemon does not say what it is (" + line + ")", "Update Docker");
        }
    }

    /** Writes an image into a file, whatever its name has come to mean. */
    void save(String name, Digest id, Path file) throws ImageException, IOException, InterruptedException {
        run(name, List.of("image", "save", "--output", file.toString(), id.toString()), SAVING);
    }

    private DockerProgram.Answer run(String name, List<String> arguments, Duration time)
            throws ImageException, IOException, InterruptedException {
        try {
            DockerProgram.Answer answer = new DockerProgram(program)
                    .ask(arguments, time)
                    .orElseThrow(() -> failed(
                            name,
                            "the Docker daemon does not answer within " + time.toSeconds() + " s",
                            "Start Docker"));
            if (answer.exit() != 0) {
                throw refused(name, answer);
            }
            return answer;
        } catch (DockerProgram.MissingException e) {
            throw failed(
                    name,
                    "there is no program " + program + " that could be started",
                    "Install Docker's command line and put it on the PATH");
        }
    }

    private static ImageException refused(String name, DockerProgram.Answer answer) {
        return answer.output().toLowerCase(Locale.ROOT).contains("no such image")
                ? failed(name, "the Docker daemon has no such image", "Run `docker pull " + name + "`, or build it")
                : failed(name, "the Docker daemon does not give it (" + answer.lastLine() + ")", "Start Docker");
    }

    private static ImageException failed(String name, String message, String next) {
        return new ImageException(
                Finding.of(FindingId.IMAGE_BASE, BaseIdentity.Registry.DOCKER + name, message, next + NO_DOCKER));
    }
}
