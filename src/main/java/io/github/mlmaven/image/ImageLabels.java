package io.github.mlmaven.image;

import com.google.cloud.tools.jib.api.ImageReference;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What an image says of itself. The labels are in its configuration, below which those of the base stay; the manifest
 * has annotations (OCI image specification, "Annotations"), and none of what the base says of itself.
 *
 * @param labels all that the project gives
 */
record ImageLabels(SortedMap<String, String> labels) {

    private static final String PREFIX = "org.opencontainers.image.";

    ImageLabels {
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    }

    /** Those of a request for one platform, with title, version and the base. */
    static ImageLabels of(ImageRequest request, Platform platform, ImageReference name) {
        SortedMap<String, String> labels = new TreeMap<>(request.labels());
        String repository = name.getRepository();
        labels.putIfAbsent(PREFIX + "title", repository.substring(repository.lastIndexOf('/') + 1));
        labels.putIfAbsent(PREFIX + "version", name.getQualifier());
        if (request.base() instanceof BaseImage.Registry base) {
            labels.put(PREFIX + "base.name", base.reference());
            labels.put(PREFIX + "base.digest", base.digest(platform).toString());
        }
        if (request.base() instanceof BaseImage.Local base) {
            labels.put(PREFIX + "base.name", base.image().label());
        }
        return new ImageLabels(labels);
    }

    /** The annotations of the manifest: only keys that the specification knows, as others are for the container. */
    SortedMap<String, String> annotations() {
        SortedMap<String, String> annotations = new TreeMap<>(labels);
        annotations.keySet().removeIf(key -> !key.startsWith(PREFIX));
        return annotations;
    }
}
