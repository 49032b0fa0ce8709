package io.github.mlmaven.inspect.onnx;

import io.github.mlmaven.model.Datatype;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code TensorProto.DataType} of onnx.proto: its number, ONNX's name, the bits of an element, the wire's datatype. */
enum OnnxType {
    FLOAT(1, "float", 32, Datatype.FP32),
    UINT8(2, "uint8", 8, Datatype.UINT8),
    INT8(3, "int8", 8, Datatype.INT8),
    UINT16(4, "uint16", 16, Datatype.UINT16),
    INT16(5, "int16", 16, Datatype.INT16),
    INT32(6, "int32", 32, Datatype.INT32),
    INT64(7, "int64", 64, Datatype.INT64),
    STRING(8, "string", 0, Datatype.BYTES),
    BOOL(9, "bool", 8, Datatype.BOOL),
    FLOAT16(10, "float16", 16, Datatype.FP16),
    DOUBLE(11, "double", 64, Datatype.FP64),
    UINT32(12, "uint32", 32, Datatype.UINT32),
    UINT64(13, "uint64", 64, Datatype.UINT64),
    COMPLEX64(14, "complex64", 64, null),
    COMPLEX128(15, "complex128", 128, null),
    BFLOAT16(16, "bfloat16", 16, Datatype.BF16),
    FLOAT8E4M3FN(17, "float8e4m3fn", 8, null),
    FLOAT8E4M3FNUZ(18, "float8e4m3fnuz", 8, null),
    FLOAT8E5M2(19, "float8e5m2", 8, null),
    FLOAT8E5M2FNUZ(20, "float8e5m2fnuz", 8, null),
    UINT4(21, "uint4", 4, null),
    INT4(22, "int4", 4, null),
    FLOAT4E2M1(23, "float4e2m1", 4, null),
    FLOAT8E8M0(24, "float8e8m0", 8, null),
    UINT2(25, "uint2", 2, null),
    INT2(26, "int2", 2, null);

    private final int number;
    private final String onnxName;
    private final int bits;
    private final @Nullable Datatype datatype;

    OnnxType(int number, String onnxName, int bits, @Nullable Datatype datatype) {
        this.number = number;
        this.onnxName = onnxName;
        this.bits = bits;
        this.datatype = datatype;
    }

    /** The type of this number, empty for UNDEFINED and for types newer than this list. */
    static Optional<OnnxType> of(int number) {
        return number < 1 || number > values().length ? Optional.empty() : Optional.of(values()[number - 1]);
    }

    /** The type that stands for a datatype of the wire. */
    static OnnxType of(Datatype datatype) {
        for (OnnxType type : values()) {
            if (type.datatype == datatype) {
                return type;
            }
        }
        throw new IllegalArgumentException("no type of ONNX: " + datatype);
    }

    /** A name for any number, known or not. */
    static String nameOf(int number) {
        return of(number).map(OnnxType::onnxName).orElse("datatype " + number);
    }

    int number() {
        return number;
    }

    String onnxName() {
        return onnxName;
    }

    /** The datatype that the wire has for it, if any. */
    Optional<Datatype> datatype() {
        return Optional.ofNullable(datatype);
    }

    /** Whether every element has the same size; strings have none. */
    boolean isFixedSize() {
        return bits > 0;
    }

    /**
     * The bytes that this many elements take; elements under 8 bits are packed.
     *
     * @throws ArithmeticException when they exceed 2^63-1
     */
    long bytes(long elements) {
        if (bits >= 8) {
            return Math.multiplyExact(elements, (long) (bits / 8));
        }
        int perByte = 8 / bits;
        return elements / perByte + (elements % perByte == 0 ? 0 : 1);
    }
}
