package io.github.mlmaven.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mlmaven.lock.BaseIdentity;
import io.github.mlmaven.model.Digest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code target/ml/image.json}: what was built, without anything of the machine or the time. What holds for one platform
 * is in the document itself, for several in {@code platforms}.
 */
public final class ImageResultJson {

    private ImageResultJson() {}

    /** Writes the file; until it is complete, the old one stays. */
    public static void write(ImageResult result, Path file) throws IOException {
        ImageJson.write(node(result), file);
    }

    /**
     * What was written, but for what the file leaves out.
     *
     * @throws IllegalArgumentException when it is no such document
     */
    static ImageResult read(JsonNode node, BaseIdentity base, List<Placement> placements) {
        List<PlatformImage> images = new ArrayList<>();
        node.path("platforms").forEach(image -> images.add(image(image)));
        if (images.isEmpty()) {
            images.add(image(node));
        }
        JsonNode sample = node.at("/smoke/sample");
        SmokeResult smoke = new SmokeResult(
                node.at("/smoke/models").asInt(),
                node.at("/smoke/cases").asInt(),
                sample.isMissingNode()
                        ? Optional.empty()
                        : Optional.of(new SmokeResult.Sample(
                                sample.path("model").asText(),
                                sample.path("case").asText(),
                                sample.path("request").asText(),
                                sample.path("response").asText())));
        return new ImageResult(
                node.path("name").asText(),
                Digest.parse(node.path("digest").asText()),
                images,
                base,
                smoke,
                placements);
    }

    private static PlatformImage image(JsonNode node) {
        List<ImageLayer> layers = new ArrayList<>();
        for (JsonNode layer : node.path("layers")) {
            layers.add(new ImageLayer(
                    layer.path("name").asText(),
                    Digest.parse(layer.path("digest").asText()),
                    layer.path("compressedSize").asLong(),
                    layer.path("uncompressedSize").asLong()));
        }
        String platform = node.path("platform").asText();
        return new PlatformImage(
                Platform.of(platform).orElseThrow(() -> new IllegalArgumentException("no platform: " + platform)),
                Digest.parse(node.path("digest").asText()),
                Digest.parse(node.path("configDigest").asText()),
                layers);
    }

    static ObjectNode node(ImageResult result) {
        ObjectNode node = ImageJson.document();
        node.put("name", result.name());
        node.put("digest", result.digest().toString());
        if (result.images().size() == 1) {
            PlatformImage image = result.images().get(0);
            platform(node, image);
            base(node.putObject("base"), result);
            layers(node, image);
        } else {
            base(node.putObject("base"), result);
            ArrayNode platforms = node.putArray("platforms");
            for (PlatformImage image : result.images()) {
                ObjectNode one =
                        platforms.addObject().put("digest", image.digest().toString());
                platform(one, image);
                layers(one, image);
            }
        }
        ImageJson.pushed(node, result);
        ObjectNode smoke = node.putObject("smoke");
        smoke.put("models", result.smoke().models());
        smoke.put("cases", result.smoke().cases());
        result.smoke()
                .sample()
                .ifPresent(sample -> smoke.putObject("sample")
                        .put("model", sample.model())
                        .put("case", sample.golden())
                        .put("request", sample.request())
                        .put("response", sample.response()));
        node.put("run", result.runCommand());
        return node;
    }

    private static void platform(ObjectNode node, PlatformImage image) {
        node.put("configDigest", image.configDigest().toString());
        node.put("platform", image.platform().toString());
    }

    private static void layers(ObjectNode node, PlatformImage image) {
        node.put("compressedSize", image.compressedSize());
        ImageJson.layers(node, image.layers());
    }

    private static void base(ObjectNode node, ImageResult result) {
        if (result.base() instanceof BaseIdentity.Jdk jdk) {
            node.put("kind", "jdk")
                    .put("vendor", jdk.vendor())
                    .put("version", jdk.version())
                    .put("modules", jdk.modules().toString());
        } else if (result.base() instanceof BaseIdentity.Registry registry) {
            node.put("kind", "registry").put("reference", registry.reference());
            ObjectNode digests = node.putObject("digests");
            registry.platforms().forEach((platform, digest) -> digests.put(platform.toString(), digest.toString()));
        }
    }
}
