package io.github.mlmaven.inspect.scan.pickle;

import io.github.mlmaven.inspect.scan.pickle.PickleException.Reason;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;

/** Reads the arguments of opcodes. What is skipped is never read, so that large strings cost nothing. */
final class PickleInput implements Closeable {

    /** Lines that are longer are kept only up to here. */
    static final int LINE = 1 << 20;

    private static final int FAR = 1 << 17;

    private final Source source;
    private final long base;
    private InputStream in;
    private long position;
    private long lineLength;

    /**
     * From its first byte.
     *
     * @param base where that is in the file, for messages
     */
    PickleInput(Source source, long base) throws IOException {
        this.source = source;
        this.base = base;
        this.in = source.open(0);
    }

    Source source() {
        return source;
    }

    long base() {
        return base;
    }

    /** Of the next byte, within the source. */
    long position() {
        return position;
    }

    long left() {
        return source.size() - position;
    }

    int next() throws IOException, PickleException {
        if (left() == 0) {
            throw truncated();
        }
        position++;
        return in.read();
    }

    /** A little-endian number of up to seven bytes. */
    long unsigned(int bytes) throws IOException, PickleException {
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            value |= (long) next() << (8 * i);
        }
        return value;
    }

    int signed() throws IOException, PickleException {
        return (int) unsigned(4);
    }

    /** A length of eight bytes, which may be larger than a long. */
    long length() throws IOException, PickleException {
        byte[] bytes = bytes(8);
        byte[] bigEndian = new byte[8];
        for (int i = 0; i < 8; i++) {
            bigEndian[i] = bytes[7 - i];
        }
        BigInteger value = new BigInteger(1, bigEndian);
        return value.bitLength() > 63 ? Long.MAX_VALUE : value.longValue();
    }

    byte[] bytes(int count) throws IOException, PickleException {
        if (count > left()) {
            skip(left());
            throw truncated();
        }
        position += count;
        return in.readNBytes(count);
    }

    void skip(long count) throws IOException, PickleException {
        if (count > left()) {
            skip(left());
            throw truncated();
        }
        position += count;
        if (count < FAR) {
            in.skipNBytes(count);
        } else {
            in.close();
            in = source.open(position);
        }
    }

    /** Up to the end of the line, which is not part of it. */
    byte[] line() throws IOException, PickleException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        lineLength = 0;
        for (int next = next(); next != '\n'; next = next()) {
            if (++lineLength <= LINE) {
                line.write(next);
            }
        }
        return line.toByteArray();
    }

    /** Whether all of the last line was kept. */
    boolean isLineWhole() {
        return lineLength <= LINE;
    }

    private static PickleException truncated() {
        return new PickleException(Reason.TRUNCATED, "it ends before its STOP");
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
