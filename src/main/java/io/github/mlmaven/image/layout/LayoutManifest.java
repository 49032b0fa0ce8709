package io.github.mlmaven.image.layout;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * A manifest with what it names (OCI image specification, "Image Manifest").
 *
 * @param document the manifest
 * @param config what it names as its configuration
 * @param layers what it names as its layers
 * @param described what an index says of it besides, for example its platform
 */
public record LayoutManifest(
        LayoutDocument document, LayoutDocument config, List<LayoutBlob> layers, ObjectNode described) {

    public LayoutManifest {
        layers = List.copyOf(layers);
        described = described.deepCopy();
    }

    ObjectNode descriptor() {
        ObjectNode entry = document.descriptor();
        entry.setAll(described);
        return entry;
    }
}
