package io.github.mlmaven.image.layout;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mlmaven.image.layer.StoredLayer;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A layer, and what a manifest says of it besides (OCI image specification, "Content Descriptors").
 *
 * @param layer what is stored
 * @param annotations of its descriptor
 */
public record LayoutBlob(StoredLayer layer, SortedMap<String, String> annotations) {

    public LayoutBlob {
        annotations = Collections.unmodifiableSortedMap(new TreeMap<>(annotations));
    }

    /** A layer of which nothing more is said. */
    public static LayoutBlob of(StoredLayer layer) {
        return new LayoutBlob(layer, new TreeMap<>());
    }

    ObjectNode descriptor() {
        ObjectNode node = LayoutDocument.descriptor(layer.mediaType(), layer.digest(), layer.size());
        if (!annotations.isEmpty()) {
            ObjectNode values = node.putObject("annotations");
            annotations.forEach(values::put);
        }
        return node;
    }
}
