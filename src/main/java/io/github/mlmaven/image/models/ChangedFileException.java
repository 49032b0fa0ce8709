package io.github.mlmaven.image.models;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.image.ImageException;
import java.io.IOException;

/** A model's file that is not what was verified, found out while it was read. */
public final class ChangedFileException extends IOException {

    private static final long serialVersionUID = 1L;

    private final transient Finding finding;

    ChangedFileException(String place, String expected, String found) {
        super(place + " changed after it was verified");
        this.finding = ImageException.changedFile(place, expected, found);
    }

    /** The same for whoever asked for an image. */
    public ImageException asImageException() {
        return new ImageException(finding);
    }
}
