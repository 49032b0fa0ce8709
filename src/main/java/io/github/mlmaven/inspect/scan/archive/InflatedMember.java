package io.github.mlmaven.inspect.scan.archive;

import io.github.mlmaven.inspect.scan.Content;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/** A stream of deflate (RFC 1951), or of zlib (RFC 1950), whose checksum is verified. */
final class InflatedMember extends Member {

    private final long from;
    private final InputStream in;
    private final Inflater inflater;
    private final byte[] buffer = new byte[1 << 13];
    private @Nullable DataFormatException broken;

    /**
     * From a byte of a content on.
     *
     * @param bare whether it has no header and checksum of zlib around it
     */
    InflatedMember(Content content, long from, boolean bare) throws IOException {
        this.from = from;
        in = content.open(from);
        inflater = new Inflater(bare);
    }

    @Override
    public int read(byte[] bytes, int at, int count) throws IOException {
        if (count == 0) {
            return 0;
        }
        for (int read = 0; read >= 0; ) {
            int inflated = inflate(bytes, at, count);
            if (inflated > 0) {
                return inflated;
            }
            if (inflater.finished()) {
                return -1;
            }
            if (inflater.needsDictionary()) {
                throw new IOException("it needs a dictionary that is not there");
            }
            read = in.read(buffer);
            inflater.setInput(buffer, 0, Math.max(0, read));
        }
        throw new EOFException("it ends early");
    }

    /** What was inflated before the data broke is there as well, and somebody may run it; the failure comes after it. */
    private int inflate(byte[] bytes, int at, int count) throws IOException {
        if (broken != null) {
            throw new IOException(broken.getMessage(), broken);
        }
        long before = inflater.getBytesWritten();
        try {
            return inflater.inflate(bytes, at, count);
        } catch (DataFormatException e) {
            broken = e;
            int inflated = (int) (inflater.getBytesWritten() - before);
            return inflated > 0 ? inflated : inflate(bytes, at, count);
        }
    }

    @Override
    long end() {
        return from + inflater.getBytesRead();
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        in.close();
    }
}
