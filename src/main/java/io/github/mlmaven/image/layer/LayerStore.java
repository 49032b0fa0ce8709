package io.github.mlmaven.image.layer;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.GZIPOutputStream;

/**
 * Stores layers. Compressed ones are kept by the digest of their tar, so that only what changed is compressed again;
 * the others are streamed from where they are.
 */
public final class LayerStore {

    /** Media type of an uncompressed layer. */
    public static final String TAR = "application/vnd.oci.image.layer.v1.tar";

    /** Media type of a compressed layer. */
    public static final String TAR_GZIP = TAR + "+gzip";

    private static final int BUFFER = 1 << 16;

    private final Path folder;

    /** A store that keeps compressed layers in a folder. */
    public LayerStore(Path folder) {
        this.folder = folder;
    }

    /** Stores a layer. */
    public StoredLayer store(Layer layer) throws IOException {
        Measured tar = Measured.of(out -> LayerTar.write(layer, out));
        if (layer.compression() == Layer.Compression.NONE) {
            return new StoredLayer(
                    layer.name(),
                    TAR,
                    tar.digest(),
                    tar.size(),
                    tar.digest(),
                    tar.size(),
                    out -> LayerTar.write(layer, out));
        }
        Path compressed = folder.resolve(tar.digest().hex() + ".tar.gz");
        if (!Files.exists(compressed)) {
            compress(layer, compressed);
        }
        Measured stored = Measured.of(out -> Files.copy(compressed, out));
        return new StoredLayer(
                layer.name(),
                TAR_GZIP,
                stored.digest(),
                stored.size(),
                tar.digest(),
                tar.size(),
                out -> Files.copy(compressed, out));
    }

    private void compress(Layer layer, Path compressed) throws IOException {
        Files.createDirectories(folder);
        Path part = folder.resolve(compressed.getFileName() + ".part");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(part), BUFFER)) {
            LayerTar.write(layer, out);
        }
        Files.move(part, compressed, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
