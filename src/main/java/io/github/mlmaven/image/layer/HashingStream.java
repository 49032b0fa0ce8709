package io.github.mlmaven.image.layer;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Hands bytes on, and finds out their digest and number. Of many bytes, one part is hashed while the next is read and
 * written: hashing a gigabyte takes as long as both.
 */
final class HashingStream extends OutputStream {

    /** So much is hashed at once; what is smaller is not worth another thread. */
    private static final int PART = 1 << 20;

    private final OutputStream out;
    private final MessageDigest digest = DigestUtils.getSha256Digest();
    private byte[] part = {};
    private byte[] other = {};
    private int filled;
    private long size;
    private CompletableFuture<Void> hashing = CompletableFuture.completedFuture(null);

    HashingStream(OutputStream out) {
        this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (size + length <= PART) {
            digest.update(bytes, offset, length);
        } else {
            fill(bytes, offset, length);
        }
        size += length;
        out.write(bytes, offset, length);
    }

    private void fill(byte[] bytes, int offset, int length) throws IOException {
        if (part.length == 0) {
            part = new byte[PART];
            other = new byte[PART];
        }
        int from = offset;
        int left = length;
        while (left > 0) {
            int count = Math.min(left, PART - filled);
            System.arraycopy(bytes, from, part, filled, count);
            filled += count;
            from += count;
            left -= count;
            if (filled == PART) {
                hash();
            }
        }
    }

    private void hash() throws IOException {
        await();
        byte[] full = part;
        hashing = CompletableFuture.runAsync(() -> digest.update(full));
        part = other;
        other = full;
        filled = 0;
    }

    private void await() throws IOException {
        try {
            hashing.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while a digest was found out");
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    /** What is known of all that was written; nothing can be written any more. */
    byte[] digest() throws IOException {
        await();
        digest.update(part, 0, filled);
        return digest.digest();
    }

    long size() {
        return size;
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    /** The stream that everything is handed on to stays open. */
    @Override
    public void close() throws IOException {
        out.flush();
    }
}
