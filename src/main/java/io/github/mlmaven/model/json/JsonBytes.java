package io.github.mlmaven.model.json;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** JSON being written, in an array that grows. */
public final class JsonBytes {

    /** Of ten, all that a long holds. */
    private static final long[] POWERS = powers();

    private byte[] array;
    private int length;

    /** @param expected about so many bytes will be written */
    public JsonBytes(int expected) {
        this.array = new byte[Math.max(64, expected)];
    }

    /** How much has been written. */
    public int length() {
        return length;
    }

    /** What has been written, without a copy. */
    public ByteBuffer bytes() {
        return ByteBuffer.wrap(array, 0, length);
    }

    /** Characters of ASCII as they are. */
    public JsonBytes raw(String ascii) {
        int size = ascii.length();
        reserve(size);
        for (int i = 0; i < size; i++) {
            array[length + i] = (byte) ascii.charAt(i);
        }
        length += size;
        return this;
    }

    /** All that remains. */
    public JsonBytes raw(ByteBuffer bytes) {
        int size = bytes.remaining();
        reserve(size);
        bytes.get(array, length, size);
        length += size;
        return this;
    }

    /** One character of ASCII. */
    public JsonBytes raw(char ascii) {
        reserve(1);
        array[length++] = (byte) ascii;
        return this;
    }

    /** A string, quoted. */
    public JsonBytes text(String text) {
        byte[] quoted = JsonStringEncoder.getInstance().quoteAsUTF8(text);
        reserve(quoted.length + 2);
        array[length++] = '"';
        System.arraycopy(quoted, 0, array, length, quoted.length);
        length += quoted.length;
        array[length++] = '"';
        return this;
    }

    /** A whole number. */
    public JsonBytes number(long value) {
        if (value == Long.MIN_VALUE) {
            return raw("-9223372036854775808");
        }
        reserve(20);
        if (value < 0) {
            array[length++] = '-';
        }
        digits(Math.abs(value), 1);
        return this;
    }

    /** {@code digits} divided by 10^{@code decimals}, with at least one decimal. */
    void decimal(boolean negative, long digits, int decimals) {
        reserve(32);
        if (negative) {
            array[length++] = '-';
        }
        if (decimals <= 0) {
            digits(digits * POWERS[-decimals], 1);
            array[length++] = '.';
            array[length++] = '0';
        } else {
            long power = POWERS[decimals];
            long whole = digits / power;
            digits(whole, 1);
            array[length++] = '.';
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
            array[i] = (byte) ('0' + (rest - tenth * 10));
            rest = tenth;
        }
        length += count;
    }

    private void reserve(int more) {
        if (array.length - length < more) {
            int least = Math.addExact(length, more);
            array = Arrays.copyOf(array, (int) Math.min(Math.max(array.length * 2L, least), Integer.MAX_VALUE - 8));
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
