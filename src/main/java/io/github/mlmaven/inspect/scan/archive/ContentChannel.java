package io.github.mlmaven.inspect.scan.archive;

import io.github.mlmaven.inspect.scan.Content;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;

/** A content for libraries that go to and fro in it. */
final class ContentChannel implements SeekableByteChannel {

    private static final int WINDOW = 1 << 16;

    private final Content content;
    private byte[] window = new byte[0];
    private long windowAt;
    private long position;
    private boolean open = true;

    ContentChannel(Content content) {
        this.content = content;
    }

    @Override
    public int read(ByteBuffer to) throws IOException {
        if (position >= content.size()) {
            return -1;
        }
        if (position < windowAt || position >= windowAt + window.length) {
            window = content.read(position, (int) Math.min(WINDOW, content.size() - position));
            windowAt = position;
        }
        int at = (int) (position - windowAt);
        int count = Math.min(to.remaining(), window.length - at);
        to.put(window, at, count);
        position += count;
        return count;
    }

    @Override
    public int write(ByteBuffer from) {
        throw new NonWritableChannelException();
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public SeekableByteChannel position(long to) throws IOException {
        if (to < 0) {
            throw new IOException("it leads to byte " + to);
        }
        position = to;
        return this;
    }

    @Override
    public long size() {
        return content.size();
    }

    @Override
    public SeekableByteChannel truncate(long size) {
        throw new NonWritableChannelException();
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void close() {
        open = false;
    }
}
