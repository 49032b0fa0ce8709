package io.github.mlmaven.image.reproduce;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.mlmaven.model.Digest;
import java.util.List;

/**
 * What an image is for one platform.
 *
 * @param platform as its index calls it, for example {@code linux/arm64}
 * @param digest of its manifest
 * @param manifest what names its parts
 * @param config how it is run
 * @param layers from the lowest
 */
public record PlatformLayout(
        String platform, Digest digest, JsonNode manifest, JsonNode config, List<LayoutLayer> layers) {

    public PlatformLayout {
        layers = List.copyOf(layers);
    }
}
