package io.github.mlmaven.image;

import io.github.mlmaven.image.layer.StoredLayer;
import java.io.IOException;
import java.util.List;

/** Where an image goes. */
public interface ImageTarget {

    /**
     * Finds out whether the image can go there, as far as that can be known before there is one.
     *
     * @throws ImageException when it cannot
     */
    void check() throws ImageException, IOException, InterruptedException;

    /**
     * Puts somewhere near what the image will begin with there, so that less is left to do once it is complete. Nothing of
     * it can be seen there.
     *
     * @param models the layers of the models, of an image that may never be complete
     */
    default void ahead(List<StoredLayer> models) throws IOException {}

    /** Takes back what was put near it ahead, as there will be no image. */
    default void giveUp() throws IOException {}

    /**
     * Puts the image there, whole or not at all.
     *
     * @throws ImageException when what is there does not take it
     */
    Placement put(OciImage image) throws ImageException, IOException, InterruptedException;
}
