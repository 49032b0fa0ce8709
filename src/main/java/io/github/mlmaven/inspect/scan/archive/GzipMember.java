package io.github.mlmaven.inspect.scan.archive;

import io.github.mlmaven.inspect.scan.Content;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;

/**
 * A member of a gzip file (RFC 1952). The library's reader keeps names of any length in memory, and the JDK's does not
 * tell where a member ends.
 */
final class GzipMember extends Member {

    private static final int HEADER = 10;
    private static final int TRAILER = 8;
    private static final int LONGEST_TEXT = 1 << 16;

    private final Content content;
    private final InflatedMember inflated;
    private final CRC32 crc = new CRC32();
    private long size;

    GzipMember(Content content, long from) throws IOException {
        this.content = content;
        inflated = new InflatedMember(content, from + header(content, from), true);
    }

    /** RFC 1952, 2.3: ten bytes, then what the flags announce. */
    private static long header(Content content, long from) throws IOException {
        try (InputStream in = content.open(from)) {
            byte[] fixed = in.readNBytes(HEADER);
            if (fixed.length < HEADER) {
                throw new EOFException("it ends early");
            }
            int flags = fixed[3];
            long length = HEADER;
            if ((flags & 4) != 0) {
                int extra = in.read() | in.read() << 8;
                if (extra < 0) {
                    throw new EOFException("it ends early");
                }
                in.skipNBytes(extra);
                length += 2 + extra;
            }
            length += (flags & 8) != 0 ? text(in) : 0;
            length += (flags & 16) != 0 ? text(in) : 0;
            return length + ((flags & 2) != 0 ? 2 : 0);
        }
    }

    private static int text(InputStream in) throws IOException {
        for (int length = 1; length <= LONGEST_TEXT; length++) {
            int read = in.read();
            if (read < 0) {
                throw new EOFException("it ends early");
            }
            if (read == 0) {
                return length;
            }
        }
        throw new IOException("a name of more than " + LONGEST_TEXT + " bytes");
    }

    @Override
    public int read(byte[] bytes, int at, int count) throws IOException {
        int read = inflated.read(bytes, at, count);
        if (read < 0) {
            verify();
        } else {
            crc.update(bytes, at, read);
            size += read;
        }
        return read;
    }

    private void verify() throws IOException {
        long end = inflated.end();
        if (end > content.size() - TRAILER) {
            throw new EOFException("it ends early");
        }
        byte[] trailer = content.read(end, TRAILER);
        if (Little.u32(trailer, 0) != crc.getValue() || Little.u32(trailer, 4) != (size & 0xFFFF_FFFFL)) {
            throw new IOException("its checksum is another");
        }
    }

    @Override
    long end() {
        return inflated.end() + TRAILER;
    }

    @Override
    public void close() throws IOException {
        inflated.close();
    }
}
