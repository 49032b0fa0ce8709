package io.github.mlmaven.image.layer;

import java.io.IOException;

/** A layer has other bytes than when its digest was found out: somebody changes files while the image is written. */
public final class ChangedLayerException extends IOException {

    private static final long serialVersionUID = 1L;
    private final String layer;

    /** Of the layer with this name. */
    public ChangedLayerException(String layer) {
        super("layer " + layer + " changed while it was written");
        this.layer = layer;
    }

    /** The layer's name. */
    public String layer() {
        return layer;
    }
}
