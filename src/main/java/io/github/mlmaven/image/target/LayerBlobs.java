package io.github.mlmaven.image.target;

import io.github.mlmaven.image.OciImage;
import io.github.mlmaven.image.layer.StoredLayer;
import io.github.mlmaven.model.Digest;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** The layers of an image as they are transferred. */
final class LayerBlobs {

    private LayerBlobs() {}

    /** Each of them once: two layers may be the same, for example two without anything in them. */
    static Collection<StoredLayer> of(OciImage image) {
        Map<Digest, StoredLayer> blobs = new LinkedHashMap<>();
        image.layers().forEach(layer -> blobs.putIfAbsent(layer.digest(), layer));
        return blobs.values();
    }
}
