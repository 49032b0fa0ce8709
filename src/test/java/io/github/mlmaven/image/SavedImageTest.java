package io.github.mlmaven.image;

import static io.github.mlmaven.image.SavedImages.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mlmaven.lock.BaseIdentity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that a base may be in, and those that it cannot. */
class SavedImageTest {

    private static final String NEXT = ". Make the file anew with `docker save -o FILE NAME`.";

    @TempDir
    static Path shared;

    private static Map<String, byte[]> image;

    @TempDir
    Path folder;

    @BeforeAll
    static void save() throws Exception {
        image = SavedImages.files(SavedImages.write(
                SavedImages.withJava(shared, "the Java of the base"), "acme/jre:17", shared.resolve("jre.tar")));
    }

    @Test
    void isIdentifiedByItsConfigurationHoweverItIsPacked() throws Exception {
        BaseIdentity.Registry jib = identify(shared.resolve("jre.tar"));
        assertThat(jib)
                .hasToString(
                        "tar://jre.tar (linux/amd64 sha256:" + DigestUtils.sha256Hex(image.get("config.json")) + ")");
        Map<String, byte[]> otherwise = new TreeMap<>(Map.of("./more", text("more")));
        image.forEach((name, content) -> otherwise.put("./" + name, content));
        assertThat(identify(SavedImages.tar(otherwise, folder.resolve("jre.tar"))))
                .isEqualTo(jib);
    }

    @Test
    void namesNoFolderOfTheMachine() throws Exception {
        Path project = folder.resolve("project");
        assertThat(reference("tar://base/jre.tar", project)).isEqualTo("tar://base/jre.tar");
        assertThat(reference("tar://./base/x/../jre.tar", project)).isEqualTo("tar://base/jre.tar");
        assertThat(reference("tar://" + project.resolve("base/jre.tar"), project))
                .isEqualTo("tar://jre.tar");
        assertThat(reference("tar://../base/jre.tar", project)).isEqualTo("tar://../base/jre.tar");
        assertThat(reference("tar://" + folder.resolve("jre.tar"), project)).isEqualTo("tar://jre.tar");
        assertThat(LocalImage.of("tar:5000/jre", project)).isEmpty();
    }

    @Test
    void noPathAndNoNameAreRefused() {
        for (String base : new String[] {"tar://", "tar:///", "tar://a\0b"}) {
            assertThatThrownBy(() -> LocalImage.of(base, folder))
                    .isInstanceOf(ImageException.class)
                    .hasMessage("ML-IMAGE-BASE: ml.image.base: not the name of a file; expected tar://FILE, found "
                            + base + ". Set ml.image.base, for example to tar://src/main/docker/base.tar.");
        }
        assertThatThrownBy(() -> LocalImage.of("docker://--help", folder))
                .hasMessage("ML-IMAGE-BASE: ml.image.base: not the name of an image; expected [REGISTRY/]NAME[:TAG],"
                        + " the name in lower case, found --help."
                        + " Set ml.image.base, for example to eclipse-temurin:17-jre.");
    }

    @Test
    void aMissingFileIsRefused() {
        Path file = folder.resolve("jre.tar");
        assertThatThrownBy(() -> identify(file))
                .hasMessage("ML-IMAGE-BASE: tar://jre.tar: there is no such file: " + file
                        + ". Make it with `docker save -o FILE NAME`; its path is relative to the project.");
    }

    @Test
    void whatIsNoImageIsRefused() throws Exception {
        Path file = folder.resolve("jre.tar");
        for (byte[] content : new byte[][] {text("a letter\n".repeat(200)), {}, text("x")}) {
            Files.write(file, content);
            isRefused(file, "no tar");
        }
        SavedImages.tar(Map.of("letter", text("Dear")), file);
        isRefused(file, "one without manifest.json");
        SavedImages.tar(Map.of("manifest.json", text("[")), file);
        isRefused(file, "one with text that is not JSON");
        SavedImages.tar(Map.of("manifest.json", text("[]")), file);
        isRefused(file, "one whose manifest.json names no image");
        SavedImages.tar(Map.of("manifest.json", text("[{\"Config\":\"c.json\"}]")), file);
        isRefused(file, "one without c.json");
        SavedImages.tar(Map.of("manifest.json", text("[{\"Config\":\"c\"}]"), "c", text("[]")), file);
        isRefused(file, "one with a configuration that is none");
        SavedImages.tar(Map.of("manifest.json", new byte[(1 << 22) + 1]), file);
        isRefused(file, "one without manifest.json");
    }

    @Test
    void aFileThatIsCutOffIsRefusedWhereverItIs() throws Exception {
        byte[] whole = Files.readAllBytes(shared.resolve("jre.tar"));
        Path file = folder.resolve("jre.tar");
        Files.write(file, Arrays.copyOf(whole, 600));
        assertThatThrownBy(() -> identify(file))
                .hasMessageStartingWith("ML-IMAGE-BASE: tar://jre.tar: the file is not a whole image; expected a tar"
                        + " as docker save writes it, found a tar that is cut off in or after ")
                .hasMessageEndingWith(NEXT);
        for (int length = 700; length < whole.length - 1024; length += 1100) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> identify(file))
                    .as("the first %d of %d bytes", length, whole.length)
                    .isInstanceOf(ImageException.class)
                    .hasMessageStartingWith("ML-IMAGE-BASE: tar://jre.tar: the file is not a whole image; ");
        }
    }

    @Test
    void severalImagesAreRefused() throws Exception {
        Path file = SavedImages.tar(
                Map.of(
                        "manifest.json",
                        text("[{\"RepoTags\":[\"acme/a:1\",\"acme/a:2\"]},{\"RepoTags\":null},{\"RepoTags\":"
                                + "[\"acme/b:1\"]},{}]")),
                folder.resolve("jre.tar"));
        assertThatThrownBy(() -> identify(file))
                .hasMessage("ML-IMAGE-BASE: tar://jre.tar: the file holds more than one image; expected one, found 4:"
                        + " acme/a:1, one without a name, acme/b:1, …. Save that one alone: `docker save -o FILE"
                        + " NAME`.");
    }

    @Test
    void anotherPlatformIsRefused() throws Exception {
        LocalImage saved = LocalImage.of("tar://jre.tar", shared).orElseThrow();
        assertThatThrownBy(() -> BaseImages.identify(saved, Platform.LINUX_ARM64))
                .hasMessage("ML-IMAGE-PLATFORM: tar://jre.tar: the base image is for another platform; expected"
                        + " linux/arm64, found linux/amd64. Set ml.image.platform to that one, or ml.image.base to"
                        + " another image.");
    }

    private static void isRefused(Path file, String found) {
        assertThatThrownBy(() -> identify(file))
                .isInstanceOf(ImageException.class)
                .hasMessage("ML-IMAGE-BASE: tar://jre.tar: the file is not a whole image; expected a tar as docker save"
                        + " writes it, found " + found + NEXT);
    }

    private static BaseIdentity.Registry identify(Path file) throws Exception {
        LocalImage saved =
                LocalImage.of("tar://" + file.getFileName(), file.getParent()).orElseThrow();
        return BaseImages.identify(saved, Platform.LINUX_AMD64);
    }

    private static String reference(String base, Path project) throws ImageException {
        return LocalImage.of(base, project).orElseThrow().reference();
    }
}
