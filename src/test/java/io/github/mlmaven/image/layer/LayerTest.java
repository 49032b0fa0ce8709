package io.github.mlmaven.image.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.jcraft.jzlib.JZlib;
import io.github.mlmaven.image.layer.Layer.Compression;
import io.github.mlmaven.model.Digest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayerTest {

    private static final String LONG = "/app/" + "a".repeat(120) + "/" + "b".repeat(120);

    @Test
    void sortsEntriesAndAddsTheFoldersAboveThem() throws IOException {
        Layer layer = layer(Compression.NONE, text("/b/two", "2"), text("/a/x/one", "1"));
        assertThat(names(layer)).containsExactly("a/", "a/x/", "a/x/one", "b/", "b/two");
    }

    @Test
    void keepsLongAndForeignNames() throws IOException {
        Layer layer = layer(Compression.NONE, text(LONG, "1"), text("/app/modèle/数字", "2"));
        assertThat(names(layer)).contains(LONG.substring(1), "app/modèle/数字");
    }

    @Test
    void doesNotCarryTheNameOfTheUser() throws IOException {
        String user = System.getProperty("user.name");
        byte[] before = bytes(layer(Compression.NONE, text(LONG, "1")));
        System.setProperty("user.name", "somebodyelse");
        try {
            assertThat(bytes(layer(Compression.NONE, text(LONG, "1")))).isEqualTo(before);
            assertThat(new String(before, StandardCharsets.ISO_8859_1)).doesNotContain("somebodyelse");
        } finally {
            System.setProperty("user.name", user);
        }
    }

    @Test
    void refusesTheSamePathTwice() {
        assertThatThrownBy(() -> layer(Compression.NONE, text("/a", "1"), text("/a", "2")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("not absolute, or twice in layer test: /a");
    }

    @Test
    void compressesOnceAndFindsItAgain(@TempDir Path folder) throws IOException {
        LayerStore store = new LayerStore(folder);
        StoredLayer first = store.store(layer(Compression.GZIP, text("/a", "1".repeat(10_000))));
        StoredLayer second = store.store(layer(Compression.GZIP, text("/a", "1".repeat(10_000))));
        assertThat(second.digest()).isEqualTo(first.digest());
        assertThat(first.size()).isLessThan(first.tarSize());
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(folder.resolve(kept(first)));
        }
    }

    @Test
    void takesNothingThatIsNotWhatItsNameSays(@TempDir Path folder) throws IOException {
        Layer layer = layer(Compression.GZIP, text("/a", "1".repeat(10_000)));
        StoredLayer first = new LayerStore(folder).store(layer);
        Path kept = folder.resolve(kept(first));
        byte[] whole = Files.readAllBytes(kept);
        Files.write(kept, Arrays.copyOf(whole, whole.length - 1));

        assertThat(new LayerStore(folder).store(layer).digest()).isEqualTo(first.digest());
        assertThat(kept).hasBinaryContent(whole);
    }

    @Test
    void takesNothingThatAnotherDeflaterLeft(@TempDir Path folder) throws IOException {
        Layer layer = layer(Compression.GZIP, text("/a", "1".repeat(10_000)));
        StoredLayer first = new LayerStore(folder).store(layer);
        Files.delete(folder.resolve(kept(first)));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new NotCompressing(bytes)) {
            LayerTar.write(layer, out);
        }
        Digest other = Measured.of(out -> out.write(bytes.toByteArray())).digest();
        assertThat(other).isNotEqualTo(first.digest());
        Files.write(folder.resolve(first.diffId().hex() + "-" + other.hex() + ".tar.gz"), bytes.toByteArray());

        assertThat(new LayerStore(folder).store(layer).digest()).isEqualTo(first.digest());
    }

    @Test
    void namesTheDeflaterThatItUses() throws IOException {
        Properties pom = new Properties();
        try (InputStream in = JZlib.class.getResourceAsStream("/META-INF/maven/com.jcraft/jzlib/pom.properties")) {
            pom.load(in);
        }
        assertThat(LayerStore.DEFLATER).isEqualTo(pom.getProperty("artifactId") + "-" + pom.getProperty("version"));
    }

    private static final class NotCompressing extends GZIPOutputStream {
        NotCompressing(OutputStream out) throws IOException {
            super(out);
            def.setLevel(Deflater.NO_COMPRESSION);
        }
    }

    private static String kept(StoredLayer layer) {
        return layer.diffId().hex() + "-" + layer.digest().hex() + "." + LayerStore.DEFLATER + ".tar.gz";
    }

    @Test
    void streamsWhatIsNotCompressed(@TempDir Path folder) throws IOException {
        StoredLayer stored = new LayerStore(folder).store(layer(Compression.NONE, text("/a", "1")));
        assertThat(stored.digest()).isEqualTo(stored.diffId());
        assertThat(Measured.of(stored.blob())).isEqualTo(new Measured(stored.digest(), stored.size()));
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void compressesATarOfSomebodyElseAsItsOwnAndKeepsNoneThatChangedMeanwhile(@TempDir Path folder) throws IOException {
        LayerStore store = new LayerStore(folder);
        Layer layer = layer(Compression.GZIP, text("/a", "1"));
        byte[] tar = bytes(layer);
        Measured measured = Measured.of(out -> out.write(tar));
        assertThatThrownBy(() -> store.store("test", measured, out -> out.write(tar, 0, 512)))
                .isInstanceOf(ChangedLayerException.class)
                .hasMessage("layer test changed while it was written");
        assertThat(folder).isEmptyDirectory();

        StoredLayer stored = store.store("test", measured, out -> out.write(tar));
        assertThat(stored.digest())
                .isEqualTo(new LayerStore(folder).store(layer).digest());
        assertThat(stored.diffId()).isEqualTo(measured.digest());
        assertThat(stored.tarSize()).isEqualTo(tar.length);
    }

    private static Layer layer(Compression compression, LayerEntry... entries) {
        return new Layer("test", compression, List.of(entries));
    }

    private static LayerEntry text(String path, String content) {
        return new LayerEntry.Text(path, LayerEntry.PLAIN, content);
    }

    private static byte[] bytes(Layer layer) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        LayerTar.write(layer, out);
        return out.toByteArray();
    }

    private static List<String> names(Layer layer) throws IOException {
        List<String> names = new ArrayList<>();
        try (TarArchiveInputStream in = new TarArchiveInputStream(new ByteArrayInputStream(bytes(layer)), "UTF-8")) {
            for (TarArchiveEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                names.add(entry.getName());
            }
        }
        return names;
    }
}
