package io.github.mlmaven.image;

import java.io.IOException;
import java.nio.file.Path;

/** A base image for one platform that is known to be usable; one implementation for each {@link BaseImage}. */
sealed interface Base permits JdkBase, LocalBase, RegistryBase {

    /** Its layers, and the configuration above them. */
    BaseContents contents(ImageRequest request, ApplicationTree tree, JibBase jib)
            throws ImageException, IOException, InterruptedException;

    /** The {@code java} command on this machine that stands for the base's when the image is tried. */
    Path java();
}
