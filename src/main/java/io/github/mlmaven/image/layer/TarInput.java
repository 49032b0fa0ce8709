package io.github.mlmaven.image.layer;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * A tar that somebody else wrote. Long names and other headers are read whole, and a tar can say that one has a gigabyte:
 * of a tar with larger ones than any real tar has, or with more entries, no more is read.
 */
public final class TarInput extends TarArchiveInputStream {

    /** Of all headers between two files. Linux knows no path of more than 4 KiB; attributes may have 64 KiB each. */
    private static final int MAX_HEADERS = 1 << 20;

    /** An image of a whole system has some hundred thousand. */
    private static final int MAX_ENTRIES = 4_000_000;

    /** One file has a header for a long name, for a long link, for attributes, and rarely others. */
    private static final int MAX_DEPTH = 16;

    private int depth;
    private int headers;
    private int entries;

    /** Reads from a stream, names in UTF-8. */
    public TarInput(InputStream in) {
        super(in, StandardCharsets.UTF_8.name());
    }

    @Override
    public TarArchiveEntry getNextEntry() throws IOException {
        // What is left of a file is no header.
        if (getCurrentEntry() != null) {
            transferTo(OutputStream.nullOutputStream());
        }
        if (++entries > MAX_ENTRIES) {
            throw new IOException("a tar of more than " + MAX_ENTRIES + " entries");
        }
        if (depth == 0) {
            headers = 0;
        } else if (depth > MAX_DEPTH) {
            throw new IOException("a tar with more than " + MAX_DEPTH + " headers for one file");
        }
        // It asks for the next one by this method too, when it has read a header that belongs to that.
        depth++;
        try {
            return super.getNextEntry();
        } finally {
            depth--;
        }
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = super.read(bytes, offset, length);
        if (depth > 0 && read > 0) {
            headers += read;
            if (headers > MAX_HEADERS) {
                throw new IOException("a tar with headers of more than " + MAX_HEADERS + " bytes");
            }
        }
        return read;
    }
}
