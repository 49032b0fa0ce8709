package io.github.mlmaven.image;

import io.github.mlmaven.image.layout.LayoutBlob;
import io.github.mlmaven.image.layout.LayoutManifest;
import io.github.mlmaven.model.Digest;
import java.util.List;

/**
 * What an image is for one platform.
 *
 * @param platform what it runs on
 * @param digest of its manifest
 * @param configDigest of its configuration: what Docker calls the image's id
 * @param layers from the lowest
 */
public record PlatformImage(Platform platform, Digest digest, Digest configDigest, List<ImageLayer> layers) {

    public PlatformImage {
        layers = List.copyOf(layers);
    }

    static PlatformImage of(Platform platform, LayoutManifest manifest) {
        return new PlatformImage(
                platform,
                manifest.document().digest(),
                manifest.config().digest(),
                manifest.layers().stream()
                        .map(LayoutBlob::layer)
                        .map(layer -> new ImageLayer(layer.name(), layer.digest(), layer.size(), layer.tarSize()))
                        .toList());
    }

    /** Bytes of all layers as they are stored and transferred. */
    public long compressedSize() {
        return layers.stream().mapToLong(ImageLayer::compressedSize).sum();
    }

    /** Bytes of all layers, unpacked. */
    public long uncompressedSize() {
        return layers.stream().mapToLong(ImageLayer::uncompressedSize).sum();
    }
}
