package io.github.mlmaven.image;

import io.github.mlmaven.model.Digest;
import java.util.List;

/** What was made and put somewhere, whatever is in it. */
public interface PlacedImage {

    /** Its name with tag. */
    String name();

    /** The digest of its manifest, or of the index where it is for several platforms. */
    Digest digest();

    /** Where it was put. */
    List<Placement> placements();

    /** Where it is in registries. */
    default List<Placement.Registry> pushed() {
        return placements().stream()
                .filter(Placement.Registry.class::isInstance)
                .map(Placement.Registry.class::cast)
                .toList();
    }
}
