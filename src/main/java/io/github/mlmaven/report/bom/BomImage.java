package io.github.mlmaven.report.bom;

import io.github.mlmaven.image.ImageResult;
import io.github.mlmaven.image.NativeLibrary;
import io.github.mlmaven.image.Platform;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The image that was built.
 *
 * @param result its name, digest, platforms and base
 * @param natives the engine's shared libraries in it, for each platform
 */
public record BomImage(ImageResult result, SortedMap<Platform, List<NativeLibrary>> natives) {
    public BomImage {
        natives = Collections.unmodifiableSortedMap(new TreeMap<>(natives));
    }

    /** What distinguishes what a platform has by itself from what the others have: nothing where there is only one. */
    String mark(Platform platform) {
        return result.images().size() > 1 ? ":" + platform : "";
    }
}
