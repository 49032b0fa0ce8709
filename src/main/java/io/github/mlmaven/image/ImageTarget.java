package io.github.mlmaven.image;

import java.io.IOException;

/** Where an image goes. */
public interface ImageTarget {

    /**
     * Finds out whether the image can go there, as far as that can be known before there is one.
     *
     * @throws ImageException when it cannot
     */
    void check() throws ImageException, IOException, InterruptedException;

    /**
     * Puts the image there, whole or not at all.
     *
     * @throws ImageException when what is there does not take it
     */
    Placement put(OciImage image) throws ImageException, IOException, InterruptedException;
}
