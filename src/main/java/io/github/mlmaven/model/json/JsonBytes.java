package io.github.mlmaven.model.json;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/** JSON being written, in memory of the caller's that grows. */
public final class JsonBytes {

    /** Of ten, all that a long holds. */
    private static final long[] POWERS = powers();

    private static final int MAX = Integer.MAX_VALUE - 8;

    private final ElementMemory memory;
    private ByteBuffer buffer;
    private int length;

    /**
     * Writes into such memory; what it has outgrown stays with its owner until that frees all.
     *
     * @param expected about so many bytes will be written
     */
    public JsonBytes(ElementMemory memory, int expected) {
        this.memory = memory;
        this.buffer = memory.allocate(Math.max(64, expected));
    }

    /** How much has been written. */
    public int length() {
        return length;
    }

    /** What has been written, without a copy. */
    public ByteBuffer bytes() {
        return buffer.slice(0, length);
    }

    /** Where the general generator writes to. */
    public OutputStream stream() {
        return new OutputStream() {
            @Override
            public void write(int one) {
                raw((char) (one & 0xFF));
            }

            @Override
            public void write(byte[] bytes, int offset, int count) {
                raw(bytes, offset, count);
            }
        };
    }

    /** Characters of ASCII as they are. */
    public JsonBytes raw(String ascii) {
        int size = ascii.length();
        reserve(size);
        for (int i = 0; i < size; i++) {
            buffer.put(length + i, (byte) ascii.charAt(i));
        }
        length += size;
        return this;
    }

    /** All that remains. */
    public JsonBytes raw(ByteBuffer bytes) {
        int size = bytes.remaining();
        reserve(size);
        buffer.put(length, bytes, bytes.position(), size);
        length += size;
        return this;
    }

    private void raw(byte[] bytes, int offset, int count) {
        reserve(count);
        buffer.put(length, bytes, offset, count);
        length += count;
    }

    /** One character of ASCII. */
    public JsonBytes raw(char ascii) {
        reserve(1);
        buffer.put(length++, (byte) ascii);
        return this;
    }

    /** A string, quoted. */
    public JsonBytes text(String text) {
        byte[] quoted = JsonStringEncoder.getInstance().quoteAsUTF8(text);
        reserve(quoted.length + 2);
        buffer.put(length++, (byte) '"');
        raw(quoted, 0, quoted.length);
        buffer.put(length++, (byte) '"');
        return this;
    }

    /** A whole number. */
    public JsonBytes number(long value) {
        if (value == Long.MIN_VALUE) {
            return raw("-9223372036854775808");
        }
        reserve(20);
        if (value < 0) {
            buffer.put(length++, (byte) '-');
        }
        digits(Math.abs(value), 1);
        return this;
    }

    /** {@code digits} divided by 10^{@code decimals}, with at least one decimal. */
    void decimal(boolean negative, long digits, int decimals) {
        reserve(32);
        if (negative) {
            buffer.put(length++, (byte) '-');
        }
        if (decimals <= 0) {
            digits(digits * POWERS[-decimals], 1);
            buffer.put(length++, (byte) '.');
            buffer.put(length++, (byte) '0');
        } else {
            long power = POWERS[decimals];
            long whole = digits / power;
            digits(whole, 1);
            buffer.put(length++, (byte) '.');
            digits(digits - whole * power, decimals);
        }
    }

    /** With zeros before them up to this count; there is room. */
    private void digits(long value, int least) {
        int count = least;
        while (count < POWERS.length && value >= POWERS[count]) {
            count++;
        }
        long rest = value;
        for (int i = length + count - 1; i >= length; i--) {
            long tenth = rest / 10;
            buffer.put(i, (byte) ('0' + (rest - tenth * 10)));
            rest = tenth;
        }
        length += count;
    }

    private void reserve(int more) {
        if (buffer.limit() - length < more) {
            int least = Math.addExact(length, more);
            ByteBuffer larger = memory.allocate((int) Math.min(Math.max(buffer.limit() * 2L, least), MAX));
            larger.put(0, buffer, 0, length);
            buffer = larger;
        }
    }

    private static long[] powers() {
        long[] powers = new long[19];
        powers[0] = 1;
        for (int i = 1; i < powers.length; i++) {
            powers[i] = powers[i - 1] * 10;
        }
        return powers;
    }
}
