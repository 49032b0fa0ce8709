package io.github.mlmaven.image.reproduce;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.mlmaven.model.Digest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * An image that a build wrote, every blob of which was found to be what its digest says.
 *
 * @param tar where it is
 * @param name its name with tag
 * @param digest of its manifest
 * @param manifest what names its parts
 * @param config how it is run
 * @param layers from the lowest
 */
public record ImageLayout(
        Path tar, String name, Digest digest, JsonNode manifest, JsonNode config, List<LayoutLayer> layers) {

    private static final ObjectMapper JSON = new ObjectMapper();

    public ImageLayout {
        layers = List.copyOf(layers);
    }

    /**
     * Reads an image, its layers to their ends.
     *
     * @param tar the OCI layout
     * @param json what {@code ml:image} wrote of it; an image does not tell what its layers are for
     */
    public static ImageLayout read(Path tar, Path json) throws LayoutException, IOException {
        JsonNode told = JSON.readTree(json.toFile());
        try (LayoutTar layout = LayoutTar.open(tar)) {
            Digest digest =
                    digest(layout.document("index.json").path("manifests").path(0), "index.json");
            if (!told.path("digest").asText().equals(digest.toString())) {
                throw new LayoutException(
                        "the image is not the one that image.json tells of",
                        told.path("digest").asText(),
                        digest.toString());
            }
            JsonNode manifest = layout.document(digest);
            JsonNode config = layout.document(digest(manifest.path("config"), "manifest"));
            List<LayoutLayer> layers = new ArrayList<>();
            for (JsonNode layer : manifest.path("layers")) {
                Digest blob = digest(layer, "manifest");
                layout.verify(blob);
                layers.add(new LayoutLayer(
                        name(told, layers.size()), layer.path("mediaType").asText(), blob));
            }
            return new ImageLayout(tar, told.path("name").asText(), digest, manifest, config, layers);
        }
    }

    private static String name(JsonNode told, int layer) {
        return told.path("layers").path(layer).path("name").asText("number " + (layer + 1));
    }

    private static Digest digest(JsonNode descriptor, String where) throws LayoutException {
        String text = descriptor.path("digest").asText();
        try {
            return Digest.parse(text);
        } catch (IllegalArgumentException e) {
            throw new LayoutException(
                    "the image's " + where + " names no blob", "a digest sha256:…", "\"" + text + "\"");
        }
    }
}
