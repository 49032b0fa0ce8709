package io.github.mlmaven.report.bom;

import io.github.mlmaven.image.ImageResult;
import io.github.mlmaven.image.NativeLibrary;
import java.util.List;

/**
 * The image that was built.
 *
 * @param result its name, digest, platform and base
 * @param natives the engine's shared libraries in it
 */
public record BomImage(ImageResult result, List<NativeLibrary> natives) {
    public BomImage {
        natives = List.copyOf(natives);
    }
}
