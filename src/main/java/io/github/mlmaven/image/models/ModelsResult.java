package io.github.mlmaven.image.models;

import io.github.mlmaven.image.ImageKind;
import io.github.mlmaven.image.ImageLayer;
import io.github.mlmaven.image.PlacedImage;
import io.github.mlmaven.image.Placement;
import io.github.mlmaven.image.layout.LayoutBlob;
import io.github.mlmaven.image.layout.LayoutManifest;
import io.github.mlmaven.image.layout.OciLayout;
import io.github.mlmaven.model.Digest;
import java.util.List;

/**
 * Models that were put somewhere.
 *
 * @param kind as what
 * @param name its name with tag
 * @param digest of its manifest
 * @param configDigest of its configuration
 * @param layers in their order
 * @param placements where they were put
 */
public record ModelsResult(
        ImageKind kind,
        String name,
        Digest digest,
        Digest configDigest,
        List<ImageLayer> layers,
        List<Placement> placements)
        implements PlacedImage {

    public ModelsResult {
        layers = List.copyOf(layers);
        placements = List.copyOf(placements);
    }

    /** What an OCI layout says, once it is somewhere. */
    static ModelsResult of(ImageKind kind, OciLayout layout, List<Placement> placements) {
        LayoutManifest manifest = layout.manifests().get(0);
        return new ModelsResult(
                kind,
                layout.name(),
                layout.root().digest(),
                manifest.config().digest(),
                manifest.layers().stream()
                        .map(LayoutBlob::layer)
                        .map(l -> new ImageLayer(l.name(), l.digest(), l.size(), l.tarSize()))
                        .toList(),
                placements);
    }

    /** Bytes of all layers. */
    public long size() {
        return layers.stream().mapToLong(ImageLayer::compressedSize).sum();
    }
}
