package io.github.mlmaven.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mlmaven.image.layer.Measured;
import io.github.mlmaven.image.layer.StoredLayer;
import io.github.mlmaven.model.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarFile;

/**
 * What a base image brings: its configuration and layers, read from the OCI layout that Jib wrote.
 *
 * @param config its configuration, to be changed
 * @param layers its layers, which are read from the layout when they are written
 */
record BaseContents(ObjectNode config, List<StoredLayer> layers) {

    private static final ObjectMapper JSON = new ObjectMapper();

    BaseContents {
        layers = List.copyOf(layers);
    }

    /** Reads an OCI layout in a tar. */
    static BaseContents read(Path tar) throws IOException {
        JsonNode index = JSON.readTree(bytes(tar, "index.json"));
        Digest manifestDigest =
                Digest.parse(index.path("manifests").path(0).path("digest").asText());
        JsonNode manifest = JSON.readTree(bytes(tar, path(manifestDigest)));
        Digest configDigest =
                Digest.parse(manifest.path("config").path("digest").asText());
        ObjectNode config = (ObjectNode) JSON.readTree(bytes(tar, path(configDigest)));
        List<StoredLayer> layers = new ArrayList<>();
        for (JsonNode layer : manifest.path("layers")) {
            Digest digest = Digest.parse(layer.path("digest").asText());
            JsonNode diffId = config.path("rootfs").path("diff_ids").path(layers.size());
            layers.add(new StoredLayer(
                    "base",
                    layer.path("mediaType").asText(),
                    digest,
                    layer.path("size").asLong(),
                    Digest.parse(diffId.asText()),
                    unpackedSize(tar, digest),
                    out -> copy(tar, path(digest), out)));
        }
        return new BaseContents(config, layers);
    }

    /** Where a layout has a blob. */
    static String path(Digest digest) {
        return "blobs/sha256/" + digest.hex();
    }

    private static long unpackedSize(Path tar, Digest digest) throws IOException {
        try (TarFile file = new TarFile(tar);
                InputStream layer = new GZIPInputStream(file.getInputStream(entry(file, path(digest))))) {
            return Measured.of(layer::transferTo).size();
        }
    }

    private static byte[] bytes(Path tar, String name) throws IOException {
        try (TarFile file = new TarFile(tar);
                InputStream in = file.getInputStream(entry(file, name))) {
            return in.readAllBytes();
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
