package io.github.mlmaven.image.layer;

import io.github.mlmaven.model.Digest;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import org.apache.commons.codec.binary.Hex;
import org.apache.commons.codec.digest.DigestUtils;

/** Measures what is read from it, also what its reader skips. */
public final class MeasuringInput extends FilterInputStream {

    private static final int BUFFER = 1 << 16;

    private final MessageDigest digest = DigestUtils.getSha256Digest();
    private long size;

    /** Measures a stream from where it is. */
    public MeasuringInput(InputStream in) {
        super(in);
    }

    /** Reads the rest, and tells what is known of all. */
    public Measured toEnd() throws IOException {
        byte[] bytes = new byte[BUFFER];
        while (read(bytes, 0, BUFFER) >= 0) {
            // Measured while it is read.
        }
        return new Measured(new Digest(Hex.encodeHexString(digest.digest())), size);
    }

    @Override
    public int read() throws IOException {
        int b = in.read();
        if (b >= 0) {
            digest.update((byte) b);
            size++;
        }
        return b;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = in.read(bytes, offset, length);
        if (read > 0) {
            digest.update(bytes, offset, read);
            size += read;
        }
        return read;
    }

    @Override
    public long skip(long n) throws IOException {
        byte[] bytes = new byte[BUFFER];
        return Math.max(0, read(bytes, 0, (int) Math.min(n, BUFFER)));
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
