package io.github.mlmaven.image.layer;

import io.github.mlmaven.model.Digest;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import org.apache.commons.codec.binary.Hex;
import org.apache.commons.codec.digest.DigestUtils;

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
        Meter meter = new Meter(out);
        BufferedOutputStream buffered = new BufferedOutputStream(meter, BUFFER);
        blob.writeTo(buffered);
        buffered.flush();
        return new Measured(new Digest(Hex.encodeHexString(meter.digest.digest())), meter.size);
    }

    private static final class Meter extends FilterOutputStream {
        private final MessageDigest digest = DigestUtils.getSha256Digest();
        private long size;

        Meter(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int b) throws IOException {
            digest.update((byte) b);
            size++;
            out.write(b);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            digest.update(bytes, offset, length);
            size += length;
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            out.flush();
        }
    }
}
