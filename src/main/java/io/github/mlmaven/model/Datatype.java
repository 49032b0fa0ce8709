package io.github.mlmaven.model;

import java.util.Arrays;
import java.util.Optional;

/**
 * The datatype of a tensor's elements, by the names of the Open Inference Protocol v2 ("Tensor Data Types").
 * {@code BF16} is Triton's addition.
 */
public enum Datatype {
    BOOL(1),
    INT8(1),
    INT16(2),
    INT32(4),
    INT64(8),
    UINT8(1),
    UINT16(2),
    UINT32(4),
    UINT64(8),
    FP16(2),
    BF16(2),
    FP32(4),
    FP64(8),
    /** Strings or byte strings of any length; raw form: each a 4-byte little-endian length, then its bytes. */
    BYTES(0);

    private final int size;

    Datatype(int size) {
        this.size = size;
    }

    /** The bytes of one element; 0 for {@link #BYTES}, whose elements have their own length. */
    public int size() {
        return size;
    }

    /** Whether the elements are floating-point numbers, which golden data compares with a tolerance. */
    public boolean isFloat() {
        return this == FP16 || this == BF16 || this == FP32 || this == FP64;
    }

    /** The datatype of this exact name, or empty. */
    public static Optional<Datatype> named(String name) {
        return Arrays.stream(values()).filter(d -> d.name().equals(name)).findFirst();
    }
}
