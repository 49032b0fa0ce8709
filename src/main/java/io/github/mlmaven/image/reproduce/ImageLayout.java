package io.github.mlmaven.image.reproduce;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.mlmaven.model.Digest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * An image that a build wrote, every blob of which was found to be what its digest says.
 *
 * @param tar where it is
 * @param name its name with tag
 * @param digest of its manifest, or of its index where it is for several platforms
 * @param root the manifest or the index
 * @param images what it is for each platform, in the order of the index
 */
public record ImageLayout(Path tar, String name, Digest digest, JsonNode root, List<PlatformLayout> images) {

    private static final ObjectMapper JSON = new ObjectMapper();

    public ImageLayout {
        images = List.copyOf(images);
    }

    /** How many layers there are: those that platforms share count once. */
    public long layers() {
        return images.stream()
                .flatMap(image -> image.layers().stream())
                .map(LayoutLayer::digest)
                .distinct()
                .count();
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
            JsonNode entry = layout.document("index.json").path("manifests").path(0);
            Digest digest = digest(entry, "index.json");
            if (!told.path("digest").asText().equals(digest.toString())) {
                throw new LayoutException(
                        "the image is not the one that image.json tells of",
                        told.path("digest").asText(),
                        digest.toString());
            }
            JsonNode root = layout.document(digest);
            Reader reader = new Reader(layout, new HashSet<>());
            List<PlatformLayout> images = new ArrayList<>();
            if (root.has("manifests")) {
                for (JsonNode manifest : root.path("manifests")) {
                    images.add(reader.image(manifest, told.path("platforms").path(images.size())));
                }
            } else {
                images.add(reader.image(entry, told));
            }
            return new ImageLayout(tar, told.path("name").asText(), digest, root, images);
        }
    }

    /**
     * Reads what an index names.
     *
     * @param verified the layers that were found to be what their digests say: those that platforms share are read once
     */
    private record Reader(LayoutTar layout, Set<Digest> verified) {

        PlatformLayout image(JsonNode entry, JsonNode told) throws LayoutException {
            Digest digest = digest(entry, "index");
            JsonNode manifest = layout.document(digest);
            JsonNode config = layout.document(digest(manifest.path("config"), "manifest"));
            List<LayoutLayer> layers = new ArrayList<>();
            for (JsonNode layer : manifest.path("layers")) {
                Digest blob = digest(layer, "manifest");
                if (verified.add(blob)) {
                    layout.verify(blob);
                }
                layers.add(new LayoutLayer(
                        name(told, layers.size()), layer.path("mediaType").asText(), blob));
            }
            JsonNode platform = entry.path("platform");
            String name = platform.path("os").asText() + "/"
                    + platform.path("architecture").asText();
            return new PlatformLayout(name, digest, manifest, config, layers);
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
