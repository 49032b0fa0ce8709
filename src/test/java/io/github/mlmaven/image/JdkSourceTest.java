package io.github.mlmaven.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mlmaven.image.elf.SystemRoot;
import io.github.mlmaven.lock.FileDigests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JdkSourceTest {

    private static final String REGISTRY = "set ml.image.base to an image in a registry.";

    @TempDir
    Path folder;

    private Path arm;
    private Path running;
    private Machine machine;

    @BeforeEach
    void aMachineWithTwoJdks() throws IOException {
        arm = jdk("arm", "17.0.15", "OS_NAME=\"Linux\"", "OS_ARCH=\"aarch64\"");
        running = jdk("running", "17.0.15", "OS_NAME=\"Linux\"", "OS_ARCH=\"x86_64\"");
        machine = new Machine("Linux", "amd64", running.resolve("bin/java"));
    }

    @Test
    void isForWhatItsReleaseFileSays() throws Exception {
        assertThat(source(arm).isFor(Platform.LINUX_ARM64, machine)).isTrue();
        assertThat(source(arm).isFor(Platform.LINUX_AMD64, machine)).isFalse();
        assertThat(source(folder.resolve("nowhere")).isFor(Platform.LINUX_AMD64, machine))
                .isFalse();
        assertThat(source(jdk("silent", "17")).isFor(Platform.LINUX_AMD64, machine))
                .isTrue();
        assertThat(source(jdk("mac", "17", "OS_NAME=\"Darwin\"", "OS_ARCH=\"aarch64\""))
                        .isFor(Platform.LINUX_ARM64, machine))
                .isFalse();
    }

    @Test
    void refusesOneForAnotherPlatform() {
        assertThatThrownBy(() -> source(arm).require(Platform.LINUX_AMD64, machine))
                .isInstanceOf(ImageException.class)
                .hasMessage("ML-IMAGE-PLATFORM: ml.image.base: the base jdk takes its programs from the JDK in " + arm
                        + ", which has none for linux/amd64; expected a JDK for linux/amd64, found one for Linux on"
                        + " aarch64. Build on linux/amd64, name a JDK for it in ml.image.jdk, or " + REGISTRY);
    }

    @Test
    void itsOwnToolsLinkItWhereTheyRun() throws Exception {
        assertThat(source(arm).tools(Platform.LINUX_ARM64, new Machine("Linux", "aarch64", running)))
                .isEqualTo(new JdkTools(arm.resolve("bin"), List.of()));
    }

    @Test
    void theJdkThatRunsTheBuildLinksOneForAnotherPlatform() throws Exception {
        Path jmods = Files.createDirectories(arm.resolve("jmods"));
        assertThat(source(arm).tools(Platform.LINUX_ARM64, machine))
                .isEqualTo(new JdkTools(running.resolve("bin"), List.of("--module-path", jmods.toString())));
    }

    @Test
    void onlyOneOfTheSameVersion() throws Exception {
        Path newer = jdk("newer", "17.0.16", "OS_NAME=\"Linux\"", "OS_ARCH=\"aarch64\"");
        Files.createDirectories(newer.resolve("jmods"));
        assertThatThrownBy(() -> source(newer).tools(Platform.LINUX_ARM64, machine))
                .isInstanceOf(ImageException.class)
                .hasMessage("ML-IMAGE-BASE: ml.image.jdk: the JDK for linux/arm64 is linked by the one that runs Maven,"
                        + " which has another version; expected Java 17.0.16, found Java 17.0.15. Run Maven with a JDK"
                        + " 17.0.16, or name a JDK 17.0.15 for linux/arm64 in ml.image.jdk.");
    }

    @Test
    void onlyOneWithJmods() {
        assertThatThrownBy(() -> source(arm).tools(Platform.LINUX_ARM64, machine))
                .isInstanceOf(ImageException.class)
                .hasMessage("ML-IMAGE-BASE: ml.image.jdk: the JDK for linux/arm64 in " + arm + " has no jmods, which is"
                        + " all that can be linked of it here. Install it with its jmods, or " + REGISTRY);
    }

    @Test
    void refusesLibrariesOfAFolderThatIsNotThere() {
        Path nowhere = folder.resolve("nowhere");
        JdkSource source = new JdkSource(arm, new SystemRoot(nowhere), running);
        assertThatThrownBy(() -> BaseImages.identify(source, Platform.LINUX_ARM64, List.of(), FileDigests.reading()))
                .isInstanceOf(ImageException.class)
                .hasMessage("ML-IMAGE-BASE: ml.image.sysroot: there is no folder " + nowhere + ". Name the folder with"
                        + " the file system of linux/arm64, for example where its packages were unpacked.");
    }

    private JdkSource source(Path home) {
        return new JdkSource(home, SystemRoot.MACHINE, running);
    }

    private Path jdk(String name, String version, String... lines) throws IOException {
        Path home = folder.resolve(name);
        Files.createDirectories(home.resolve("lib"));
        Files.writeString(home.resolve("lib/modules"), "all classes");
        Files.writeString(
                home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n" + String.join("\n", lines) + "\n");
        return home;
    }
}
