package io.github.mlmaven.embed;

import io.github.mlmaven.model.ModelFile;
import io.github.mlmaven.verify.VerifiedModel;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Where the files of a project's models are beside its classes. */
public enum Placement {
    /** In the project's jar. */
    JAR,
    /** In the folder {@code model} beside the jar. */
    FILE;

    /** Bytes of all models from which on a jar is no place for them: it compresses what does not compress. */
    public static final long LARGE = 64 << 20;

    /** The placement of that name; empty when there is none. */
    public static Optional<Placement> of(String name) {
        for (Placement placement : values()) {
            if (placement.toString().equals(name)) {
                return Optional.of(placement);
            }
        }
        return Optional.empty();
    }

    /** The placement of models that nobody chose one for. */
    public static Placement of(List<VerifiedModel> models) {
        long bytes = models.stream()
                .flatMap(model -> model.inspected().files().stream())
                .mapToLong(ModelFile::size)
                .sum();
        return bytes > LARGE ? FILE : JAR;
    }

    /** Its name in a configuration. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
