package io.github.mlmaven.image.models;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mlmaven.files.WholeFile;
import io.github.mlmaven.image.layer.LayerEntry;
import io.github.mlmaven.image.layer.LayerTar;
import io.github.mlmaven.image.layer.Measured;
import io.github.mlmaven.image.layer.StoredLayer;
import io.github.mlmaven.model.Digest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A manifest and all that it names as one tar (OCI image specification, "Image Layout").
 *
 * @param name its name with tag
 * @param manifest the manifest
 * @param config what the manifest names as its configuration
 * @param layers what the manifest names as its layers
 * @param index what the layout's index says of the manifest besides
 * @param image whether it is an image, which Docker can load by the {@code manifest.json} beside the layout
 */
public record OciLayout(
        String name,
        LayoutDocument manifest,
        LayoutDocument config,
        List<LayoutBlob> layers,
        ObjectNode index,
        boolean image) {

    /** The media type of manifests. */
    public static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";

    private static final String INDEX = "application/vnd.oci.image.index.v1+json";
    private static final ObjectMapper JSON = new ObjectMapper();

    public OciLayout {
        layers = List.copyOf(layers);
        index = index.deepCopy();
    }

    /** A manifest that names these (OCI image specification, "Image Manifest"), to be completed. */
    public static ObjectNode manifest(LayoutDocument config, List<LayoutBlob> layers, Map<String, String> annotations) {
        ObjectNode node = JSON.createObjectNode().put("schemaVersion", 2).put("mediaType", MANIFEST);
        node.set("config", config.descriptor());
        ArrayNode array = node.putArray("layers");
        layers.forEach(layer -> array.add(layer.descriptor()));
        ObjectNode values = node.putObject("annotations");
        annotations.forEach(values::put);
        return node;
    }

    /** Writes the tar; until it is complete, the old one stays. */
    public void write(Path tar) throws IOException {
        WholeFile.write(tar, out -> {
            try (LayerTar layout = new LayerTar(out)) {
                write(layout);
            }
        });
    }

    private void write(LayerTar out) throws IOException {
        document(out, "oci-layout", JSON.createObjectNode().put("imageLayoutVersion", "1.0.0"));
        document(out, "index.json", indexDocument());
        if (image) {
            document(out, "manifest.json", dockerManifest());
        }
        out.folder("blobs", LayerEntry.EXECUTABLE);
        out.folder("blobs/sha256", LayerEntry.EXECUTABLE);
        file(out, path(manifest.digest()), manifest.content());
        file(out, path(config.digest()), config.content());
        // Two files of a model may be the same.
        Map<Digest, StoredLayer> blobs = new LinkedHashMap<>();
        layers.forEach(blob -> blobs.putIfAbsent(blob.layer().digest(), blob.layer()));
        for (StoredLayer layer : blobs.values()) {
            out.file(path(layer.digest()), LayerEntry.PLAIN, layer.size(), o -> {
                Measured written = Measured.tee(layer.blob(), o);
                if (!written.digest().equals(layer.digest())) {
                    throw new IOException("layer " + layer.name() + " changed while it was written");
                }
            });
        }
    }

    private ObjectNode indexDocument() {
        ObjectNode entry = manifest.descriptor();
        entry.setAll(index);
        entry.putObject("annotations").put("org.opencontainers.image.ref.name", name);
        ObjectNode node = JSON.createObjectNode().put("schemaVersion", 2).put("mediaType", INDEX);
        node.putArray("manifests").add(entry);
        return node;
    }

    private ArrayNode dockerManifest() {
        ArrayNode array = JSON.createArrayNode();
        ObjectNode entry = array.addObject().put("Config", path(config.digest()));
        entry.putArray("RepoTags").add(name);
        ArrayNode files = entry.putArray("Layers");
        layers.forEach(blob -> files.add(path(blob.layer().digest())));
        return array;
    }

    private static void document(LayerTar out, String path, JsonNode content) throws IOException {
        file(out, path, JSON.writeValueAsBytes(content));
    }

    private static void file(LayerTar out, String path, byte[] content) throws IOException {
        out.file(path, LayerEntry.PLAIN, content.length, o -> o.write(content));
    }

    private static String path(Digest digest) {
        return "blobs/sha256/" + digest.hex();
    }
}
