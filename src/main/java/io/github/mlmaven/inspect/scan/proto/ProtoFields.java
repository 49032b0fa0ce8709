package io.github.mlmaven.inspect.scan.proto;

import io.github.mlmaven.inspect.scan.Content;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * The fields of a message one after the other, and of the messages in it. No length is believed before it is checked
 * against what is left of the message; what is not asked for is skipped.
 *
 * <pre>
 * while (fields.next()) {
 *     switch (fields.field()) { ... }
 * }
 * </pre>
 *
 * @see <a href="https://protobuf.dev/programming-guides/encoding/">Protobuf encoding</a>
 */
public final class ProtoFields implements AutoCloseable {

    /** Levels of messages in messages; protobuf itself reads at most 100. */
    private static final int DEPTH = 100;

    private static final int VARINT = 0;
    private static final int FIXED_64 = 1;
    private static final int BYTES = 2;
    private static final int FIXED_32 = 5;
    /** From here on it is faster to open the file again than to read over it. */
    private static final long FAR = 1 << 20;

    private final Content content;
    private final long[] ends = new long[DEPTH + 1];
    private InputStream in;
    private long position;
    private int depth;

    private int field;
    private int wireType;
    private long start;
    /** A number, or a length. */
    private long value;

    private boolean unread;

    /** At the start of the outermost message. */
    public ProtoFields(Content content) throws IOException {
        this.content = content;
        this.in = content.open();
        this.ends[0] = content.size();
    }

    /** Moves to the next field of the message; at its end leaves it and returns false. */
    public boolean next() throws IOException, NotProtoException {
        if (unread) {
            skip(wireType == BYTES ? value : 0);
            unread = false;
        }
        start = position;
        if (position == ends[depth]) {
            depth = Math.max(0, depth - 1);
            return false;
        }
        long tag = varint();
        field = (int) (tag >>> 3);
        wireType = (int) (tag & 7);
        if (tag >>> 32 != 0 || field == 0) {
            throw new NotProtoException("no field of protobuf", start);
        }
        switch (wireType) {
            case VARINT -> value = varint();
            case FIXED_64 -> value = fixed(8);
            case FIXED_32 -> value = fixed(4);
            case BYTES -> value = length();
            default -> throw new NotProtoException("wire type " + wireType, start);
        }
        unread = true;
        return true;
    }

    /** The number of the field. */
    public int field() {
        return field;
    }

    /** The value of a field of an integer. */
    public long number() throws NotProtoException {
        if (wireType != VARINT) {
            throw new NotProtoException("no number in field " + field, start);
        }
        return value;
    }

    /** Whether the field is of bytes, texts or a message. */
    public boolean isMessage() {
        return wireType == BYTES;
    }

    /** The length of a field of bytes, texts or a message. */
    public long size() throws NotProtoException {
        if (wireType != BYTES) {
            throw new NotProtoException("no bytes in field " + field, start);
        }
        return value;
    }

    /** Where the bytes of such a field are. */
    public long offset() {
        return position;
    }

    /** Goes into the message that the field holds. */
    public void enter() throws NotProtoException {
        long end = position + size();
        if (depth == DEPTH) {
            throw new NotProtoException("more than " + DEPTH + " levels of messages", start);
        }
        ends[++depth] = end;
        unread = false;
    }

    /** A text, of which no more than this many bytes are kept. */
    public String text(int most) throws IOException, NotProtoException {
        long size = size();
        byte[] bytes = in.readNBytes((int) Math.min(most, size));
        position += bytes.length;
        skip(size - bytes.length);
        unread = false;
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private long length() throws IOException, NotProtoException {
        long length = varint();
        if (length < 0 || length > ends[depth] - position) {
            throw new NotProtoException("a field that ends behind its message", start);
        }
        return length;
    }

    private long varint() throws IOException, NotProtoException {
        long number = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int next = one();
            number |= (long) (next & 0x7f) << shift;
            if (next < 0x80) {
                return number;
            }
        }
        throw new NotProtoException("a number of more than 10 bytes", start);
    }

    private long fixed(int width) throws IOException, NotProtoException {
        long number = 0;
        for (int i = 0; i < width; i++) {
            number |= (long) one() << (8 * i);
        }
        return number;
    }

    private int one() throws IOException, NotProtoException {
        if (position == ends[depth]) {
            throw new NotProtoException("a field that ends behind its message", start);
        }
        position++;
        return in.read();
    }

    private void skip(long count) throws IOException {
        position += count;
        if (count < FAR) {
            in.skipNBytes(count);
        } else {
            in.close();
            in = content.open(position);
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
