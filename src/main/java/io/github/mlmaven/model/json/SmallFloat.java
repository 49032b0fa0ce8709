package io.github.mlmaven.model.json;

/** The 16-bit floating-point formats: {@code binary16} of IEEE 754 (FP16), and bfloat16 (BF16). */
enum SmallFloat {
    FP16(10, -14),
    BF16(7, -126);

    private final int mantissaBits;
    private final int minExponent;
    private final int infinity;

    SmallFloat(int mantissaBits, int minExponent) {
        this.mantissaBits = mantissaBits;
        this.minExponent = minExponent;
        this.infinity = 0x7FFF >>> mantissaBits << mantissaBits;
    }

    /** The nearest number, ties to even; infinite where the value is too large. */
    short encode(double value) {
        int sign = Double.doubleToRawLongBits(value) < 0 ? 0x8000 : 0;
        if (Double.isNaN(value)) {
            return (short) (infinity | 1 << (mantissaBits - 1));
        }
        double magnitude = Math.abs(value);
        int exponent = Math.max(Math.getExponent(magnitude), minExponent);
        if (exponent > 1 - minExponent) {
            return (short) (sign | infinity);
        }
        // Scaling by a power of two is exact; what rint carries over flows into the exponent, where it belongs.
        int significand = (int) Math.rint(Math.scalb(magnitude, mantissaBits - exponent));
        int hidden = 1 << mantissaBits;
        int bits = ((exponent - minExponent) << mantissaBits) + significand;
        // A subnormal has no hidden bit, and the exponent field of the smallest normal number is 1, not 0.
        return (short) (sign | Math.min(significand < hidden ? significand : bits, infinity));
    }

    /** Exact. */
    float decode(short encoded) {
        int sign = encoded < 0 ? -1 : 1;
        int exponent = (encoded & infinity) >>> mantissaBits;
        int mantissa = encoded & ((1 << mantissaBits) - 1);
        if ((encoded & infinity) == infinity) {
            return mantissa != 0 ? Float.NaN : sign * Float.POSITIVE_INFINITY;
        }
        int significand = exponent == 0 ? mantissa : mantissa | 1 << mantissaBits;
        return sign * Math.scalb((float) significand, Math.max(exponent, 1) - 1 + minExponent - mantissaBits);
    }

    boolean isInfinite(short encoded) {
        return (encoded & 0x7FFF) == infinity;
    }
}
