package io.github.mlmaven.image;

import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.FindingId;

/** Reads names of images. */
final class ImageName {

    private ImageName() {}

    /** The name of the image to write. */
    static ImageReference parse(String name) throws ImageException {
        return parse(name, FindingId.IMAGE_NAME, "ml.image.name", "acme/breast-cancer:1.4.0");
    }

    /** The name of a base image. */
    static ImageReference parseBase(String reference) throws ImageException {
        return parse(reference, FindingId.IMAGE_BASE, "ml.image.base", "eclipse-temurin:17-jre");
    }

    private static ImageReference parse(String name, FindingId id, String parameter, String example)
            throws ImageException {
        try {
            return ImageReference.parse(name);
        } catch (InvalidImageReferenceException e) {
            throw new ImageException(Finding.of(
                    id,
                    parameter,
                    "not the name of an image",
                    "[REGISTRY/]NAME[:TAG], the name in lower case",
                    name,
                    "Set " + parameter + ", for example to " + example + "."));
        }
    }
}
