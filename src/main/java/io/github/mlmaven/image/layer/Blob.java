package io.github.mlmaven.image.layer;

import java.io.IOException;
import java.io.OutputStream;

/** Bytes that can be written, as often as needed and always the same. */
@FunctionalInterface
public interface Blob {
    /** Writes all of them; leaves the stream open. */
    void writeTo(OutputStream out) throws IOException;
}
