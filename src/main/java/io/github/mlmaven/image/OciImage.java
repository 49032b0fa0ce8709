package io.github.mlmaven.image;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mlmaven.image.layer.LayerEntry;
import io.github.mlmaven.image.layer.LayerTar;
import io.github.mlmaven.image.layer.Measured;
import io.github.mlmaven.image.layer.StoredLayer;
import io.github.mlmaven.model.Digest;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An image as one tar: an OCI layout (OCI image specification, "Image Layout") with the {@code manifest.json} of
 * {@code docker save} beside it, both naming the same blobs.
 */
public final class OciImage {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    private static final String CONFIG = "application/vnd.oci.image.config.v1+json";
    private static final String INDEX = "application/vnd.oci.image.index.v1+json";
    private static final int BUFFER = 1 << 16;

    private final String name;
    private final Platform platform;
    private final List<StoredLayer> layers;
    private final byte[] config;
    private final byte[] manifest;

    /**
     * @param name its name with tag
     * @param platform what it runs on
     * @param config its configuration, complete
     * @param layers all of its layers, from the lowest
     */
    OciImage(String name, Platform platform, ObjectNode config, List<StoredLayer> layers) throws IOException {
        this.name = name;
        this.platform = platform;
        this.layers = List.copyOf(layers);
        this.config = JSON.writeValueAsBytes(config);
        this.manifest = JSON.writeValueAsBytes(manifest());
    }

    /** Its name with tag. */
    public String name() {
        return name;
    }

    /** The digest of its manifest, which is what identifies it. */
    public Digest digest() throws IOException {
        return digest(manifest);
    }

    /** The digest of its configuration: what Docker calls the image's id. */
    public Digest configDigest() throws IOException {
        return digest(config);
    }

    /** Its layers, from the lowest. */
    public List<StoredLayer> layers() {
        return layers;
    }

    /** Its manifest, byte for byte. */
    public byte[] manifestBytes() {
        return manifest.clone();
    }

    /** Its configuration, byte for byte. */
    public byte[] configBytes() {
        return config.clone();
    }

    /** The {@code index.json} of a layout that holds this image alone. */
    public ObjectNode layoutIndex() throws IOException {
        return index();
    }

    /** Writes the same tar into a stream, and leaves it open. */
    public void writeTo(OutputStream out) throws IOException {
        try (LayerTar tar = new LayerTar(out)) {
            write(tar);
        }
    }

    /** Writes the tar; until it is complete, there is none of that name. */
    void write(Path tar) throws IOException {
        Files.createDirectories(tar.toAbsolutePath().getParent());
        Path part = tar.resolveSibling("." + tar.getFileName() + ".part");
        try {
            try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(part), BUFFER);
                    LayerTar out = new LayerTar(file)) {
                write(out);
            }
            Files.move(part, tar, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private void write(LayerTar out) throws IOException {
        ObjectNode layout = JSON.createObjectNode().put("imageLayoutVersion", "1.0.0");
        file(out, "oci-layout", JSON.writeValueAsBytes(layout));
        file(out, "index.json", JSON.writeValueAsBytes(index()));
        file(out, "manifest.json", JSON.writeValueAsBytes(dockerManifest()));
        out.folder("blobs", LayerEntry.EXECUTABLE);
        out.folder("blobs/sha256", LayerEntry.EXECUTABLE);
        file(out, BaseContents.path(digest()), manifest);
        file(out, BaseContents.path(configDigest()), config);
        // Two layers may be the same, for example two without anything in them.
        Map<Digest, StoredLayer> blobs = new LinkedHashMap<>();
        layers.forEach(layer -> blobs.putIfAbsent(layer.digest(), layer));
        for (StoredLayer layer : blobs.values()) {
            out.file(BaseContents.path(layer.digest()), LayerEntry.PLAIN, layer.size(), o -> {
                Measured written = Measured.tee(layer.blob(), o);
                if (!written.digest().equals(layer.digest())) {
                    throw new IOException("layer " + layer.name() + " changed while it was written");
                }
            });
        }
    }

    private static void file(LayerTar out, String path, byte[] content) throws IOException {
        out.file(path, LayerEntry.PLAIN, content.length, o -> o.write(content));
    }

    private ObjectNode manifest() throws IOException {
        ObjectNode node = JSON.createObjectNode().put("schemaVersion", 2).put("mediaType", MANIFEST);
        node.set("config", descriptor(CONFIG, configDigest(), config.length));
        ArrayNode array = node.putArray("layers");
        layers.forEach(layer -> array.add(descriptor(layer.mediaType(), layer.digest(), layer.size())));
        return node;
    }

    private ObjectNode index() throws IOException {
        ObjectNode image = descriptor(MANIFEST, digest(), manifest.length);
        image.putObject("platform").put("architecture", platform.architecture()).put("os", platform.os());
        image.putObject("annotations").put("org.opencontainers.image.ref.name", name);
        ObjectNode node = JSON.createObjectNode().put("schemaVersion", 2).put("mediaType", INDEX);
        node.putArray("manifests").add(image);
        return node;
    }

    private ArrayNode dockerManifest() throws IOException {
        ArrayNode array = JSON.createArrayNode();
        ObjectNode image = array.addObject().put("Config", BaseContents.path(configDigest()));
        image.putArray("RepoTags").add(name);
        ArrayNode files = image.putArray("Layers");
        layers.forEach(layer -> files.add(BaseContents.path(layer.digest())));
        return array;
    }

    private static ObjectNode descriptor(String mediaType, Digest digest, long size) {
        return JSON.createObjectNode()
                .put("mediaType", mediaType)
                .put("digest", digest.toString())
                .put("size", size);
    }

    private static Digest digest(byte[] content) throws IOException {
        return Measured.of(out -> out.write(content)).digest();
    }
}
