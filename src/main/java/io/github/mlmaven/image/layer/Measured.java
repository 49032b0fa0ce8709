package io.github.mlmaven.image.layer;

import io.github.mlmaven.model.Digest;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.commons.codec.binary.Hex;

/**
 * What is known of bytes that went by.
 *
 * @param digest of all of them
 * @param size their number
 */
public record Measured(Digest digest, long size) {

    private static final int BUFFER = 1 << 16;

    /** Measures a blob. */
    public static Measured of(Blob blob) throws IOException {
        return tee(blob, OutputStream.nullOutputStream());
    }

    /** Writes a blob, and measures it. */
    public static Measured tee(Blob blob, OutputStream out) throws IOException {
        HashingStream hashing = new HashingStream(out);
        BufferedOutputStream buffered = new BufferedOutputStream(hashing, BUFFER);
        blob.writeTo(buffered);
        buffered.flush();
        return new Measured(new Digest(Hex.encodeHexString(hashing.digest())), hashing.size());
    }
}
