package io.github.mlmaven.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mlmaven.lock.BaseIdentity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JdkBaseTest {

    private static final Path JAVA_HOME = Path.of(System.getProperty("java.home"));

    @TempDir
    Path folder;

    @Test
    void isForLinuxOnly() throws Exception {
        assertThatThrownBy(() -> base(new Machine("Mac OS X", "aarch64", JAVA_HOME), Platform.LINUX_ARM64))
                .isInstanceOf(ImageException.class)
                .hasMessage("ML-IMAGE-PLATFORM: ml.image.base: the base jdk takes its programs from the machine that"
                        + " builds, which cannot give them for linux/arm64; expected linux/arm64, found Mac OS X on"
                        + " aarch64. Build on linux/arm64, or set ml.image.base to an image in a registry.");
    }

    @Test
    void isForTheArchitectureOfTheMachineOnly() {
        assertThatThrownBy(() -> base(new Machine("Linux", "amd64", JAVA_HOME), Platform.LINUX_ARM64))
                .hasMessageContaining("expected linux/arm64, found linux/amd64. Build on linux/arm64");
    }

    @Test
    void isIdentifiedByVendorVersionAndModules() throws Exception {
        BaseIdentity.Jdk identity = BaseImages.identify(JAVA_HOME);
        assertThat(identity.version()).startsWith(System.getProperty("java.version"));
        assertThat(identity.vendor()).isNotEmpty().doesNotContain("\"");
    }

    @Test
    void needsAJdk() {
        assertThatThrownBy(() -> BaseImages.identify(folder))
                .hasMessage("ML-IMAGE-BASE: jdk: the Java that runs the build is not a complete JDK: release or"
                        + " lib/modules is missing. Run Maven with a JDK of version 17 or later (JAVA_HOME), or set"
                        + " ml.image.base to an image in a registry.");
    }

    @Test
    void needsJlink() throws Exception {
        BaseIdentity.Jdk identity = BaseImages.identify(JAVA_HOME);
        assertThatThrownBy(() -> JdkRuntime.link(folder, identity, new TreeSet<>(List.of("java.base")), folder))
                .hasMessage("ML-IMAGE-BASE: jdk: the JDK that runs the build (" + identity.version()
                        + ") has no jlink. Install the whole JDK with its jmods, or set ml.image.base to an image in a"
                        + " registry.");
    }

    @Test
    void saysWhatJlinkSaysAndLeavesNothingHalf() throws Exception {
        BaseIdentity.Jdk identity = BaseImages.identify(JAVA_HOME);
        assertThatThrownBy(() -> JdkRuntime.link(JAVA_HOME, identity, new TreeSet<>(List.of("no.such.module")), folder))
                .hasMessage("ML-IMAGE-BASE: jdk: jlink could not link no.such.module; expected exit code 0, found exit"
                        + " code 1: Error: Module no.such.module not found. Install the whole JDK with its jmods, or"
                        + " set ml.image.base to an image in a registry.");
        assertThat(Folders.files(folder.resolve("jdk"))).isEmpty();
    }

    @Test
    void findsTheModulesThatTheClassesNeed() throws Exception {
        SampleProject project = SampleProject.create(folder, StandIn.answering("{}"));
        Files.createDirectories(project.workFolder());
        BaseImage.Jdk base = new BaseImage.Jdk(JAVA_HOME, List.of("jdk.crypto.ec"));
        assertThat(JdkModules.needed(base, project.request().build().content(), project.workFolder()))
                .containsExactly(
                        "java.base",
                        "java.logging",
                        "java.management",
                        "java.naming",
                        "jdk.crypto.ec",
                        "jdk.httpserver",
                        "jdk.unsupported");
    }

    private void base(Machine machine, Platform platform) throws Exception {
        SampleProject project = SampleProject.create(folder, "");
        new ImageBuilder(machine, line -> {})
                .build(project.request().platform(platform).build());
    }
}
