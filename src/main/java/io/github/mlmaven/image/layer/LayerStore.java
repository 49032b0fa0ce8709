package io.github.mlmaven.image.layer;

import com.jcraft.jzlib.GZIPOutputStream;
import io.github.mlmaven.model.Digest;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Stores layers. Compressed ones are kept under the digests of their tar and of themselves, so that only what changed is
 * compressed again and nothing is taken that is not what it was; the others are streamed from where they are.
 */
public final class LayerStore {

    /** Media type of an uncompressed layer. */
    public static final String TAR = "application/vnd.oci.image.layer.v1.tar";

    /** Media type of a compressed layer. */
    public static final String TAR_GZIP = TAR + "+gzip";

    /**
     * What compresses. A store outlives the version of the plugin, and another deflater, or another level, makes other
     * bytes of the same tar: nothing that it left is taken.
     */
    static final String DEFLATER = "jzlib-1.1.3";

    private static final String SUFFIX = "." + DEFLATER + ".tar.gz";
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
        return store(layer.name(), tar, out -> LayerTar.write(layer, out));
    }

    /**
     * Stores, compressed, a layer that is a tar already.
     *
     * @param name what it holds, for people
     * @param tar what is known of the tar
     * @param content the tar
     * @throws ChangedLayerException when it has another digest
     */
    public StoredLayer store(String name, Measured tar, Blob content) throws IOException {
        Optional<Kept> known = find(tar.digest());
        Kept kept = known.isPresent() ? known.get() : compress(name, tar.digest(), content);
        Path compressed = kept.file();
        Measured stored = kept.measured();
        return new StoredLayer(
                name,
                TAR_GZIP,
                stored.digest(),
                stored.size(),
                tar.digest(),
                tar.size(),
                out -> Files.copy(compressed, out));
    }

    private record Kept(Path file, Measured measured) {}

    /** What an earlier build compressed, if it still is what its name says. */
    private Optional<Kept> find(Digest tar) throws IOException {
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, tar.hex() + "-*" + SUFFIX)) {
            for (Path file : files) {
                Measured measured = Measured.of(out -> Files.copy(file, out));
                if (name(tar, measured.digest()).equals(String.valueOf(file.getFileName()))
                        && unpacked(file).equals(Optional.of(tar))) {
                    return Optional.of(new Kept(file, measured));
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Digest> unpacked(Path file) throws IOException {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file), BUFFER)) {
            return Optional.of(Measured.of(in::transferTo).digest());
        } catch (ZipException | EOFException e) {
            return Optional.empty();
        }
    }

    private Kept compress(String layer, Digest tar, Blob content) throws IOException {
        Files.createDirectories(folder);
        // Builds that compress the same layer at the same time each have a file of their own.
        Path part = Files.createTempFile(folder, "layer", ".part");
        try {
            // Not the JDK's: that is the zlib of its vendor or of the machine, and each has bytes of its own.
            try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(part), BUFFER)) {
                if (!Measured.tee(content, out).digest().equals(tar)) {
                    throw new ChangedLayerException(layer);
                }
            }
            Measured measured = Measured.of(out -> Files.copy(part, out));
            Path compressed = folder.resolve(name(tar, measured.digest()));
            Files.move(part, compressed, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return new Kept(compressed, measured);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static String name(Digest tar, Digest gzip) {
        return tar.hex() + "-" + gzip.hex() + SUFFIX;
    }
}
