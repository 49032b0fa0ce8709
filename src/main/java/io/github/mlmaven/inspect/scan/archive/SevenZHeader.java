package io.github.mlmaven.inspect.scan.archive;

import io.github.mlmaven.inspect.scan.Content;
import java.io.IOException;

/**
 * How large the header of a 7z archive is, which may itself be packed (7zFormat.txt of the LZMA SDK, "EncodedHeader").
 * The library unpacks it into memory whatever its size; so this is asked first.
 */
final class SevenZHeader {

    static final int LARGEST = 8 << 20;

    private static final int START = 32;
    private static final int ENCODED_HEADER = 0x17;
    private static final int PACK_INFO = 0x06;
    private static final int UNPACK_INFO = 0x07;
    private static final int SIZES = 0x09;
    private static final int CRC = 0x0A;
    private static final int FOLDER = 0x0B;
    private static final int CODERS_UNPACK_SIZE = 0x0C;

    private final byte[] bytes;
    private int at;

    private SevenZHeader(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Of the archive with its header at its end, or -1 when there is no such place in the content. */
    static long end(Content content) throws IOException {
        if (content.size() < START) {
            return -1;
        }
        byte[] start = content.head(START);
        long offset = Little.i64(start, 12);
        long size = Little.i64(start, 20);
        long most = content.size() - START;
        boolean isWithin = offset >= 0 && size >= 0 && offset <= most && size <= most - offset;
        return isWithin ? START + offset + size : -1;
    }

    /** Whether the library may read it. */
    static boolean isSmall(Content content) throws IOException {
        long end = end(content);
        if (end < 0) {
            return true;
        }
        long size = Little.i64(content.head(START), 20);
        if (size > LARGEST) {
            return false;
        }
        byte[] header = content.read(end - size, (int) size);
        if (header.length == 0 || header[0] != ENCODED_HEADER) {
            return true;
        }
        try {
            return new SevenZHeader(header).largestUnpacked() <= LARGEST;
        } catch (ArrayIndexOutOfBoundsException e) {
            return false;
        }
    }

    private long largestUnpacked() {
        at = 1;
        int id = next();
        if (id == PACK_INFO) {
            number();
            long streams = number();
            for (id = next(); id != 0; id = next()) {
                if (id == SIZES) {
                    numbers(streams);
                } else if (id == CRC) {
                    digests(streams);
                } else {
                    return Long.MAX_VALUE;
                }
            }
            id = next();
        }
        if (id != UNPACK_INFO || next() != FOLDER) {
            return Long.MAX_VALUE;
        }
        long folders = number();
        long outputs = 0;
        if (next() != 0) {
            return Long.MAX_VALUE;
        }
        for (long i = 0; i < folders; i++) {
            outputs += folder();
        }
        return next() == CODERS_UNPACK_SIZE ? numbers(outputs) : Long.MAX_VALUE;
    }

    /** How many streams come out of its coders. */
    private long folder() {
        long coders = number();
        long inputs = 0;
        long outputs = 0;
        for (long i = 0; i < coders; i++) {
            int flags = next();
            at += flags & 0xF;
            inputs += (flags & 0x10) == 0 ? 1 : number();
            outputs += (flags & 0x10) == 0 ? 1 : number();
            if ((flags & 0x20) != 0) {
                at = (int) Math.min(bytes.length, at + Math.max(0, number()));
            }
        }
        long pairs = outputs - 1;
        numbers(2 * pairs);
        long packed = inputs - pairs;
        if (packed > 1) {
            numbers(packed);
        }
        return outputs;
    }

    private void digests(long streams) {
        if (next() == 0) {
            throw new ArrayIndexOutOfBoundsException("digests of some streams only, which no writer of headers has");
        }
        at = (int) Math.min(bytes.length, at + 4 * Math.min(streams, bytes.length));
    }

    /** So many, of which the largest counts. */
    private long numbers(long count) {
        long largest = 0;
        for (long i = 0; i < count; i++) {
            long number = number();
            largest = number < 0 ? Long.MAX_VALUE : Math.max(largest, number);
        }
        return largest;
    }

    /** The number of leading ones in the first byte tells how many bytes follow. */
    private long number() {
        int first = next();
        long number = 0;
        int mask = 0x80;
        for (int i = 0; i < 8; i++) {
            if ((first & mask) == 0) {
                return number | (long) (first & (mask - 1)) << (8 * i);
            }
            number |= (long) next() << (8 * i);
            mask >>>= 1;
        }
        return number;
    }

    private int next() {
        return bytes[at++] & 0xFF;
    }
}
