package io.github.mlmaven.image;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mlmaven.image.layer.Blob;
import io.github.mlmaven.image.layer.LayerEntry;
import io.github.mlmaven.image.layer.LayerStore;
import io.github.mlmaven.image.layer.LayerTar;
import io.github.mlmaven.image.layer.Measured;
import io.github.mlmaven.image.layer.StoredLayer;
import io.github.mlmaven.model.Digest;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * An image as files: an OCI layout (OCI image specification, "Image Layout") with the {@code manifest.json} of {@code
 * docker save} beside it, both naming the same blobs.
 */
public final class OciImage {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    private static final String CONFIG = "application/vnd.oci.image.config.v1+json";
    private static final String INDEX = "application/vnd.oci.image.index.v1+json";

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

    /** Writes it as a tar into a stream, and leaves that open. */
    public void writeTo(OutputStream out) throws IOException {
        try (LayerTar tar = new LayerTar(out)) {
            tar.folder("blobs", LayerEntry.EXECUTABLE);
            tar.folder("blobs/sha256", LayerEntry.EXECUTABLE);
            for (Part part : Stream.concat(blobs().stream(), indexes().stream()).toList()) {
                tar.file(part.path(), LayerEntry.PLAIN, part.size(), part.content());
            }
        }
    }

    /** A file of the layout. */
    record Part(String path, long size, Blob content) {

        private static Part of(String path, byte[] content) {
            return new Part(path, content.length, out -> out.write(content));
        }
    }

    /**
     * The blobs, those that change least first, so that a tar of them needs to be written anew only from the first one
     * that changed: models, then the other layers from the lowest, then configuration and manifest.
     */
    List<Part> blobs() throws IOException {
        // Two layers may be the same, for example two without anything in them.
        Map<Digest, StoredLayer> distinct = new LinkedHashMap<>();
        Stream.concat(layers.stream().filter(OciImage::isModel), layers.stream())
                .forEach(layer -> distinct.putIfAbsent(layer.digest(), layer));
        List<Part> parts = new ArrayList<>();
        for (StoredLayer layer : distinct.values()) {
            parts.add(new Part(BaseContents.path(layer.digest()), layer.size(), layer::write));
        }
        parts.add(Part.of(BaseContents.path(configDigest()), config));
        parts.add(Part.of(BaseContents.path(digest()), manifest));
        return parts;
    }

    /** The files that say what the blobs are: those of an OCI layout, and Docker's. */
    List<Part> indexes() throws IOException {
        ObjectNode layout = JSON.createObjectNode().put("imageLayoutVersion", "1.0.0");
        return List.of(
                Part.of("index.json", JSON.writeValueAsBytes(index())),
                Part.of("manifest.json", JSON.writeValueAsBytes(dockerManifest())),
                Part.of("oci-layout", JSON.writeValueAsBytes(layout)));
    }

    /** Only models are stored uncompressed: what they are made of is what is large. */
    private static boolean isModel(StoredLayer layer) {
        return layer.mediaType().equals(LayerStore.TAR);
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
