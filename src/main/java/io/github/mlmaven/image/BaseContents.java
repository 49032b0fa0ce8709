package io.github.mlmaven.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.FindingId;
import io.github.mlmaven.image.layer.StoredLayer;
import io.github.mlmaven.image.layout.OciLayout;
import io.github.mlmaven.model.Digest;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.apache.commons.codec.binary.Hex;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarFile;

/**
 * What a base image brings: its configuration and layers, read from the OCI layout that Jib wrote.
 *
 * @param config its configuration, to be changed
 * @param layers its layers, which are read from the layout when they are written
 * @param files what is in them
 */
record BaseContents(ObjectNode config, List<StoredLayer> layers, BaseFiles files) {

    /** A manifest or a configuration of more bytes is none. */
    private static final int MAX_DOCUMENT = 1 << 22;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int BUFFER = 1 << 16;

    /** RFC 1952, 2.3.1. */
    private static final byte[] GZIP = {0x1f, (byte) 0x8b};

    BaseContents {
        layers = List.copyOf(layers);
    }

    /**
     * Reads an OCI layout in a tar.
     *
     * @param reference the base, for messages
     * @throws ImageException when a layer is compressed in another way than with gzip
     */
    static BaseContents read(Path tar, String reference) throws ImageException, IOException {
        JsonNode index = JSON.readTree(bytes(tar, "index.json"));
        Digest manifestDigest =
                Digest.parse(index.path("manifests").path(0).path("digest").asText());
        JsonNode manifest = JSON.readTree(bytes(tar, OciLayout.path(manifestDigest)));
        Digest configDigest =
                Digest.parse(manifest.path("config").path("digest").asText());
        ObjectNode config = (ObjectNode) JSON.readTree(bytes(tar, OciLayout.path(configDigest)));
        List<StoredLayer> layers = new ArrayList<>();
        BaseFiles files = new BaseFiles();
        for (JsonNode layer : manifest.path("layers")) {
            Digest digest = Digest.parse(layer.path("digest").asText());
            JsonNode diffId = config.path("rootfs").path("diff_ids").path(layers.size());
            layers.add(new StoredLayer(
                    "base",
                    layer.path("mediaType").asText(),
                    digest,
                    layer.path("size").asLong(),
                    Digest.parse(diffId.asText()),
                    unpackedSize(tar, digest, files, reference),
                    out -> copy(tar, OciLayout.path(digest), out)));
        }
        return new BaseContents(config, layers, files);
    }

    private static long unpackedSize(Path tar, Digest digest, BaseFiles files, String reference)
            throws ImageException, IOException {
        try (TarFile file = new TarFile(tar);
                BufferedInputStream stored =
                        new BufferedInputStream(file.getInputStream(entry(file, OciLayout.path(digest))), BUFFER)) {
            stored.mark(GZIP.length);
            byte[] magic = stored.readNBytes(GZIP.length);
            if (!Arrays.equals(magic, GZIP)) {
                throw new ImageException(Finding.of(
                        FindingId.IMAGE_BASE,
                        reference,
                        "the layer sha256:" + digest.hex() + " of the base image is not compressed with gzip",
                        "gzip, which begins with " + Hex.encodeHexString(GZIP),
                        "something that begins with " + Hex.encodeHexString(magic),
                        "Set ml.image.base to an image with layers in gzip, or to tar://FILE with what `docker save`"
                                + " wrote of this one."));
            }
            stored.reset();
            Counting layer = new Counting(new GZIPInputStream(stored, BUFFER));
            files.add(layer);
            // Zeros may follow the end of a tar.
            layer.transferTo(OutputStream.nullOutputStream());
            return layer.count;
        }
    }

    /** Counts what is read. */
    private static final class Counting extends FilterInputStream {
        private long count;

        Counting(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int b = super.read();
            count += b < 0 ? 0 : 1;
            return b;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = super.read(bytes, offset, length);
            count += Math.max(0, read);
            return read;
        }

        @Override
        public long skip(long n) throws IOException {
            long skipped = super.skip(n);
            count += skipped;
            return skipped;
        }
    }

    private static byte[] bytes(Path tar, String name) throws IOException {
        try (TarFile file = new TarFile(tar);
                InputStream in = file.getInputStream(entry(file, name))) {
            byte[] bytes = in.readNBytes(MAX_DOCUMENT + 1);
            if (bytes.length > MAX_DOCUMENT) {
                throw new IOException(name + " of the base image has more than " + MAX_DOCUMENT + " bytes");
            }
            return bytes;
        }
    }

    private static void copy(Path tar, String name, OutputStream out) throws IOException {
        try (TarFile file = new TarFile(tar);
                InputStream in = file.getInputStream(entry(file, name))) {
            in.transferTo(out);
        }
    }

    private static TarArchiveEntry entry(TarFile file, String name) throws IOException {
        return file.getEntries().stream()
                .filter(e -> e.getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new IOException("the layout of the base image has no " + name));
    }
}
