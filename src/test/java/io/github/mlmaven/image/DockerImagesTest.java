package io.github.mlmaven.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.mlmaven.model.Digest;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Docker's command line says when it does not give an image; that it does is LocalBaseTest's. */
class DockerImagesTest {

    private static final String PLACE = "ML-IMAGE-BASE: docker://acme/no-such-image:1: ";
    private static final String NEXT = ", or set ml.image.base to another base, such as jdk.";

    @TempDir
    Path folder;

    @Test
    void anUnknownImageIsRefused() throws Exception {
        Tool.require("docker", "info");
        isRefused(
                new DockerImages(),
                "the Docker daemon has no such image. Run `docker pull acme/no-such-image:1`, or build it");
    }

    @Test
    void withoutDockerItIsSaid() {
        isRefused(
                new DockerImages("no-docker-here", Duration.ofSeconds(30)),
                "there is no program no-docker-here that could be started. Install Docker's command line and put it on"
                        + " the PATH");
    }

    @Test
    void withoutADaemonItIsSaid() throws Exception {
        isRefused(
                docker("echo; echo Cannot connect to the Docker daemon >&2; exit 1", 30),
                "the Docker daemon does not give it (Cannot connect to the Docker daemon). Start Docker");
        isRefused(docker("exec sleep 20", 1), "the Docker daemon does not answer within 1 s. Start Docker");
    }

    @Test
    void anAnswerThatIsNoneIsSaid() throws Exception {
        isRefused(
                docker("echo from a newer version", 30),
                "the Docker daemon does not say what it is (from a newer version). Update Docker");
        isRefused(docker("", 30), "the Docker daemon does not say what it is (it says nothing). Update Docker");
    }

    @Test
    void whatItComplainsOfBesidesIsNoAnswer() throws Exception {
        String id = "sha256:" + "0".repeat(64);
        String answer = "echo 'WARNING: Error loading config file: permission denied' >&2; echo " + id + " linux/amd64";
        assertThat(docker(answer, 30).identify("acme/jre").platforms())
                .isEqualTo(Map.of("linux/amd64", Digest.parse(id)));
    }

    private static void isRefused(DockerImages docker, String message) {
        assertThatThrownBy(() -> docker.identify("acme/no-such-image:1"))
                .isInstanceOf(ImageException.class)
                .hasMessage(PLACE + message + NEXT);
    }

    private DockerImages docker(String script, int seconds) throws IOException {
        assumeTrue(File.separatorChar == '/', "needs a shell");
        Path program = Files.writeString(folder.resolve("docker"), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        return new DockerImages(program.toString(), Duration.ofSeconds(seconds));
    }
}
