package io.github.mlmaven.inspect.scan;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** Bytes on disk: a file, or a part of one. They are read only, and only as many at once as are asked for. */
public final class Content {

    /** Between a file and what is in it, as in the URLs of jars. */
    public static final String WITHIN = "!/";

    private static final int BUFFER = 1 << 16;
    private static final int MAX_READ = 64 << 20;

    private final String place;
    private final Path file;
    private final long offset;
    private final long size;
    /** Whether it is all of a file that lies where its place says. */
    private final boolean own;

    private Content(String place, Path file, long offset, long size, boolean own) {
        this.place = place;
        this.file = file;
        this.offset = offset;
        this.size = size;
        this.own = own;
    }

    /**
     * All of a file.
     *
     * @param place the file relative to the project, with {@code /}, for messages
     */
    public static Content of(Path file, String place) throws IOException {
        return new Content(place, file, 0, Files.size(file), true);
    }

    /** What lies within this content, as it is. */
    public Content part(String entry, long from, long length) {
        if (from < 0 || length < 0 || from > size - length) {
            throw new IllegalArgumentException(from + "+" + length + " is not within " + size);
        }
        return new Content(place + WITHIN + entry, file, offset + from, length, false);
    }

    /** All of a file that holds what was within this content in another form. */
    public Content unpacked(String entry, Path to) throws IOException {
        return new Content(place + WITHIN + entry, to, 0, Files.size(to), false);
    }

    /** The plain file of this name in the same folder; empty for what is in another file. */
    public Optional<Content> sibling(String name) throws IOException {
        Path other = file.resolveSibling(name);
        if (!own || !file.getFileSystem().getPath(name).equals(other.getFileName())) {
            return Optional.empty();
        }
        return Files.isRegularFile(other, LinkOption.NOFOLLOW_LINKS)
                ? Optional.of(of(other, place.substring(0, place.length() - name().length()) + name))
                : Optional.empty();
    }

    /** Where it is, for messages: {@code src/main/model/a.zip!/b.pkl}. */
    public String place() {
        return place;
    }

    /** The last part of its place: {@code b.pkl}. */
    public String name() {
        return place.substring(place.lastIndexOf('/') + 1);
    }

    /** In bytes. */
    public long size() {
        return size;
    }

    /** Its first bytes, as many as there are up to this many. */
    public byte[] head(int most) throws IOException {
        return read(0, (int) Math.min(most, size));
    }

    /**
     * Some of its bytes.
     *
     * @throws IllegalArgumentException when they are not within it, or more than 64 MiB
     * @throws IOException when the file cannot be read, or has become shorter
     */
    public byte[] read(long at, int count) throws IOException {
        if (at < 0 || count < 0 || at > size - count || count > MAX_READ) {
            throw new IllegalArgumentException(at + "+" + count + " is not within " + size);
        }
        ByteBuffer bytes = ByteBuffer.allocate(count);
        try (FileChannel channel = FileChannel.open(file)) {
            while (bytes.hasRemaining()) {
                if (channel.read(bytes, offset + at + bytes.position()) < 0) {
                    throw new EOFException("it changed while it was read");
                }
            }
        }
        return bytes.array();
    }

    /** From its first byte to its last. */
    public InputStream open() throws IOException {
        return open(0);
    }

    /** From a byte of it to its last. */
    public InputStream open(long at) throws IOException {
        if (at < 0 || at > size) {
            throw new IllegalArgumentException(at + " is not within " + size);
        }
        InputStream in = Files.newInputStream(file);
        try {
            in.skipNBytes(offset + at);
        } catch (IOException e) {
            in.close();
            throw e;
        }
        return new BufferedInputStream(new Bounded(in, size - at), BUFFER);
    }

    /** Whether it starts with these bytes. */
    public boolean startsWith(byte[] magic) throws IOException {
        return Arrays.equals(head(magic.length), magic);
    }

    @Override
    public String toString() {
        return place;
    }

    private static final class Bounded extends InputStream {
        private final InputStream in;
        private long left;

        Bounded(InputStream in, long left) {
            this.in = in;
            this.left = left;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int at, int count) throws IOException {
            if (count == 0) {
                return 0;
            }
            if (left == 0) {
                return -1;
            }
            int read = in.read(bytes, at, (int) Math.min(count, left));
            if (read < 0) {
                throw new EOFException("it changed while it was read");
            }
            left -= read;
            return read;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
