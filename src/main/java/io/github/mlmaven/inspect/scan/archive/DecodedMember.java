package io.github.mlmaven.inspect.scan.archive;

import io.github.mlmaven.inspect.scan.Content;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream that a library unpacks, which reads no byte more than it needs. */
final class DecodedMember extends Member {

    /** Of a library. */
    @FunctionalInterface
    interface Decoder {
        InputStream decode(InputStream packed) throws IOException;
    }

    private final long from;
    private final Counted packed;
    private final InputStream decoded;

    DecodedMember(Content content, long from, Decoder decoder) throws IOException {
        this.from = from;
        packed = new Counted(content.open(from));
        try {
            decoded = decoder.decode(packed);
        } catch (IOException | RuntimeException e) {
            packed.close();
            throw e;
        }
    }

    @Override
    public int read(byte[] bytes, int at, int count) throws IOException {
        return decoded.read(bytes, at, count);
    }

    @Override
    long end() {
        return from + packed.count;
    }

    @Override
    public void close() throws IOException {
        try {
            decoded.close();
        } finally {
            packed.close();
        }
    }

    private static final class Counted extends FilterInputStream {
        private long count;

        Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int read = in.read();
            count += read < 0 ? 0 : 1;
            return read;
        }

        @Override
        public int read(byte[] bytes, int at, int length) throws IOException {
            int read = in.read(bytes, at, length);
            count += Math.max(0, read);
            return read;
        }

        @Override
        public long skip(long length) throws IOException {
            long skipped = in.skip(length);
            count += skipped;
            return skipped;
        }

        @Override
        public boolean markSupported() {
            return false;
        }
    }
}
