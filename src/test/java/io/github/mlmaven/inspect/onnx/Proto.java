package io.github.mlmaven.inspect.onnx;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** A protobuf message, written field by field, right or wrong. */
public final class Proto {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private interface Write {
        void to(CodedOutputStream out) throws IOException;
    }

    private Proto write(Write write) {
        try {
            CodedOutputStream out = CodedOutputStream.newInstance(bytes);
            write.to(out);
            out.flush();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Proto number(int field, long value) {
        return write(out -> out.writeUInt64(field, value));
    }

    public Proto bytes(int field, byte[] value) {
        return write(out -> out.writeByteArray(field, value));
    }

    public Proto text(int field, String value) {
        return bytes(field, value.getBytes(StandardCharsets.UTF_8));
    }

    public Proto message(int field, Proto value) {
        return bytes(field, value.toBytes());
    }

    public Proto float32(int field, float value) {
        return write(out -> out.writeFloat(field, value));
    }

    public Proto float64(int field, double value) {
        return write(out -> out.writeDouble(field, value));
    }

    public Proto packedNumbers(int field, long... values) {
        Proto packed = new Proto();
        for (long value : values) {
            packed.write(out -> out.writeUInt64NoTag(value));
        }
        return bytes(field, packed.toBytes());
    }

    public Proto packedFloats(int field, float... values) {
        Proto packed = new Proto();
        for (float value : values) {
            packed.write(out -> out.writeFloatNoTag(value));
        }
        return bytes(field, packed.toBytes());
    }

    public Proto packedDoubles(int field, double... values) {
        Proto packed = new Proto();
        for (double value : values) {
            packed.write(out -> out.writeDoubleNoTag(value));
        }
        return bytes(field, packed.toBytes());
    }

    /** The start of a field of bytes that follow elsewhere. */
    public Proto tagAndLength(int field, long length) {
        return write(out -> {
            out.writeTag(field, WireFormat.WIRETYPE_LENGTH_DELIMITED);
            out.writeUInt64NoTag(length);
        });
    }

    public Proto raw(int... values) {
        for (int value : values) {
            bytes.write(value);
        }
        return this;
    }

    public byte[] toBytes() {
        return bytes.toByteArray();
    }
}
