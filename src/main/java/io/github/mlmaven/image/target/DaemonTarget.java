package io.github.mlmaven.image.target;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.FindingId;
import io.github.mlmaven.image.DockerProgram;
import io.github.mlmaven.image.DockerProgram.Answer;
import io.github.mlmaven.image.ImageException;
import io.github.mlmaven.image.ImageProgress;
import io.github.mlmaven.image.ImageTarget;
import io.github.mlmaven.image.OciImage;
import io.github.mlmaven.image.Placement;
import io.github.mlmaven.image.Platform;
import io.github.mlmaven.image.layer.ChangedLayerException;
import io.github.mlmaven.image.layout.LayoutPart;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;

/**
 * The Docker daemon of this machine, or the one that {@code DOCKER_HOST} names, through the program {@code docker}. It
 * keeps an image for one platform under a name: of several it gets that for its own.
 *
 * @param program the program
 * @param limit how long the daemon may take to say that it is there
 * @param progress who watches while it loads
 */
record DaemonTarget(String program, Duration limit, ImageProgress progress) implements ImageTarget {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String NEXT = "Start Docker, or leave docker out of ml.image.to.";

    DaemonTarget(ImageProgress progress) {
        this("docker", LIMIT, progress);
    }

    @Override
    public void check() throws ImageException, IOException, InterruptedException {
        platform();
    }

    /** What it runs on, in the form {@code linux/amd64}; whether it answers at all. */
    private String platform() throws ImageException, IOException, InterruptedException {
        try {
            Answer answer = new DockerProgram(program)
                    .ask(List.of("version", "--format", "{{.Server.Os}}/{{.Server.Arch}}"), limit)
                    .orElseThrow(
                            () -> failed("the Docker daemon does not answer within " + limit.toSeconds() + " s", NEXT));
            if (answer.exit() != 0) {
                throw failed("the Docker daemon does not answer (" + answer.lastLine() + ")", NEXT);
            }
            return answer.lastLine();
        } catch (DockerProgram.MissingException e) {
            throw missing();
        }
    }

    @Override
    public Placement put(OciImage several) throws ImageException, IOException, InterruptedException {
        // A daemon of another platform runs none of them; it gets the one that it would get from the tar.
        OciImage image = several.manifests().size() == 1
                ? several
                : several.alone(Platform.of(platform()).orElse(several.docker()));
        try {
            Answer answer = new DockerProgram(program)
                    .talk(List.of("load"), docker -> load(image, docker))
                    .orElseThrow();
            if (answer.exit() != 0) {
                throw failed(
                        "the Docker daemon does not load the image (" + answer.lastLine() + ")",
                        "Read what Docker says, or leave docker out of ml.image.to.");
            }
        } catch (DockerProgram.MissingException e) {
            throw missing();
        }
        return new Placement.Daemon(image.name(), image.docker());
    }

    /** Hands the tar over as it is made, so that it is nowhere whole. */
    private boolean load(OciImage image, Process docker) throws IOException, InterruptedException {
        IOException broken = null;
        try (OutputStream stdin = docker.getOutputStream()) {
            long total =
                    image.layout().blobs().stream().mapToLong(LayoutPart::size).sum();
            image.layout().writeTo(progress.watch("Loading the image into Docker", total, stdin));
        } catch (ChangedLayerException e) {
            throw e;
        } catch (IOException e) {
            // Either the daemon took no more, which its exit code says, or the image could not be read.
            broken = e;
        }
        if (docker.waitFor() == 0 && broken != null) {
            throw broken;
        }
        return true;
    }

    private ImageException missing() {
        return failed(
                "there is no program " + program + " that could be started",
                "Install Docker's command line and put it on the PATH, or leave docker out of ml.image.to.");
    }

    private static ImageException failed(String message, String next) {
        return new ImageException(Finding.of(FindingId.IMAGE_TARGET, "docker", message, next));
    }
}
