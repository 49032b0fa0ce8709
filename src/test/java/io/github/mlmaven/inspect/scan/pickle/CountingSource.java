package io.github.mlmaven.inspect.scan.pickle;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/** Bytes in memory that count how many of them are read. */
final class CountingSource implements Source {

    private final byte[] bytes;
    private final AtomicLong read;

    CountingSource(byte[] bytes) {
        this(bytes, new AtomicLong());
    }

    private CountingSource(byte[] bytes, AtomicLong read) {
        this.bytes = bytes;
        this.read = read;
    }

    long read() {
        return read.get();
    }

    @Override
    public long size() {
        return bytes.length;
    }

    @Override
    public Source part(long from, long length) {
        return new CountingSource(Arrays.copyOfRange(bytes, (int) from, (int) (from + length)), read);
    }

    @Override
    public InputStream open(long at) {
        return new FilterInputStream(new ByteArrayInputStream(bytes, (int) at, bytes.length - (int) at)) {
            @Override
            public int read() throws IOException {
                read.incrementAndGet();
                return super.read();
            }

            @Override
            public int read(byte[] to, int offset, int length) throws IOException {
                read.addAndGet(length);
                return super.read(to, offset, length);
            }
        };
    }
}
