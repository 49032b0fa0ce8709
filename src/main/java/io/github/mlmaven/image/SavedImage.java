package io.github.mlmaven.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.FindingId;
import io.github.mlmaven.lock.BaseIdentity;
import io.github.mlmaven.model.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.commons.codec.digest.DigestUtils;

/** An image as {@code docker save} writes it: a tar with {@code manifest.json}, a configuration, and layers. */
final class SavedImage {

    /** What to do about a file that is not whole. */
    static final String NEXT = "Make the file anew with `docker save -o FILE NAME`.";

    private static final String MANIFEST = "manifest.json";
    private static final int MAX_JSON = 1 << 22;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String reference;
    private final SavedTar tar;
    private final Digest id;
    private final ObjectNode config;
    private final List<String> layers;

    private SavedImage(String reference, SavedTar tar, byte[] config, JsonNode layers) throws ImageException {
        this.reference = reference;
        this.tar = tar;
        this.id = new Digest(DigestUtils.sha256Hex(config));
        if (!(json(reference, config) instanceof ObjectNode object)) {
            throw new ImageException(notAnImage(reference, "one with a configuration that is none"));
        }
        this.config = object;
        this.layers = texts(layers);
    }

    /**
     * A layer.
     *
     * @param tar what it is in
     * @param name what it is there
     * @param diffId the digest of its own tar, by the configuration; whoever reads it holds it against that
     */
    record SavedLayer(SavedTar tar, String name, Digest diffId) {

        /** Its own tar, if it is there. */
        Optional<InputStream> open() throws IOException {
            return tar.open(name);
        }
    }

    /** Reads what it is, without its layers. */
    static SavedImage open(String reference, Path file) throws ImageException, IOException {
        if (!Files.isRegularFile(file)) {
            throw new ImageException(
                    FindingId.IMAGE_BASE,
                    reference,
                    "there is no such file: " + file,
                    "Make it with `docker save -o FILE NAME`; its path is relative to the project.");
        }
        SavedTar tar = new SavedTar(file);
        Optional<String> broken = tar.broken();
        if (broken.isPresent()) {
            throw new ImageException(notAnImage(reference, broken.get()));
        }
        JsonNode images = json(reference, text(reference, tar, MANIFEST));
        if (images.isArray() && images.size() > 1) {
            throw new ImageException(Finding.of(
                    FindingId.IMAGE_BASE,
                    reference,
                    "the file holds more than one image",
                    "one",
                    images.size() + ": " + names(images),
                    "Save that one alone: `docker save -o FILE NAME`."));
        }
        JsonNode image = images.path(0);
        return new SavedImage(
                reference, tar, text(reference, tar, image.path("Config").asText()), image.path("Layers"));
    }

    /** What pins it. */
    BaseIdentity.Registry identity() {
        String platform =
                config.path("os").asText() + "/" + config.path("architecture").asText();
        return BaseIdentity.Registry.of(reference, Map.of(platform, id));
    }

    /** Makes sure that it is this one. */
    SavedImage require(Digest expected) throws ImageException {
        if (!id.equals(expected)) {
            throw new ImageException(Finding.of(
                    FindingId.IMAGE_BASE,
                    reference,
                    "it is another image than the build began with",
                    expected.toString(),
                    id.toString(),
                    "Build again without changing it meanwhile. A Docker that keeps images in containerd counts them"
                            + " otherwise: save the image with `docker save` and use tar://FILE."));
        }
        return this;
    }

    /** Its configuration. */
    ObjectNode config() {
        return config.deepCopy();
    }

    /** Its layers, the lowest first. */
    List<SavedLayer> layers() throws ImageException {
        List<String> diffIds = texts(config.path("rootfs").path("diff_ids"));
        if (diffIds.size() != layers.size()) {
            throw new ImageException(notAnImage(
                    reference,
                    "one with " + layers.size() + " layers, of which its configuration knows " + diffIds.size()));
        }
        List<SavedLayer> saved = new ArrayList<>();
        for (String layer : layers) {
            try {
                Digest diffId = Digest.parse(diffIds.get(saved.size()));
                saved.add(new SavedLayer(tar, layer, diffId));
            } catch (IllegalArgumentException e) {
                throw new ImageException(notAnImage(reference, "one with a configuration that is none"));
            }
        }
        return saved;
    }

    /** That the file is not one. */
    static Finding notAnImage(String reference, String found) {
        return Finding.of(
                FindingId.IMAGE_BASE,
                reference,
                "the file is not a whole image",
                "a tar as docker save writes it",
                found,
                NEXT);
    }

    private static byte[] text(String reference, SavedTar tar, String name) throws ImageException, IOException {
        Optional<byte[]> text = tar.text(name, MAX_JSON);
        if (text.isEmpty()) {
            throw new ImageException(notAnImage(
                    reference, name.isEmpty() ? "one whose " + MANIFEST + " names no image" : "one without " + name));
        }
        return text.get();
    }

    private static JsonNode json(String reference, byte[] text) throws ImageException {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new ImageException(notAnImage(reference, "one with text that is not JSON"));
        }
    }

    private static String names(JsonNode images) {
        return StreamSupport.stream(images.spliterator(), false)
                .limit(3)
                .map(image -> image.path("RepoTags").path(0).asText("one without a name"))
                .collect(Collectors.joining(", ", "", images.size() > 3 ? ", …" : ""));
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }
}
