package io.github.mlmaven.image;

import io.github.mlmaven.lock.BaseIdentity;
import io.github.mlmaven.model.Digest;
import java.util.List;

/**
 * An image that was written.
 *
 * @param name its name with tag
 * @param digest of its manifest
 * @param configDigest of its configuration: what Docker calls the image's id
 * @param platform what it runs on
 * @param base what it is built on
 * @param layers from the lowest
 * @param smoke how it answered
 * @param placements where it was put
 */
public record ImageResult(
        String name,
        Digest digest,
        Digest configDigest,
        Platform platform,
        BaseIdentity base,
        List<ImageLayer> layers,
        SmokeResult smoke,
        List<Placement> placements) {

    public ImageResult {
        layers = List.copyOf(layers);
        placements = List.copyOf(placements);
    }

    /** Where it is in registries. */
    public List<Placement.Registry> pushed() {
        return placements.stream()
                .filter(Placement.Registry.class::isInstance)
                .map(Placement.Registry.class::cast)
                .toList();
    }

    /** The command that runs it, once it is loaded. */
    public String runCommand() {
        return "docker run --rm -p 8080:8080 " + name;
    }

    /** Bytes of all layers as they are stored and transferred. */
    public long compressedSize() {
        return layers.stream().mapToLong(ImageLayer::compressedSize).sum();
    }
}
