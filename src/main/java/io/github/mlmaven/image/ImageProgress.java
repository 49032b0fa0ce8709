package io.github.mlmaven.image;

import java.io.OutputStream;

/** Who watches while many bytes are written. */
@FunctionalInterface
public interface ImageProgress {

    /** Nobody watches. */
    ImageProgress NONE = (what, total, out) -> out;

    /**
     * Watches a stream.
     *
     * @param what what is done, for people
     * @param total the bytes that will go by, about
     * @param out where they go
     * @return what to write to instead; it need not be closed
     */
    OutputStream watch(String what, long total, OutputStream out);
}
