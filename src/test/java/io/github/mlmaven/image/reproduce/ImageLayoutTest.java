package io.github.mlmaven.image.reproduce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.mlmaven.image.WrittenImage;
import io.github.mlmaven.image.layer.Layer;
import io.github.mlmaven.image.layer.LayerEntry;
import io.github.mlmaven.image.layer.LayerStore;
import io.github.mlmaven.image.layer.LayerTar;
import io.github.mlmaven.image.layer.Measured;
import io.github.mlmaven.image.layer.StoredLayer;
import io.github.mlmaven.lock.FileDigests;
import io.github.mlmaven.model.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is read of an image, and what is said of a tar that is none. */
class ImageLayoutTest {

    @TempDir
    Path folder;

    private StoredLayer layer;
    private WrittenImage image;

    @BeforeEach
    void writeAnImage() throws IOException {
        layer = layer("/app/a");
        image = WrittenImage.write(folder.resolve("written"), "A=1", List.of(layer));
    }

    @Test
    void layersHaveTheNamesThatTheBuildTold() throws Exception {
        ImageLayout layout = ImageLayout.read(image.tar(), image.json());

        assertThat(layout.name()).isEqualTo("acme/add-sub:1.4.0");
        assertThat(layout.layers()).isEqualTo(1);
        assertThat(layout.images().get(0).layers())
                .containsExactly(new LayoutLayer("application", LayerStore.TAR, layer.digest()));
    }

    @Test
    void aTruncatedTarIsRefused() throws Exception {
        try (RandomAccessFile file = new RandomAccessFile(image.tar().toFile(), "rw")) {
            file.setLength(file.length() / 2);
        }
        assertThat(refused(image.tar()))
                .isEqualTo("the image cannot be read; expected a complete tar, found Truncated TAR archive");
    }

    @Test
    void aFileThatIsNoTarIsRefused() throws Exception {
        Path text = Files.writeString(folder.resolve("image.tar"), "x".repeat(2000));

        assertThat(refused(text)).startsWith("the image cannot be read; expected a complete tar, found ");
    }

    @Test
    void aMissingBlobIsNamed() throws Exception {
        String blob = "blobs/sha256/" + layer.digest().hex();

        assertThat(refused(changed((name, content) -> name.equals(blob) ? Optional.empty() : Optional.of(content))))
                .isEqualTo("the image is not complete; expected the file " + blob + " in it, found none");
    }

    @Test
    void aBlobThatIsNotWhatItsNameSaysIsRefused() throws Exception {
        String blob = "blobs/sha256/" + layer.digest().hex();
        byte[] other = "other".getBytes(StandardCharsets.UTF_8);

        assertThat(refused(changed((name, content) -> Optional.of(name.equals(blob) ? other : content))))
                .isEqualTo("the image's " + blob + " is not what its name says; expected " + layer.digest()
                        + ", found sha256:" + DigestUtils.sha256Hex(other));
    }

    @Test
    void anIndexThatIsNoJsonIsRefused() throws Exception {
        byte[] other = "{".getBytes(StandardCharsets.UTF_8);

        assertThat(refused(changed((name, content) -> Optional.of(name.equals("index.json") ? other : content))))
                .startsWith("the image's index.json cannot be read; expected JSON, found Unexpected end-of-input");
    }

    @Test
    void anIndexWithoutAnImageIsRefused() throws Exception {
        byte[] other = "{\"manifests\": [{\"digest\": \"md5:1\"}]}".getBytes(StandardCharsets.UTF_8);

        assertThat(refused(changed((name, content) -> Optional.of(name.equals("index.json") ? other : content))))
                .isEqualTo("the image's index.json names no blob; expected a digest sha256:…, found \"md5:1\"");
    }

    @Test
    void aDocumentThatIsTooLargeIsNotRead() throws Exception {
        byte[] other = new byte[(4 << 20) + 1];

        assertThat(refused(changed((name, content) -> Optional.of(name.equals("index.json") ? other : content))))
                .isEqualTo("the image's index.json is too large; expected at most 4194304 bytes, found 4194305 bytes");
    }

    @Test
    void anImageThatTheBuildDidNotTellOfIsRefused() throws Exception {
        WrittenImage other = WrittenImage.write(folder.resolve("other"), "A=2", List.of(layer));

        assertThat(refused(other.tar()))
                .matches("the image is not the one that image\\.json tells of; expected sha256:\\w{64},"
                        + " found sha256:\\w{64}");
    }

    @Test
    void aLayerThatIsNotStoredAsItSaysIsNamed() throws Exception {
        StoredLayer broken = stored("not compressed");
        WrittenImage one = WrittenImage.write(folder.resolve("one"), "A=1", List.of(broken));
        WrittenImage two = WrittenImage.write(folder.resolve("two"), "A=1", List.of(stored("not either")));
        ImageLayout first = ImageLayout.read(one.tar(), one.json());
        ImageLayout second = ImageLayout.read(two.tar(), two.json());

        assertThat(assertThrows(LayoutException.class, () -> ImageComparison.compare(first, second, "image.tar")))
                .hasMessage("the layer application cannot be read; expected a tar stored as"
                        + " application/vnd.oci.image.layer.v1.tar+gzip, found Not in GZIP format");
    }

    private String refused(Path tar) {
        return assertThrows(LayoutException.class, () -> ImageLayout.read(tar, image.json()))
                .getMessage();
    }

    private Path changed(BiFunction<String, byte[], Optional<byte[]>> change) throws IOException {
        Path tar = folder.resolve("changed.tar");
        try (TarFile original = new TarFile(image.tar());
                OutputStream out = Files.newOutputStream(tar);
                LayerTar written = new LayerTar(out)) {
            for (TarArchiveEntry entry : original.getEntries()) {
                if (entry.isFile()) {
                    try (InputStream in = original.getInputStream(entry)) {
                        Optional<byte[]> content = change.apply(entry.getName(), in.readAllBytes());
                        if (content.isPresent()) {
                            written.file(entry.getName(), 0644, content.get().length, o -> o.write(content.get()));
                        }
                    }
                }
            }
        }
        return tar;
    }

    private StoredLayer layer(String path) throws IOException {
        return new LayerStore(folder, FileDigests.reading())
                .store(new Layer(
                        "application",
                        Layer.Compression.NONE,
                        List.of(new LayerEntry.Text(path, LayerEntry.PLAIN, "1".repeat(40_000)))));
    }

    private static StoredLayer stored(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        Digest digest = Measured.of(out -> out.write(bytes)).digest();
        return new StoredLayer(
                "application",
                LayerStore.TAR_GZIP,
                digest,
                bytes.length,
                digest,
                bytes.length,
                out -> out.write(bytes));
    }
}
