package io.github.mlmaven.inspect.onnx;

import io.github.mlmaven.model.Digest;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import org.apache.commons.codec.binary.Hex;
import org.apache.commons.codec.digest.DigestUtils;

/** Digests and counts every byte that passes, also those that the reader skips. */
final class DigestStream extends FilterInputStream {

    private final MessageDigest digest = DigestUtils.getSha256Digest();
    private final byte[] skipped = new byte[1 << 16];
    private long count;

    DigestStream(InputStream in) {
        super(in);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int read = in.read(target, offset, length);
        if (read > 0) {
            digest.update(target, offset, read);
            count += read;
        }
        return read;
    }

    @Override
    public long skip(long wanted) throws IOException {
        long left = wanted;
        while (left > 0) {
            int read = read(skipped, 0, (int) Math.min(left, skipped.length));
            if (read < 0) {
                break;
            }
            left -= read;
        }
        return wanted - left;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    /** Reads to the end of the file; then the digest is that of the whole file. */
    Digest finish() throws IOException {
        skip(Long.MAX_VALUE);
        return new Digest(Hex.encodeHexString(digest.digest()));
    }

    /** Bytes read so far. */
    long count() {
        return count;
    }
}
