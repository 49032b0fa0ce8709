package io.github.mlmaven.image;

import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.FindingId;
import java.util.Locale;

/** Names of images. */
public final class ImageName {

    private ImageName() {}

    /**
     * The name of a project's image: coordinates may hold what a reference may not, such as upper case or a plus sign.
     */
    public static String of(String artifactId, String version) {
        String name =
                artifactId.toLowerCase(Locale.ROOT).replaceAll("[._-]{2,}", "-").replaceAll("^[._-]+|[._-]+$", "");
        String tag = version.replaceAll("[^A-Za-z0-9_.-]", "-").replaceAll("^[.-]+", "");
        return (name.isEmpty() ? "model" : name) + ":"
                + (tag.isEmpty() ? "latest" : tag.substring(0, Math.min(128, tag.length())));
    }

    /**
     * Makes sure that a name can be that of an image.
     *
     * @throws ImageException when registries would not accept it
     */
    public static void require(String name) throws ImageException {
        parse(name);
    }

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
