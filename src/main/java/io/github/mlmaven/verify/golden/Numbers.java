package io.github.mlmaven.verify.golden;

import io.github.mlmaven.model.Datatype;
import java.nio.ByteBuffer;

/** Reads single elements of a raw tensor of numbers or BOOL. */
final class Numbers {

    private final Datatype datatype;
    private final ByteBuffer data;

    Numbers(Datatype datatype, ByteBuffer data) {
        this.datatype = datatype;
        this.data = data;
    }

    double floating(int index) {
        return switch (datatype) {
            case FP64 -> data.getDouble(index * 8);
            case FP32 -> data.getFloat(index * 4);
            case BF16 -> Float.intBitsToFloat(data.getShort(index * 2) << 16);
            case FP16 -> half(data.getShort(index * 2));
            default -> throw new IllegalStateException("not floating-point: " + datatype);
        };
    }

    /** The bits of UINT64 as they are, everything else by its value. */
    long integer(int index) {
        return switch (datatype) {
            case BOOL, UINT8 -> data.get(index) & 0xFF;
            case INT8 -> data.get(index);
            case INT16 -> data.getShort(index * 2);
            case UINT16 -> data.getShort(index * 2) & 0xFFFF;
            case INT32 -> data.getInt(index * 4);
            case UINT32 -> data.getInt(index * 4) & 0xFFFF_FFFFL;
            case INT64, UINT64 -> data.getLong(index * 8);
            default -> throw new IllegalStateException("not an integer: " + datatype);
        };
    }

    String text(int index) {
        return switch (datatype) {
            case FP64 -> Double.toString(floating(index));
            case FP32, FP16, BF16 -> Float.toString((float) floating(index));
            case UINT64 -> Long.toUnsignedString(integer(index));
            case BOOL -> integer(index) == 0 ? "false" : "true";
            default -> Long.toString(integer(index));
        };
    }

    /** IEEE 754 binary16; Java has a method for it only since 20. */
    private static float half(short bits) {
        int exponent = (bits >> 10) & 0x1F;
        int fraction = bits & 0x3FF;
        float magnitude;
        if (exponent == 0x1F) {
            magnitude = fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
        } else if (exponent == 0) {
            magnitude = fraction * 0x1p-24f;
        } else {
            magnitude = Float.intBitsToFloat((exponent + 112) << 23 | fraction << 13);
        }
        return bits < 0 ? -magnitude : magnitude;
    }
}
