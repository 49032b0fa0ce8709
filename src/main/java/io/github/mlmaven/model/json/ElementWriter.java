package io.github.mlmaven.model.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.mlmaven.model.Datatype;
import io.github.mlmaven.model.Tensor;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Writes raw elements. */
public final class ElementWriter {

    private ElementWriter() {}

    /** Writes all elements of a tensor as a flat array. */
    static void write(JsonGenerator json, Tensor tensor) throws IOException {
        json.writeStartArray();
        write(json, tensor.name(), tensor.datatype(), tensor.data());
        json.writeEndArray();
    }

    /**
     * Writes what remains of the data, one value for each element.
     *
     * @param tensor the tensor's name, for messages
     */
    public static void write(JsonGenerator json, String tensor, Datatype datatype, ByteBuffer data) throws IOException {
        switch (datatype) {
            case BOOL -> {
                while (data.hasRemaining()) {
                    json.writeBoolean(data.get() != 0);
                }
            }
            case INT8 -> {
                while (data.hasRemaining()) {
                    json.writeNumber(data.get());
                }
            }
            case INT16 -> {
                while (data.hasRemaining()) {
                    json.writeNumber(data.getShort());
                }
            }
            case INT32 -> {
                while (data.hasRemaining()) {
                    json.writeNumber(data.getInt());
                }
            }
            case INT64 -> {
                while (data.hasRemaining()) {
                    json.writeNumber(data.getLong());
                }
            }
            case UINT8 -> {
                while (data.hasRemaining()) {
                    json.writeNumber(Byte.toUnsignedInt(data.get()));
                }
            }
            case UINT16 -> {
                while (data.hasRemaining()) {
                    json.writeNumber(Short.toUnsignedInt(data.getShort()));
                }
            }
            case UINT32 -> {
                while (data.hasRemaining()) {
                    json.writeNumber(Integer.toUnsignedLong(data.getInt()));
                }
            }
            case UINT64 -> {
                while (data.hasRemaining()) {
                    writeUnsigned(json, data.getLong());
                }
            }
            case FP16 -> {
                while (data.hasRemaining()) {
                    writeFloat(json, SmallFloat.FP16.decode(data.getShort()));
                }
            }
            case BF16 -> {
                while (data.hasRemaining()) {
                    writeFloat(json, SmallFloat.BF16.decode(data.getShort()));
                }
            }
            case FP32 -> {
                while (data.hasRemaining()) {
                    writeFloat(json, data.getFloat());
                }
            }
            case FP64 -> {
                while (data.hasRemaining()) {
                    writeDouble(json, data.getDouble());
                }
            }
            case BYTES -> writeStrings(json, tensor, data);
        }
    }

    private static void writeUnsigned(JsonGenerator json, long value) throws IOException {
        if (value >= 0) {
            json.writeNumber(value);
        } else {
            json.writeNumber(new BigInteger(Long.toUnsignedString(value)));
        }
    }

    private static void writeFloat(JsonGenerator json, float value) throws IOException {
        if (Float.isFinite(value)) {
            json.writeNumber(value);
        } else {
            json.writeString(Float.toString(value));
        }
    }

    /** The names that {@code Double.toString} gives what is not finite are those of protobuf's JSON mapping. */
    private static void writeDouble(JsonGenerator json, double value) throws IOException {
        if (Double.isFinite(value)) {
            json.writeNumber(value);
        } else {
            json.writeString(Double.toString(value));
        }
    }

    private static void writeStrings(JsonGenerator json, String name, ByteBuffer data) throws IOException {
        for (int i = 0; data.hasRemaining(); i++) {
            int length = data.getInt();
            ByteBuffer utf8 = data.slice(data.position(), length);
            data.position(data.position() + length);
            try {
                json.writeString(
                        StandardCharsets.UTF_8.newDecoder().decode(utf8).toString());
            } catch (CharacterCodingException e) {
                throw new TensorFormatException(
                        "tensor " + name + ": element " + i + " of BYTES is not UTF-8, which JSON cannot carry", e);
            }
        }
    }
}
