package io.github.mlmaven.image.layer;

import io.github.mlmaven.model.Digest;
import java.io.IOException;
import java.io.OutputStream;

/**
 * A layer as an image stores it.
 *
 * @param name what it holds, for people
 * @param mediaType of what is stored, by the OCI image specification
 * @param digest of what is stored
 * @param size bytes of what is stored
 * @param diffId digest of the tar
 * @param tarSize bytes of the tar
 * @param blob what is stored
 */
public record StoredLayer(
        String name, String mediaType, Digest digest, long size, Digest diffId, long tarSize, Blob blob) {

    /**
     * Writes what is stored, and leaves the stream open.
     *
     * @throws ChangedLayerException when what was written has another digest
     */
    public Measured write(OutputStream out) throws IOException {
        Measured written = Measured.tee(blob, out);
        if (!written.digest().equals(digest)) {
            throw new ChangedLayerException(name);
        }
        return written;
    }
}
