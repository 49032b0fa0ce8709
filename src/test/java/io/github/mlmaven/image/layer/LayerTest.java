package io.github.mlmaven.image.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mlmaven.image.layer.Layer.Compression;
import io.github.mlmaven.model.Digest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.commons.codec.digest.DigestUtils;
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
    void refusesAFileThatIsNotWhatIsKnownOfIt(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("a"), "as it was");
        Layer layer = layer(Compression.NONE, new LayerEntry.Copy("/a", LayerEntry.PLAIN, file));
        Map<Path, Digest> known = Map.of(file, new Digest(DigestUtils.sha256Hex("as it was")));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        LayerTar.write(layer, known, out);
        assertThat(out.toByteArray()).isEqualTo(bytes(layer));

        Files.writeString(file, "as it is.");
        assertThatThrownBy(() -> LayerTar.write(layer, known, OutputStream.nullOutputStream()))
                .isInstanceOf(ChangedLayerException.class)
                .hasMessage("layer test changed while it was written");
    }

    /** The old header has eleven octal digits for a size; more is in an extended one (POSIX.1-2001, pax). */
    @Test
    void aFileOfMoreThanEightGibibytesIsWrittenWhole() throws IOException {
        long size = (9L << 30) + 1;
        byte[] some = new byte[1 << 20];
        ByteArrayOutputStream start = new ByteArrayOutputStream();
        long[] written = {0};
        OutputStream out = new OutputStream() {
            @Override
            public void write(int b) {
                throw new UnsupportedOperationException();
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                if (start.size() < 4096) {
                    start.write(bytes, offset, length);
                }
                written[0] += length;
            }
        };
        try (LayerTar tar = new LayerTar(out)) {
            tar.file("app/model/weights.bin", LayerEntry.PLAIN, size, to -> {
                for (long left = size; left > 0; left -= some.length) {
                    to.write(some, 0, (int) Math.min(left, some.length));
                }
            });
        }
        try (TarInput in = new TarInput(new ByteArrayInputStream(start.toByteArray()))) {
            TarArchiveEntry entry = in.getNextEntry();
            assertThat(entry.getName()).isEqualTo("app/model/weights.bin");
            assertThat(entry.getSize()).isEqualTo(size);
        }
        // Three headers' blocks, the file in whole blocks, and two that end the tar.
        assertThat(written[0]).isEqualTo(3 * 512 + (size / 512 + 1) * 512 + 2 * 512);
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
