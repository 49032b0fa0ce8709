package io.github.mlmaven.model.json;

import com.fasterxml.jackson.core.io.NumberOutput;

/**
 * Writes a float as the shortest decimal that is read back as the same float, and of those the nearest: what {@link
 * Float#toString(float)} gives since Java 19. Where there is no exponent to write, 64 bits are enough to find it
 * exactly; elsewhere the library does.
 */
final class FloatText {

    private static final float LEAST = 1e-3f;
    private static final float MOST = 1e7f;

    /** Steps of 10^-10 are finer than those of the floats from {@link #LEAST} on. */
    private static final long[] POWERS_OF_TEN = {
        1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000, 10_000_000_000L
    };

    private FloatText() {}

    /** @param value finite */
    static void write(JsonBytes out, float value) {
        float magnitude = Math.abs(value);
        if (magnitude >= LEAST && magnitude < MOST) {
            shortest(out, value < 0, Float.floatToRawIntBits(magnitude));
        } else {
            out.raw(NumberOutput.toString(value, true));
        }
    }

    private static void shortest(JsonBytes out, boolean negative, int bits) {
        int mantissa = bits & 0x7F_FFFF;
        int exponent = (bits >>> 23) - 150;
        long significand = mantissa | 0x80_0000;
        int decimals = Math.max(0, ((-exponent * 1233) >> 12) + 1);
        long power = POWERS_OF_TEN[Math.min(decimals, 10)];
        decimals = Math.min(decimals, 10);
        // The value, and how far from it other decimals are read as the same float, in units of 2^-shift 10^-decimals.
        int shift = 2 - exponent;
        long value = 4 * significand * power;
        long low = value - (mantissa == 0 ? power : 2 * power);
        long high = value + 2 * power;
        // Halfway between two floats the even one is read.
        long open = significand & 1;
        long unit = 1L << shift;
        long least = (low + open + unit - 1) >> shift;
        long most = (high - open) >> shift;
        int dropped = 0;
        while (true) {
            long fewerLeast = (least + 9) / 10;
            long fewerMost = most / 10;
            if (fewerLeast > fewerMost) {
                break;
            }
            least = fewerLeast;
            most = fewerMost;
            dropped++;
        }
        long digits = least == most ? least : nearest(value, shift, dropped, least, most);
        out.decimal(negative, digits, decimals - dropped);
    }

    /** Of the candidates the nearest to the value; the even one where two are as near. */
    private static long nearest(long value, int shift, int dropped, long least, long most) {
        long whole = value >> shift;
        long fraction = value - (whole << shift);
        long step = POWERS_OF_TEN[dropped];
        long digits = whole / step;
        long rest = whole - digits * step;
        int half = dropped == 0 ? Long.compare(2 * fraction, 1L << shift) : Long.compare(2 * rest, step);
        boolean beyond = half > 0 || (half == 0 && ((dropped > 0 && fraction > 0) || (digits & 1) == 1));
        return Math.max(least, Math.min(most, beyond ? digits + 1 : digits));
    }
}
