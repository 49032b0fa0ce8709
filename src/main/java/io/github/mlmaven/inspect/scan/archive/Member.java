package io.github.mlmaven.inspect.scan.archive;

import java.io.IOException;
import java.io.InputStream;

/** One compressed stream, unpacked. */
abstract class Member extends InputStream {

    /** Where it ended, within what it was packed in; only after it was read to its end, and before it is closed. */
    abstract long end();

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public abstract int read(byte[] bytes, int at, int count) throws IOException;
}
