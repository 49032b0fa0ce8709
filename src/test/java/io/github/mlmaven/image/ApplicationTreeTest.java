package io.github.mlmaven.image;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cannot go into an image. */
class ApplicationTreeTest {

    @TempDir
    Path folder;

    @Test
    void refusesAClassPathWithoutTheEngine() {
        ImageRequest.Content nothing =
                new ImageRequest.Content(List.of(), folder.resolve("classes"), List.of(), "X", 17);
        assertThatThrownBy(() -> ApplicationTree.assemble(nothing, Platform.LINUX_ARM64, folder.resolve("app")))
                .hasMessage(
                        "ML-IMAGE-PLATFORM: class path: no jar of the runtime class path has the engine's native"
                                + " libraries for linux/arm64; expected ai/onnxruntime/native/linux-aarch64/ in a jar such as"
                                + " com.microsoft.onnxruntime:onnxruntime, found 0 jars without it."
                                + " Add the engine to the project's dependencies, or set ml.image.platform to one it supports.");
    }

    @Test
    void refusesADamagedJarByItsName() throws Exception {
        byte[] whole = Files.readAllBytes(engine());
        Path cut = Files.write(folder.resolve("cut.jar"), Arrays.copyOf(whole, whole.length / 2));
        assertThatThrownBy(() -> assemble(jar("onnxruntime", cut)))
                .isInstanceOf(ImageException.class)
                .hasMessage("ML-IMAGE-CONTENT: com.acme:onnxruntime:1.0: the jar of the runtime class path is damaged;"
                        + " expected a jar that can be read, found zip END header not found."
                        + " Delete it from the local repository, so that Maven fetches it again.");
    }

    @Test
    void refusesAnEngineWhoseNativesAreDamaged() throws Exception {
        byte[] bytes = Files.readAllBytes(engine());
        // The natives are by far the largest entries, so the middle of the jar is in one of them.
        Arrays.fill(bytes, bytes.length / 3, bytes.length / 3 * 2, (byte) 0xff);
        Path damaged = Files.write(folder.resolve("damaged.jar"), bytes);
        assertThatThrownBy(() -> assemble(jar("onnxruntime", damaged)))
                .isInstanceOf(ImageException.class)
                .hasMessageStartingWith("ML-IMAGE-CONTENT: com.acme:onnxruntime:1.0: the jar of the runtime class path"
                        + " is damaged; expected a jar that can be read, found ");
    }

    @Test
    void refusesTwoEngines() throws Exception {
        Path engine = engine();
        assertThatThrownBy(() -> assemble(jar("onnxruntime", engine), jar("onnxruntime_gpu", engine)))
                .isInstanceOf(ImageException.class)
                .hasMessage("ML-IMAGE-CONTENT: class path: several jars have the engine's native libraries for"
                        + " linux/amd64; expected one of them, found com.acme:onnxruntime:1.0 and"
                        + " com.acme:onnxruntime_gpu:1.0. Remove the others from the project's dependencies.");
    }

    private void assemble(RuntimeArtifact... jars) throws ImageException, IOException {
        Path classes = Files.createDirectories(folder.resolve("classes"));
        ApplicationTree.assemble(
                new ImageRequest.Content(List.of(), classes, List.of(jars), "X", 17),
                Platform.LINUX_AMD64,
                folder.resolve("app"));
    }

    private static RuntimeArtifact jar(String name, Path file) {
        return new RuntimeArtifact("com.acme", name, "1.0", "", file);
    }

    private static Path engine() {
        return Arrays.stream(System.getProperty("java.class.path").split(System.getProperty("path.separator"), -1))
                .filter(path -> path.matches(".*/onnxruntime-[\\d.]+\\.jar"))
                .map(Path::of)
                .findFirst()
                .orElseThrow();
    }
}
