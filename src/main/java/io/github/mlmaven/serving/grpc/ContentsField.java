package io.github.mlmaven.serving.grpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import io.github.mlmaven.model.Datatype;
import io.github.mlmaven.model.json.TensorFormatException;
import io.github.mlmaven.serving.grpc.wire.InferTensorContents;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The fields of InferTensorContents: each for the elements of some datatypes. */
enum ContentsField {
    BOOL_CONTENTS(InferTensorContents.BOOL_CONTENTS_FIELD_NUMBER, WireFormat.WIRETYPE_VARINT),
    INT_CONTENTS(InferTensorContents.INT_CONTENTS_FIELD_NUMBER, WireFormat.WIRETYPE_VARINT),
    INT64_CONTENTS(InferTensorContents.INT64_CONTENTS_FIELD_NUMBER, WireFormat.WIRETYPE_VARINT),
    UINT_CONTENTS(InferTensorContents.UINT_CONTENTS_FIELD_NUMBER, WireFormat.WIRETYPE_VARINT),
    UINT64_CONTENTS(InferTensorContents.UINT64_CONTENTS_FIELD_NUMBER, WireFormat.WIRETYPE_VARINT),
    FP32_CONTENTS(InferTensorContents.FP32_CONTENTS_FIELD_NUMBER, WireFormat.WIRETYPE_FIXED32),
    FP64_CONTENTS(InferTensorContents.FP64_CONTENTS_FIELD_NUMBER, WireFormat.WIRETYPE_FIXED64),
    BYTES_CONTENTS(InferTensorContents.BYTES_CONTENTS_FIELD_NUMBER, WireFormat.WIRETYPE_LENGTH_DELIMITED);

    private final int number;
    private final int tag;
    private final int wireType;

    ContentsField(int number, int wireType) {
        this.number = number;
        this.tag = (number << 3) | wireType;
        this.wireType = wireType;
    }

    /** The field for a datatype; empty for FP16 and BF16, which have none. */
    static Optional<ContentsField> of(Datatype datatype) {
        return switch (datatype) {
            case BOOL -> Optional.of(BOOL_CONTENTS);
            case INT8, INT16, INT32 -> Optional.of(INT_CONTENTS);
            case INT64 -> Optional.of(INT64_CONTENTS);
            case UINT8, UINT16, UINT32 -> Optional.of(UINT_CONTENTS);
            case UINT64 -> Optional.of(UINT64_CONTENTS);
            case FP32 -> Optional.of(FP32_CONTENTS);
            case FP64 -> Optional.of(FP64_CONTENTS);
            case BYTES -> Optional.of(BYTES_CONTENTS);
            case FP16, BF16 -> Optional.empty();
        };
    }

    static boolean isKnown(int number) {
        return number >= 1 && number <= values().length;
    }

    /** The name of a known field. */
    static String text(int number) {
        return Arrays.stream(values())
                .filter(field -> field.number == number)
                .findFirst()
                .orElseThrow()
                .text();
    }

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    int number() {
        return number;
    }

    /** The tag of one element that is not packed. */
    int tag() {
        return tag;
    }

    void skip(CodedInputStream in) throws IOException {
        switch (wireType) {
            case WireFormat.WIRETYPE_VARINT -> in.readRawVarint64();
            case WireFormat.WIRETYPE_FIXED32 -> in.readRawLittleEndian32();
            case WireFormat.WIRETYPE_FIXED64 -> in.readRawLittleEndian64();
            default -> in.skipRawBytes(in.readRawVarint32());
        }
    }

    /** Reads an element into its raw form. */
    void read(CodedInputStream in, ByteBuffer data, Datatype datatype, String label, long index) throws IOException {
        switch (datatype) {
            case BOOL -> data.put((byte) (in.readBool() ? 1 : 0));
            case INT8 ->
                data.put((byte) within(in.readInt32(), Byte.MIN_VALUE, Byte.MAX_VALUE, datatype, label, index));
            case INT16 ->
                data.putShort((short) within(in.readInt32(), Short.MIN_VALUE, Short.MAX_VALUE, datatype, label, index));
            case INT32 -> data.putInt(in.readInt32());
            case UINT8 ->
                data.put((byte) within(Integer.toUnsignedLong(in.readUInt32()), 0, 0xFF, datatype, label, index));
            case UINT16 ->
                data.putShort(
                        (short) within(Integer.toUnsignedLong(in.readUInt32()), 0, 0xFFFF, datatype, label, index));
            case UINT32 -> data.putInt(in.readUInt32());
            case INT64, UINT64 -> data.putLong(in.readRawVarint64());
            case FP32 -> data.putInt(in.readRawLittleEndian32());
            case FP64 -> data.putLong(in.readRawLittleEndian64());
            case BYTES -> {
                ByteString bytes = in.readBytes();
                data.putInt(bytes.size());
                bytes.copyTo(data);
            }
            case FP16, BF16 -> throw new IllegalStateException("no field for " + datatype);
        }
    }

    private static long within(long value, long min, long max, Datatype datatype, String label, long index)
            throws TensorFormatException {
        if (value < min || value > max) {
            throw new TensorFormatException(label + ": element " + index + " of " + datatype
                    + ": expected a whole number from " + min + " to " + max + ", found " + value);
        }
        return value;
    }
}
