package io.github.mlmaven.inspect.scan.read;

import io.github.mlmaven.inspect.scan.Content;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Reads a content from its start on. It knows at each byte how many are left, so that no length is believed before it
 * is checked; what is skipped is not read.
 */
public final class ByteReader {

    private static final int WINDOW = 1 << 14;

    private final Content content;
    private ByteOrder order = ByteOrder.LITTLE_ENDIAN;
    private byte[] window = new byte[0];
    private long windowStart;
    private long position;

    /** Little-endian. */
    public ByteReader(Content content) {
        this.content = content;
    }

    /** Changes how the numbers that follow are written. */
    public void order(ByteOrder next) {
        this.order = next;
    }

    /** Bytes before here. */
    public long position() {
        return position;
    }

    /** Bytes from here to the end. */
    public long left() {
        return content.size() - position;
    }

    /** Goes back, or forth, to a byte that is there. */
    public void seek(long to) throws MalformedException {
        if (to < 0 || to > content.size()) {
            throw truncated(to);
        }
        position = to;
    }

    /** Passes over bytes. */
    public void skip(long count) throws MalformedException {
        require(count);
        position += count;
    }

    /** An unsigned byte. */
    public int u8() throws IOException, MalformedException {
        return (int) number(1);
    }

    /** An unsigned number of two bytes. */
    public int u16() throws IOException, MalformedException {
        return (int) number(2);
    }

    /** An unsigned number of four bytes. */
    public long u32() throws IOException, MalformedException {
        return number(4);
    }

    /** A number of eight bytes. */
    public long i64() throws IOException, MalformedException {
        return number(8);
    }

    /** Protobuf's variable-length number, of at most ten bytes; protobuf.dev/programming-guides/encoding. */
    public long varint() throws IOException, MalformedException {
        long value = 0;
        for (int shift = 0; shift < 70; shift += 7) {
            int next = u8();
            value |= (next & 0x7FL) << shift;
            if (next < 0x80) {
                return value;
            }
        }
        throw MalformedException.corrupt("a number is too long at byte " + (position - 10), "at most 10 bytes", "more");
    }

    /** Bytes as they are; the caller bounds how many. */
    public byte[] bytes(int count) throws IOException, MalformedException {
        require(count);
        byte[] bytes = content.read(position, count);
        position += count;
        return bytes;
    }

    /** UTF-8; the caller bounds how many bytes. */
    public String text(int count) throws IOException, MalformedException {
        require(count);
        byte[] from = window;
        int at = (int) Math.min(Integer.MAX_VALUE, position - windowStart);
        if (position < windowStart || at + (long) count > window.length) {
            if (count > WINDOW) {
                from = content.read(position, count);
                at = 0;
            } else {
                refill();
                from = window;
                at = 0;
            }
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(from, at, count))
                    .toString();
            position += count;
            return text;
        } catch (CharacterCodingException e) {
            throw MalformedException.corrupt("a name is not text at byte " + position, "UTF-8", "other bytes");
        }
    }

    private long number(int width) throws IOException, MalformedException {
        require(width);
        if (position < windowStart || position + width > windowStart + window.length) {
            refill();
        }
        int at = (int) (position - windowStart);
        long value = 0;
        for (int i = 0; i < width; i++) {
            int next = order == ByteOrder.BIG_ENDIAN ? at + i : at + width - 1 - i;
            value = value << 8 | (window[next] & 0xFF);
        }
        position += width;
        return value;
    }

    private void refill() throws IOException {
        window = content.read(position, (int) Math.min(WINDOW, left()));
        windowStart = position;
    }

    private void require(long count) throws MalformedException {
        if (count < 0 || count > left()) {
            throw truncated(count < 0 ? Long.MAX_VALUE : position + count);
        }
    }

    private MalformedException truncated(long end) {
        String expected =
                end < 0 || end == Long.MAX_VALUE ? "more bytes than can be counted" : "at least " + end + " bytes";
        return MalformedException.truncated(expected, content.size() + " bytes");
    }
}
