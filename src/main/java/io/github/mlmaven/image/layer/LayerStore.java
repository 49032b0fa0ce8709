package io.github.mlmaven.image.layer;

import com.jcraft.jzlib.GZIPOutputStream;
import io.github.mlmaven.files.KeptFiles;
import io.github.mlmaven.files.WholeFile;
import io.github.mlmaven.lock.FileDigests;
import io.github.mlmaven.model.Digest;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Stores layers. Compressed ones are kept, so that only what changed is compressed again; the others are streamed from
 * where they are. What is kept is found by the paths, permissions and digests of what is in it, and beside it is a text
 * with the digest and the size of the tar and the digest of what is stored: what is not that is not taken.
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
    private static final int MAX_BYTES = 1 << 10;
    private static final int LINES = 3;

    private final Path folder;
    private final FileDigests digests;

    /**
     * @param folder where compressed layers are kept
     * @param digests what knows or finds out the digests of files
     */
    public LayerStore(Path folder, FileDigests digests) {
        this.folder = folder;
        this.digests = digests;
    }

    /**
     * Stores a layer.
     *
     * @throws ChangedLayerException when its files change meanwhile
     */
    public StoredLayer store(Layer layer) throws IOException {
        if (layer.compression() == Layer.Compression.NONE) {
            Measured tar = Measured.of(out -> LayerTar.write(layer, out));
            return new StoredLayer(
                    layer.name(),
                    TAR,
                    tar.digest(),
                    tar.size(),
                    tar.digest(),
                    tar.size(),
                    out -> LayerTar.write(layer, out));
        }
        Map<Path, Digest> contents = contents(layer);
        String key = key(layer, contents);
        Optional<Kept> known = find(key);
        return stored(
                layer.name(),
                key,
                // What is kept under a key has to be what the key says, whatever happens to the files meanwhile.
                known.isPresent() ? known.get() : compress(key, out -> LayerTar.write(layer, contents, out)));
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
        String key = "tar-" + tar.digest().hex();
        Optional<Kept> known = find(key).filter(kept -> kept.tar().equals(tar));
        return stored(
                name,
                key,
                known.isPresent()
                        ? known.get()
                        : compress(key, out -> {
                            if (!Measured.tee(content, out).equals(tar)) {
                                throw new ChangedLayerException(name);
                            }
                        }));
    }

    private StoredLayer stored(String name, String key, Kept kept) throws IOException {
        Path compressed = file(key);
        return new StoredLayer(
                name,
                TAR_GZIP,
                kept.stored(),
                Files.size(compressed),
                kept.tar().digest(),
                kept.tar().size(),
                out -> Files.copy(compressed, out));
    }

    private record Kept(Measured tar, Digest stored) {

        String text() {
            return String.join("\n", tar.digest().hex(), String.valueOf(tar.size()), stored.hex()) + "\n";
        }

        static Optional<Kept> parse(List<String> lines) {
            try {
                return lines.size() == LINES
                        ? Optional.of(new Kept(
                                new Measured(new Digest(lines.get(0)), Long.parseLong(lines.get(1))),
                                new Digest(lines.get(2))))
                        : Optional.empty();
            } catch (IllegalArgumentException e) {
                return Optional.empty(); // nothing of ours
            }
        }
    }

    private Path file(String key) {
        return folder.resolve(key + SUFFIX);
    }

    private Path text(String key) {
        return folder.resolve(key + "." + DEFLATER + ".txt");
    }

    private Map<Path, Digest> contents(Layer layer) throws IOException {
        return digests.of(layer.entries().values().stream()
                .filter(LayerEntry.Copy.class::isInstance)
                .map(entry -> ((LayerEntry.Copy) entry).source())
                .toList());
    }

    /** What decides every byte of the tar. */
    private static String key(Layer layer, Map<Path, Digest> contents) {
        StringBuilder text = new StringBuilder(LayerTar.FORMAT);
        for (LayerEntry entry : layer.entries().values()) {
            text.append('\n').append(Integer.toOctalString(entry.mode())).append(' ');
            if (entry instanceof LayerEntry.Copy copy) {
                text.append(Objects.requireNonNull(contents.get(copy.source())));
            } else if (entry instanceof LayerEntry.Text written) {
                text.append("sha256:").append(DigestUtils.sha256Hex(written.content()));
            } else {
                text.append("folder");
            }
            // Last, as it may hold anything but a zero.
            text.append(' ').append(entry.path()).append('\0');
        }
        return DigestUtils.sha256Hex(text.toString());
    }

    /** What an earlier build compressed, if it still is that. */
    private Optional<Kept> find(String key) throws IOException {
        Optional<Kept> kept = Kept.parse(WholeFile.lines(text(key), MAX_BYTES));
        if (kept.isEmpty()
                || !Files.isReadable(file(key))
                || !digests.of(file(key)).equals(kept.get().stored())) {
            return Optional.empty();
        }
        KeptFiles.use(text(key));
        return kept;
    }

    private Kept compress(String key, Blob content) throws IOException {
        Files.createDirectories(folder);
        // Builds that compress the same layer at the same time each have a file of their own.
        Path part = folder.resolve("layer-" + UUID.randomUUID() + ".part");
        try {
            Measured tar;
            // Not the JDK's: that is the zlib of its vendor or of the machine, and each has bytes of its own.
            try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(part), BUFFER)) {
                tar = Measured.tee(content, out);
            }
            Kept kept = new Kept(tar, Measured.of(out -> Files.copy(part, out)).digest());
            Files.move(part, file(key), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            WholeFile.write(text(key), kept.text());
            KeptFiles.sweep(folder, Instant.now());
            return kept;
        } finally {
            Files.deleteIfExists(part);
        }
    }
}
