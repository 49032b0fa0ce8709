package io.github.mlmaven.model.json;

import com.fasterxml.jackson.core.io.NumberInput;
import java.nio.charset.StandardCharsets;

/**
 * Reads one number of an array, correctly rounded: with few digits in the machine's own arithmetic, with many in the
 * parser's.
 */
final class PlainNumbers {

    /** A double holds them exactly. */
    private static final double[] POWERS_OF_TEN = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22
    };

    /** 10^-22 to 10^22; those below 1 are rounded. */
    private static final double[] SCALES = scales();

    private static final int MAX_EXPONENT = 22;

    /** So many digits fit a long. */
    private static final int MAX_DIGITS = 18;

    private static final int MAX_LENGTH = 100;

    /** Whole numbers up to here, times or divided by a power of ten above, are rounded once. */
    private static final long MAX_EXACT = 1L << 53;

    /** More than three roundings of a double can be off, as a part of the value. */
    private static final double DOUBT = 0x1p-50;

    private final PlainCursor cursor;
    private int start;
    private boolean negative;
    private boolean whole;
    private long digits;
    private int exponent;

    /** Whether {@link #digits} and {@link #exponent} are the value. */
    private boolean exact;

    PlainNumbers(PlainCursor cursor) {
        this.cursor = cursor;
    }

    float float32() throws NotPlainException {
        scan();
        if (exact) {
            double value = digits * SCALES[exponent + MAX_EXPONENT];
            float low = (float) (value - value * DOUBT);
            if (low == (float) (value + value * DOUBT)) {
                return signed(low);
            }
        }
        return finite(NumberInput.parseFloat(text(), true));
    }

    double float64() throws NotPlainException {
        scan();
        if (exact && digits <= MAX_EXACT) {
            double value = scaled();
            return negative && !isIntegerZero() ? -value : value;
        }
        double value = NumberInput.parseDouble(text(), true);
        if (Double.isInfinite(value)) {
            throw new NotPlainException();
        }
        return value;
    }

    long integer(long min, long max) throws NotPlainException {
        scan();
        long value = negative ? -digits : digits;
        if (!whole || !exact || value < min || value > max) {
            throw new NotPlainException();
        }
        return value;
    }

    private static double[] scales() {
        double[] scales = new double[2 * MAX_EXPONENT + 1];
        for (int i = 0; i <= MAX_EXPONENT; i++) {
            scales[MAX_EXPONENT + i] = POWERS_OF_TEN[i];
            scales[MAX_EXPONENT - i] = 1 / POWERS_OF_TEN[i];
        }
        return scales;
    }

    private double scaled() {
        return exponent < 0 ? digits / POWERS_OF_TEN[-exponent] : digits * POWERS_OF_TEN[exponent];
    }

    private float signed(float value) throws NotPlainException {
        return finite(negative && !isIntegerZero() ? -value : value);
    }

    private static float finite(float value) throws NotPlainException {
        if (Float.isInfinite(value)) {
            throw new NotPlainException();
        }
        return value;
    }

    /** To the parser {@code -0} is an integer, which has no sign. */
    private boolean isIntegerZero() {
        return digits == 0 && whole;
    }

    private String text() {
        return new String(cursor.json, start, cursor.at - start, StandardCharsets.ISO_8859_1);
    }

    /** Takes a number as JSON's grammar has it (RFC 8259 §6). */
    private void scan() throws NotPlainException {
        byte[] json = cursor.json;
        int end = cursor.end;
        int at = cursor.at;
        start = at;
        negative = at < end && json[at] == '-';
        at += negative ? 1 : 0;
        int first = at;
        long value = 0;
        int digit;
        while (at < end && (digit = json[at] - '0') >= 0 && digit <= 9) {
            value = value * 10 + digit;
            at++;
        }
        int count = at - first;
        if (count == 0 || (count > 1 && json[first] == '0')) {
            throw new NotPlainException();
        }
        count -= json[first] == '0' ? 1 : 0;
        int scale = 0;
        whole = true;
        if (at < end && json[at] == '.') {
            whole = false;
            int point = ++at;
            while (at < end && (digit = json[at] - '0') >= 0 && digit <= 9) {
                value = value * 10 + digit;
                at++;
            }
            scale = point - at;
            if (scale == 0) {
                throw new NotPlainException();
            }
            count -= scale;
        }
        if (at < end && (json[at] | 0x20) == 'e') {
            whole = false;
            boolean down = at + 1 < end && json[at + 1] == '-';
            at += down || (at + 1 < end && json[at + 1] == '+') ? 2 : 1;
            int from = at;
            int power = 0;
            while (at < end && (digit = json[at] - '0') >= 0 && digit <= 9) {
                power = Math.min(power * 10 + digit, 9999);
                at++;
            }
            if (at == from) {
                throw new NotPlainException();
            }
            scale += down ? -power : power;
        }
        if (at - start > MAX_LENGTH) {
            throw new NotPlainException();
        }
        cursor.at = at;
        digits = value;
        exponent = scale;
        // Zeros before the first digit count too, which costs nothing but time.
        exact = count <= MAX_DIGITS && scale >= -MAX_EXPONENT && scale <= MAX_EXPONENT;
    }
}
