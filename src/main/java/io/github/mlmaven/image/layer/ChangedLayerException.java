package io.github.mlmaven.image.layer;

import java.io.IOException;

/** A layer has other bytes than when its digest was found out: somebody changes files while the image is written. */
public sealed class ChangedLayerException extends IOException permits ChangedFileException {

    private static final long serialVersionUID = 1L;
    private final String layer;

    /** Of the layer with this name. */
    public ChangedLayerException(String layer) {
        this(layer, "layer " + layer + " changed while it was written");
    }

    ChangedLayerException(String layer, String message) {
        super(message);
        this.layer = layer;
    }

    /** The layer's name. */
    public final String layer() {
        return layer;
    }
}
