package io.github.mlmaven.image.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mlmaven.image.ImageException;
import io.github.mlmaven.image.ImageProgress;
import io.github.mlmaven.image.ImageTarget;
import io.github.mlmaven.image.TarTarget;
import io.github.mlmaven.image.registry.RegistrySettings;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What can be written into {@code ml.image.to}. */
class ImageTargetsTest {

    private static final TarTarget TAR =
            new TarTarget(Path.of("target/image.tar"), Path.of("target"), ImageProgress.NONE);

    @Test
    void nothingIsTheTar() throws Exception {
        assertThat(of("acme/m:1", false)).containsExactly(TAR);
        assertThat(of("acme/m:1", false, "")).containsExactly(TAR);
    }

    @Test
    void registriesComeLastAndNothingTwice() throws Exception {
        List<ImageTarget> targets =
                of("acme/m:1", false, "registry:example.com/m", " docker", "oci:target/oci", "tar", "docker");
        assertThat(targets)
                .hasSize(4)
                .startsWith(
                        new DaemonTarget(ImageProgress.NONE),
                        new LayoutTarget(Path.of("project/target/oci"), "target/oci", ImageProgress.NONE),
                        TAR);
        assertThat(targets.get(3)).isInstanceOf(RegistryTarget.class);
    }

    @Test
    void aRegistryHasTheImagesOwnTagUnlessItSaysAnother() throws Exception {
        assertThat(of("acme/m:1.4.0", false, "registry:example.com:5000/models/m")
                        .get(0))
                .hasToString("example.com:5000/models/m [1.4.0, latest]");
        assertThat(of("acme/m:1.4.0", false, "registry:example.com:5000/models/m:next")
                        .get(0))
                .hasToString("example.com:5000/models/m [next, latest]");
        assertThat(of("example.com/acme/m:latest", true, "registry").get(0)).hasToString("example.com/acme/m [latest]");
    }

    @Test
    void aRegistryWithoutANameNeedsTheNameOfTheImage() {
        assertThatThrownBy(() -> of("m:1.4.0", false, "registry"))
                .isInstanceOf(ImageException.class)
                .hasMessage("ML-IMAGE-NAME: ml.image.to: registry does not say where to push to; expected"
                        + " registry:HOST/NAME[:TAG], or HOST/NAME[:TAG] in ml.image.name, found registry, and no"
                        + " ml.image.name. Set one of them, for example ml.image.name to"
                        + " registry.example.com/acme/m:1.4.0.");
    }

    @Test
    void whatIsNoTargetIsRefused() {
        for (String target : List.of("podman", "oci:", "oci", "Registry:example.com/m", "oci:\0")) {
            assertThatThrownBy(() -> of("acme/m:1", false, target))
                    .hasMessage(
                            "ML-IMAGE-TARGET: ml.image.to: no such target; expected tar, oci:FOLDER, docker, registry"
                                    + " or registry:HOST/NAME[:TAG], found " + target + ". Correct ml.image.to.");
        }
    }

    @Test
    void anArtifactGoesAnywhereButIntoDocker() throws Exception {
        ImageTargets targets = targets("acme/m:1", false, "latest");
        assertThat(targets.ofArtifact(List.of("registry:example.com/m", "oci:target/oci", "tar")))
                .hasSize(3);
        assertThatThrownBy(() -> targets.ofArtifact(List.of("tar", " docker")))
                .hasMessage("ML-IMAGE-TARGET: ml.image.to: Docker cannot load an artifact; expected tar, oci:FOLDER,"
                        + " registry or registry:HOST/NAME[:TAG], found docker. Leave docker out of ml.image.to, or set"
                        + " ml.image.kind to modelcar.");
    }

    @Test
    void aNameThatIsNoneIsRefused() {
        for (String name : List.of("Example.com/M", "", "example.com/m@sha256:" + "a".repeat(64))) {
            assertThatThrownBy(() -> of("acme/m:1", false, "registry:" + name))
                    .hasMessage("ML-IMAGE-NAME: ml.image.to: not the name of an image; expected [HOST/]NAME[:TAG], the"
                            + " name in lower case and without a digest, found " + name
                            + ". Correct ml.image.to, for example to registry.example.com/acme/breast-cancer:1.4.0.");
        }
    }

    @Test
    void aTagThatIsNoneIsRefused() {
        assertThatThrownBy(() -> targets("acme/m:1", false, "-x").of(List.of("registry:example.com/m")))
                .hasMessage("ML-IMAGE-NAME: ml.image.tags: not a tag; expected up to 128 letters, digits, '_', '.' and"
                        + " '-', the first of them neither '.' nor '-', found -x. Correct ml.image.tags.");
    }

    private static List<ImageTarget> of(String name, boolean named, String... targets) throws ImageException {
        return targets(name, named, "latest").of(Arrays.asList(targets));
    }

    private static ImageTargets targets(String name, boolean named, String tag) {
        return new ImageTargets(new TargetSettings(
                name,
                named,
                "jdk",
                List.of(tag),
                TAR,
                folder -> Path.of("project").resolve(folder),
                RegistrySettings.NONE,
                false,
                line -> {}));
    }
}
