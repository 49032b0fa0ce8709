package io.github.mlmaven.image.reproduce;

import io.github.mlmaven.image.layer.Blob;
import io.github.mlmaven.image.layer.LayerStore;
import io.github.mlmaven.image.layer.Measured;
import io.github.mlmaven.image.layer.StoredLayer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** Layers of a few files, with all that a tar knows of a file, to be compared. */
final class TarLayers {

    private TarLayers() {}

    static StoredLayer layer(String name, Entry... entries) throws IOException {
        Blob tar = tar(entries);
        Measured measured = Measured.of(tar);
        return new StoredLayer(
                name, LayerStore.TAR, measured.digest(), measured.size(), measured.digest(), measured.size(), tar);
    }

    static StoredLayer compressed(Blob tar, int level) throws IOException {
        Blob gzip = out -> {
            GZIPOutputStream compressing = new GZIPOutputStream(out) {
                {
                    def.setLevel(level);
                }
            };
            tar.writeTo(compressing);
            compressing.finish();
        };
        Measured plain = Measured.of(tar);
        Measured stored = Measured.of(gzip);
        return new StoredLayer(
                "dependencies",
                LayerStore.TAR_GZIP,
                stored.digest(),
                stored.size(),
                plain.digest(),
                plain.size(),
                gzip);
    }

    record Entry(TarArchiveEntry header, byte[] content) {}

    static Entry entry(String path, String content) {
        return entry(path, content, e -> {});
    }

    static Entry entry(String path, String content, Consumer<TarArchiveEntry> change) {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        TarArchiveEntry header = new TarArchiveEntry(path);
        header.setSize(bytes.length);
        header.setMode(0644);
        header.setModTime(1000L);
        header.setIds(0, 0);
        header.setNames("", "");
        change.accept(header);
        return new Entry(header, bytes);
    }

    static Entry link(String path, String target) {
        TarArchiveEntry header = new TarArchiveEntry(path, TarConstants.LF_SYMLINK);
        header.setLinkName(target);
        header.setModTime(1000L);
        return new Entry(header, new byte[0]);
    }

    static Blob tar(Entry... entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, "UTF-8")) {
            for (Entry entry : entries) {
                tar.putArchiveEntry(entry.header());
                tar.write(entry.content());
                tar.closeArchiveEntry();
            }
        }
        byte[] written = bytes.toByteArray();
        return out -> out.write(written);
    }
}
