package io.github.mlmaven.image.layer;

import static org.assertj.core.api.Assertions.assertThat;

import com.jcraft.jzlib.JZlib;
import io.github.mlmaven.image.layer.Layer.Compression;
import io.github.mlmaven.lock.FileDigests;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LayerStoreTest {

    private static final String TEXT = "1".repeat(10_000);

    @TempDir
    Path folder;

    @Test
    void compressesOnceAndFindsItAgain() throws IOException {
        StoredLayer first = store(layer(text("/a", TEXT)));
        Path kept = kept(".tar.gz");
        assertThat(first.size()).isEqualTo(Files.size(kept)).isLessThan(first.tarSize());
        try (InputStream in = new GZIPInputStream(Files.newInputStream(kept))) {
            assertThat(Measured.of(in::transferTo)).isEqualTo(new Measured(first.diffId(), first.tarSize()));
        }
        Object inode = Files.getAttribute(kept, "unix:ino");

        StoredLayer second = store(layer(text("/a", TEXT)));

        assertThat(second.digest()).isEqualTo(first.digest());
        assertThat(second.diffId()).isEqualTo(first.diffId());
        assertThat(second.size()).isEqualTo(first.size());
        assertThat(second.tarSize()).isEqualTo(first.tarSize());
        assertThat(Files.getAttribute(kept, "unix:ino")).as("not written again").isEqualTo(inode);
    }

    @Test
    void everyDifferenceIsAnotherLayer() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), TEXT);
        List<Layer> layers = List.of(
                layer(text("/a", TEXT)),
                layer(text("/a", TEXT + "1")),
                layer(text("/b", TEXT)),
                layer(new LayerEntry.Text("/a", LayerEntry.EXECUTABLE, TEXT)),
                layer(text("/a", TEXT), new LayerEntry.Folder("/c", LayerEntry.EXECUTABLE)),
                layer(new LayerEntry.Copy("/d", LayerEntry.PLAIN, file)));
        for (Layer layer : layers) {
            assertThat(store(layer).diffId())
                    .isEqualTo(Measured.of(out -> LayerTar.write(layer, out)).digest());
        }
        Layer copied = layers.get(layers.size() - 1);
        StoredLayer before = store(copied);
        Files.writeString(file, TEXT + "2");
        assertThat(store(copied).diffId())
                .isNotEqualTo(before.diffId())
                .isEqualTo(Measured.of(out -> LayerTar.write(copied, out)).digest());
    }

    @Test
    void takesNothingThatIsNotWhatWasStored() throws IOException {
        StoredLayer first = store(layer(text("/a", TEXT)));
        Path kept = kept(".tar.gz");
        byte[] whole = Files.readAllBytes(kept);
        Files.write(kept, Arrays.copyOf(whole, whole.length - 1));

        assertThat(store(layer(text("/a", TEXT))).digest()).isEqualTo(first.digest());
        assertThat(kept).hasBinaryContent(whole);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x\n1\ny\n", "1\n2\n3\n4\n"})
    void takesNothingThatSomethingElseIsSaidOf(String text) throws IOException {
        StoredLayer first = store(layer(text("/a", TEXT)));
        Path said = kept(".txt");
        String before = Files.readString(said);
        Files.writeString(said, text);

        assertThat(store(layer(text("/a", TEXT))).diffId()).isEqualTo(first.diffId());
        assertThat(said).hasContent(before);
    }

    @Test
    void takesNothingThatAnotherDeflaterLeft() throws IOException {
        Layer layer = layer(text("/a", TEXT));
        StoredLayer first = store(layer);
        Path said = kept(".txt");
        Path kept = kept(".tar.gz");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new NotCompressing(bytes)) {
            LayerTar.write(layer, out);
        }
        for (Path ours : List.of(said, kept)) {
            Path theirs = folder.resolve(ours.getFileName().toString().replace(LayerStore.DEFLATER, "other-1.0"));
            Files.move(ours, theirs);
        }
        Files.write(
                folder.resolve(kept.getFileName().toString().replace(LayerStore.DEFLATER, "other-1.0")),
                bytes.toByteArray());

        assertThat(store(layer).digest()).isEqualTo(first.digest());
    }

    @Test
    void namesTheDeflaterThatItUses() throws IOException {
        Properties pom = new Properties();
        try (InputStream in = JZlib.class.getResourceAsStream("/META-INF/maven/com.jcraft/jzlib/pom.properties")) {
            pom.load(in);
        }
        assertThat(LayerStore.DEFLATER).isEqualTo(pom.getProperty("artifactId") + "-" + pom.getProperty("version"));
    }

    @Test
    void streamsWhatIsNotCompressed() throws IOException {
        StoredLayer stored = store(new Layer("test", Compression.NONE, List.of(text("/a", "1"))));
        assertThat(stored.digest()).isEqualTo(stored.diffId());
        assertThat(Measured.of(stored.blob())).isEqualTo(new Measured(stored.digest(), stored.size()));
        assertThat(folder).isEmptyDirectory();
    }

    private static final class NotCompressing extends GZIPOutputStream {
        NotCompressing(OutputStream out) throws IOException {
            super(out);
            def.setLevel(Deflater.NO_COMPRESSION);
        }
    }

    private StoredLayer store(Layer layer) throws IOException {
        return new LayerStore(folder, FileDigests.reading()).store(layer);
    }

    private Path kept(String extension) throws IOException {
        try (var files = Files.list(folder)) {
            List<Path> found = files.filter(file -> file.toString().endsWith(LayerStore.DEFLATER + extension))
                    .toList();
            assertThat(found).hasSize(1);
            return found.get(0);
        }
    }

    private static Layer layer(LayerEntry... entries) {
        return new Layer("test", Compression.GZIP, List.of(entries));
    }

    private static LayerEntry text(String path, String content) {
        return new LayerEntry.Text(path, LayerEntry.PLAIN, content);
    }
}
