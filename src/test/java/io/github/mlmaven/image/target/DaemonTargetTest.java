package io.github.mlmaven.image.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.mlmaven.image.ImageException;
import io.github.mlmaven.image.ImageProgress;
import io.github.mlmaven.image.OciImage;
import io.github.mlmaven.image.Placement;
import io.github.mlmaven.image.Platform;
import io.github.mlmaven.image.SmallImage;
import io.github.mlmaven.image.TarTarget;
import io.github.mlmaven.image.Tool;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Docker's command line, a script in its place, or none. */
class DaemonTargetTest {

    private static final String NEXT = " Start Docker, or leave docker out of ml.image.to.";

    @TempDir
    Path folder;

    @Test
    void dockerLoadsIt() throws Exception {
        Tool.require("docker", "info");
        OciImage image = SmallImage.of(folder, "the model");
        DaemonTarget docker = new DaemonTarget(ImageProgress.NONE);
        docker.check();
        assertThat(docker.put(image)).isEqualTo(new Placement.Daemon(SmallImage.NAME, Platform.LINUX_AMD64));
        assertThat(Tool.run("docker", "inspect", "--format", "{{.Id}}", SmallImage.NAME))
                .isIn(
                        image.layout().manifests().get(0).config().digest().toString(),
                        image.digest().toString());
    }

    @Test
    void theTarIsHandedOverAsItIs() throws Exception {
        Path loaded = folder.resolve("loaded.tar");
        OciImage image = SmallImage.of(folder, "the model");
        List<String> watched = new ArrayList<>();
        ImageProgress progress = (what, total, out) -> {
            watched.add(what);
            return out;
        };
        new DaemonTarget(target("cat > " + loaded, 30).program(), Duration.ofSeconds(30), progress).put(image);
        assertThat(watched).containsExactly("Loading the image into Docker");
        Path tar = folder.resolve("image.tar");
        new TarTarget(tar, folder, ImageProgress.NONE).put(image);
        assertThat(loaded).hasSameBinaryContentAs(tar);
    }

    @Test
    void ofSeveralPlatformsTheDaemonGetsItsOwn() throws Exception {
        OciImage both = SmallImage.forBoth(folder, "the model", "a class");
        assertThat(loaded(both, "linux/arm64")).isEqualTo(Platform.LINUX_ARM64);
        assertThat(loaded(both, "linux/amd64")).isEqualTo(Platform.LINUX_AMD64);
        assertThat(loaded(both, "windows/amd64")).as("as from the tar").isEqualTo(Platform.LINUX_AMD64);
    }

    private Platform loaded(OciImage both, String daemon) throws Exception {
        Path loaded = folder.resolve("loaded.tar");
        Placement placement = target("[ $1 = load ] && exec cat > " + loaded + "; echo " + daemon, 30)
                .put(both);
        Platform platform = ((Placement.Daemon) placement).platform();
        Path tar = folder.resolve("image.tar");
        new TarTarget(tar, folder, ImageProgress.NONE).put(both.alone(platform));
        assertThat(loaded).hasSameBinaryContentAs(tar);
        return platform;
    }

    @Test
    void withoutDockerItIsSaid() {
        assertThatThrownBy(() -> new DaemonTarget("no-docker-here", Duration.ofSeconds(30), ImageProgress.NONE).check())
                .isInstanceOf(ImageException.class)
                .hasMessage("ML-IMAGE-TARGET: docker: there is no program no-docker-here that could be started."
                        + " Install Docker's command line and put it on the PATH, or leave docker out of ml.image.to.");
    }

    @Test
    void withoutADaemonItIsSaid() {
        assertThatThrownBy(() -> target("echo; echo Cannot connect to the Docker daemon >&2; exit 1", 30)
                        .check())
                .hasMessage("ML-IMAGE-TARGET: docker: the Docker daemon does not answer (Cannot connect to the Docker"
                        + " daemon)." + NEXT);
        assertThatThrownBy(() -> target("exec sleep 20", 1).check())
                .hasMessage("ML-IMAGE-TARGET: docker: the Docker daemon does not answer within 1 s." + NEXT);
    }

    @Test
    void whatTheDaemonDoesNotTakeIsSaid() throws Exception {
        OciImage image = SmallImage.of(folder, "the model");
        assertThatThrownBy(
                        () -> target("echo no space left on device; exit 1", 30).put(image))
                .hasMessage("ML-IMAGE-TARGET: docker: the Docker daemon does not load the image (no space left on"
                        + " device). Read what Docker says, or leave docker out of ml.image.to.");
    }

    @Test
    void aLayerThatChangesMeanwhileIsNotLoaded() throws Exception {
        OciImage changing = SmallImage.changing(folder);
        DaemonTarget docker = target("cat > /dev/null", 30);
        assertThatThrownBy(() -> docker.put(changing))
                .isInstanceOf(IOException.class)
                .hasMessage("layer model/add-sub changed while it was written");
    }

    private DaemonTarget target(String script, int seconds) throws IOException {
        assumeTrue(File.separatorChar == '/', "needs a shell");
        Path program = Files.writeString(folder.resolve("docker"), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        return new DaemonTarget(program.toString(), Duration.ofSeconds(seconds), ImageProgress.NONE);
    }
}
