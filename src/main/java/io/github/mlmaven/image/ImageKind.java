package io.github.mlmaven.image;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What is built of the verified models. */
public enum ImageKind {
    /** An image that runs the server. */
    SERVER,
    /** An image that holds the models and nothing else, to be mounted beside a server. */
    MODELCAR,
    /** An OCI artifact as the ModelPack specification describes it. */
    MODELPACK;

    /** The kind of this name, as {@code ml.image.kind} takes it. */
    public static Optional<ImageKind> of(String name) {
        return Arrays.stream(values()).filter(k -> k.toString().equals(name)).findFirst();
    }

    /** The name in parameters and reports: {@code modelcar}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
