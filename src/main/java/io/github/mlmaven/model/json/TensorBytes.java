package io.github.mlmaven.model.json;

import com.fasterxml.jackson.core.io.NumberOutput;
import io.github.mlmaven.model.Tensor;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Writes tensors as {@link TensorJson#write} does, byte by byte the same, without the general generator. */
public final class TensorBytes {

    private TensorBytes() {}

    /** About how many bytes a tensor takes. */
    public static int expected(Tensor tensor) {
        return (int) Math.min(1 << 24, 128 + 2L * tensor.data().remaining());
    }

    /** Writes one tensor, its data flat. */
    public static void write(JsonBytes json, Tensor tensor) throws TensorFormatException {
        head(json, tensor).raw(",\"data\":[");
        ByteBuffer data = tensor.data();
        for (int i = 0; data.hasRemaining(); i++) {
            if (i > 0) {
                json.raw(',');
            }
            element(json, tensor, data, i);
        }
        json.raw("]}");
    }

    /** Writes one tensor whose elements follow the document. */
    public static void writeBinary(JsonBytes json, Tensor tensor) {
        head(json, tensor)
                .raw(",\"parameters\":{\"binary_data_size\":")
                .number(tensor.data().remaining())
                .raw("}}");
    }

    private static JsonBytes head(JsonBytes json, Tensor tensor) {
        json.raw("{\"name\":").text(tensor.name()).raw(",\"shape\":[");
        long[] shape = tensor.shape();
        for (int i = 0; i < shape.length; i++) {
            json.raw(i == 0 ? "" : ",").number(shape[i]);
        }
        return json.raw("],\"datatype\":\"").raw(tensor.datatype().name()).raw('"');
    }

    private static void element(JsonBytes json, Tensor tensor, ByteBuffer data, int index)
            throws TensorFormatException {
        switch (tensor.datatype()) {
            case BOOL -> json.raw(data.get() != 0 ? "true" : "false");
            case INT8 -> json.number(data.get());
            case INT16 -> json.number(data.getShort());
            case INT32 -> json.number(data.getInt());
            case INT64 -> json.number(data.getLong());
            case UINT8 -> json.number(Byte.toUnsignedInt(data.get()));
            case UINT16 -> json.number(Short.toUnsignedInt(data.getShort()));
            case UINT32 -> json.number(Integer.toUnsignedLong(data.getInt()));
            case UINT64 -> json.raw(Long.toUnsignedString(data.getLong()));
            case FP16 -> float32(json, SmallFloat.FP16.decode(data.getShort()));
            case BF16 -> float32(json, SmallFloat.BF16.decode(data.getShort()));
            case FP32 -> float32(json, data.getFloat());
            case FP64 -> float64(json, data.getDouble());
            case BYTES -> string(json, tensor.name(), data, index);
        }
    }

    private static void float32(JsonBytes json, float value) {
        if (Float.isFinite(value)) {
            FloatText.write(json, value);
        } else {
            json.text(Float.toString(value));
        }
    }

    /** The names that {@code Double.toString} gives what is not finite are those of protobuf's JSON mapping. */
    private static void float64(JsonBytes json, double value) {
        if (Double.isFinite(value)) {
            json.raw(NumberOutput.toString(value, true));
        } else {
            json.text(Double.toString(value));
        }
    }

    private static void string(JsonBytes json, String name, ByteBuffer data, int index) throws TensorFormatException {
        int length = data.getInt();
        ByteBuffer utf8 = data.slice(data.position(), length);
        data.position(data.position() + length);
        try {
            json.text(StandardCharsets.UTF_8.newDecoder().decode(utf8).toString());
        } catch (CharacterCodingException e) {
            throw new TensorFormatException(
                    "tensor " + name + ": element " + index + " of BYTES is not UTF-8, which JSON cannot carry", e);
        }
    }
}
