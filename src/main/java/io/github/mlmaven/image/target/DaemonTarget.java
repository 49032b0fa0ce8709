package io.github.mlmaven.image.target;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.FindingId;
import io.github.mlmaven.image.ImageException;
import io.github.mlmaven.image.ImageTarget;
import io.github.mlmaven.image.OciImage;
import io.github.mlmaven.image.Placement;
import io.github.mlmaven.image.Platform;
import io.github.mlmaven.image.layer.ChangedLayerException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The Docker daemon of this machine, or the one that {@code DOCKER_HOST} names, through the program {@code docker}. It
 * keeps an image for one platform under a name: of several it gets that for its own.
 *
 * @param program the program
 * @param limit how long the daemon may take to say that it is there
 */
record DaemonTarget(String program, Duration limit) implements ImageTarget {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String NEXT = "Start Docker, or leave docker out of ml.image.to.";

    DaemonTarget() {
        this("docker", LIMIT);
    }

    @Override
    public void check() throws ImageException, IOException, InterruptedException {
        platform();
    }

    /** What it runs on, in the form {@code linux/amd64}; whether it answers at all. */
    private String platform() throws ImageException, IOException, InterruptedException {
        Path output = Files.createTempFile("ml-docker", ".log");
        try {
            Process process = start(List.of(program, "version", "--format", "{{.Server.Os}}/{{.Server.Arch}}"), output);
            try {
                process.getOutputStream().close();
                if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw failed("the Docker daemon does not answer within " + limit.toSeconds() + " s", NEXT);
                }
                if (process.exitValue() != 0) {
                    throw failed("the Docker daemon does not answer (" + lastLine(output) + ")", NEXT);
                }
                return lastLine(output);
            } finally {
                process.destroyForcibly();
            }
        } finally {
            Files.deleteIfExists(output);
        }
    }

    @Override
    public Placement put(OciImage several) throws ImageException, IOException, InterruptedException {
        // A daemon of another platform runs none of them; it gets the one that it would get from the tar.
        OciImage image = several.manifests().size() == 1
                ? several
                : several.alone(Platform.of(platform()).orElse(several.docker()));
        Path output = Files.createTempFile("ml-docker", ".log");
        try {
            Process process = start(List.of(program, "load"), output);
            try {
                load(image, process, output);
            } finally {
                process.destroyForcibly();
            }
        } finally {
            Files.deleteIfExists(output);
        }
        return new Placement.Daemon(image.name(), image.docker());
    }

    /** Hands the tar over as it is made, so that it is nowhere whole. */
    private static void load(OciImage image, Process process, Path output)
            throws ImageException, IOException, InterruptedException {
        IOException broken = null;
        try (OutputStream stdin = process.getOutputStream()) {
            image.layout().writeTo(stdin);
        } catch (IOException e) {
            // Either the daemon took no more, which its exit code says, or the image could not be read.
            broken = e;
        }
        if (broken instanceof ChangedLayerException) {
            throw broken;
        }
        int exit = process.waitFor();
        if (exit != 0) {
            throw failed(
                    "the Docker daemon does not load the image (" + lastLine(output) + ")",
                    "Read what Docker says, or leave docker out of ml.image.to.");
        }
        if (broken != null) {
            throw broken;
        }
    }

    private Process start(List<String> command, Path output) throws ImageException {
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
        } catch (IOException e) {
            throw failed(
                    "there is no program " + program + " that could be started",
                    "Install Docker's command line and put it on the PATH, or leave docker out of ml.image.to.");
        }
    }

    private static String lastLine(Path output) throws IOException {
        String text = new String(Files.readAllBytes(output), StandardCharsets.UTF_8);
        return text.lines()
                .filter(line -> !line.isBlank())
                .reduce((first, second) -> second)
                .orElse("it says nothing")
                .strip();
    }

    private static ImageException failed(String message, String next) {
        return new ImageException(Finding.of(FindingId.IMAGE_TARGET, "docker", message, next));
    }
}
