package io.github.mlmaven.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mlmaven.image.elf.SystemRoot;
import io.github.mlmaven.lock.BaseIdentity;
import io.github.mlmaven.lock.FileDigests;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import net.fornwall.jelf.ElfFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** The base {@code jdk} for 64-bit ARM, from packages that were unpacked on a machine of another kind. */
@EnabledIfEnvironmentVariable(
        named = OtherPlatformJdkTest.SYSROOT,
        matches = ".+",
        disabledReason = "needs a JDK for linux/arm64 and its libraries: see CONTRIBUTING.md")
class OtherPlatformJdkTest {

    static final String SYSROOT = "ML_ARM64_SYSROOT";

    /** A JDK of the same version that runs here; the one that runs the test when absent. */
    private static final String LINKER = "ML_ARM64_LINKER";

    private static final int ELF_MAGIC = 0x464c457f;
    private static final int ELF_MACHINE = 18;

    @TempDir
    Path folder;

    private SystemRoot root;
    private JdkSource source;

    @BeforeEach
    void unpacked() throws IOException {
        root = new SystemRoot(Path.of(System.getenv(SYSROOT)));
        try (Stream<Path> jdks = Files.list(root.folder().resolve("usr/lib/jvm"))) {
            Path home = jdks.filter(jdk -> Files.isDirectory(jdk.resolve("jmods")))
                    .findFirst()
                    .orElseThrow();
            Path linker = Path.of(System.getenv().getOrDefault(LINKER, System.getProperty("java.home")));
            source = new JdkSource(home, root, linker);
        }
    }

    @Test
    void holdsProgramsOfThatPlatformOnlyAndIsTheSameEachTime() throws Exception {
        ImageResult first = build("first", source);
        assertThat(build("second", source).digest()).isEqualTo(first.digest());

        ImageTar tar = new ImageTar(folder.resolve("first/target/add-sub-1.4.0-image.tar"));
        List<String> programs = new ArrayList<>();
        for (int layer = 0; layer < tar.manifest().path("layers").size(); layer++) {
            for (Map.Entry<String, byte[]> file : tar.contents(layer).entrySet()) {
                ByteBuffer header = ByteBuffer.wrap(file.getValue()).order(ByteOrder.LITTLE_ENDIAN);
                if (header.capacity() > ELF_MACHINE + 1 && header.getInt(0) == ELF_MAGIC) {
                    assertThat(header.getShort(ELF_MACHINE)).as(file.getKey()).isEqualTo((short) ElfFile.ARCH_AARCH64);
                    programs.add(file.getKey());
                }
            }
        }
        assertThat(programs)
                .contains(
                        "opt/java/bin/java",
                        "opt/java/lib/server/libjvm.so",
                        "lib/ld-linux-aarch64.so.1",
                        "lib/aarch64-linux-gnu/libc.so.6",
                        "app/native/libonnxruntime.so");
    }

    @Test
    void namesTheLibrariesThatThisMachineLacks() {
        JdkSource here = new JdkSource(source.home(), SystemRoot.MACHINE, source.running());
        assertThatThrownBy(() -> build("here", here))
                .isInstanceOf(ImageException.class)
                .hasMessageContaining("ML-IMAGE-BASE: jdk: this machine has no shared library libc.so.6 for"
                        + " linux/arm64, which libonnxruntime.so needs. Install the package that has it, name the folder of a system"
                        + " that has it in ml.image.sysroot, or set ml.image.base to an image in a registry.");
    }

    private ImageResult build(String name, JdkSource jdk) throws Exception {
        SampleProject project = SampleProject.create(
                folder.resolve(name), "io.github.mlmaven.serving.ModelServer.run(AddSub.class, args);");
        BaseIdentity.Jdk identity = BaseImages.identify(jdk, Platform.LINUX_ARM64, List.of(), FileDigests.reading());
        return new ImageBuilder(Machine.current(), line -> {})
                .build(project.request()
                        .base(new BaseImage.Jdk(jdk, List.of(), identity))
                        .platforms(Set.of(Platform.LINUX_ARM64))
                        .cache(folder.resolve(name + " cache"))
                        .build());
    }
}
