package io.github.mlmaven.model.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.mlmaven.model.Datatype;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads one tensor's {@code data}, flat or nested as its shape, straight into raw elements. */
final class ElementReader {

    private final JsonParser json;
    private final String tensor;
    private final Datatype datatype;
    private final long[] shape;
    private final long expected;
    private final ElementMemory memory;
    private ByteBuffer data;
    private long count;

    /**
     * @param expected the number of elements that the shape asks for; not to be trusted before they are there
     * @param bytesLeft the bytes of the document that can hold elements, at least two bytes each
     */
    ElementReader(
            JsonParser json,
            String tensor,
            Datatype datatype,
            long[] shape,
            long expected,
            int bytesLeft,
            ElementMemory memory)
            throws TensorFormatException {
        this.json = json;
        this.tensor = tensor;
        this.datatype = datatype;
        this.shape = shape;
        this.expected = expected;
        this.memory = memory;
        long bytes = datatype == Datatype.BYTES
                ? Math.min(bytesLeft, 256)
                : Math.min(expected, bytesLeft / 2 + 1L) * datatype.size();
        if (bytes > Integer.MAX_VALUE - 8) {
            throw new TensorFormatException(tensor + ": " + expected + " elements are more than a request can hold");
        }
        this.data = allocate((int) bytes);
    }

    /** The parser stands at the value and is left at its last token. */
    ByteBuffer read() throws IOException {
        if (json.currentToken() == JsonToken.START_ARRAY) {
            boolean nested = json.nextToken() == JsonToken.START_ARRAY && shape.length > 1;
            if (nested) {
                readNested(0);
            } else {
                while (json.currentToken() != JsonToken.END_ARRAY) {
                    readElement();
                    json.nextToken();
                }
            }
        } else if (shape.length == 0) {
            readElement();
        } else {
            throw new TensorFormatException(tensor + ": data: expected an array, found " + found(json));
        }
        if (count != expected) {
            throw new TensorFormatException(
                    tensor + ": data holds " + count + " elements; expected " + expected + " for shape " + text(shape));
        }
        return data.flip();
    }

    /** The parser stands at the first token inside the array of this level. */
    private void readNested(int level) throws IOException {
        long children = 0;
        for (; json.currentToken() != JsonToken.END_ARRAY; json.nextToken()) {
            if (level + 1 == shape.length) {
                readElement();
            } else if (json.currentToken() == JsonToken.START_ARRAY) {
                json.nextToken();
                readNested(level + 1);
            } else {
                throw new TensorFormatException(tensor + ": data: expected flat elements or arrays nested "
                        + shape.length + " deep as shape " + text(shape) + ", found " + found(json) + " at depth "
                        + (level + 1));
            }
            children++;
        }
        if (children != shape[level]) {
            throw new TensorFormatException(tensor + ": data: expected arrays of " + shape[level] + " at depth "
                    + (level + 1) + " as shape " + text(shape) + ", found one of " + children);
        }
    }

    private void readElement() throws IOException {
        if (count == expected) {
            throw new TensorFormatException(
                    tensor + ": data holds more than the " + expected + " elements of shape " + text(shape));
        }
        switch (datatype) {
            case BOOL -> data.put(bool());
            case INT8 -> data.put((byte) integer(Byte.MIN_VALUE, Byte.MAX_VALUE));
            case INT16 -> data.putShort((short) integer(Short.MIN_VALUE, Short.MAX_VALUE));
            case INT32 -> data.putInt((int) integer(Integer.MIN_VALUE, Integer.MAX_VALUE));
            case INT64 -> data.putLong(integer(Long.MIN_VALUE, Long.MAX_VALUE));
            case UINT8 -> data.put((byte) integer(0, 0xFF));
            case UINT16 -> data.putShort((short) integer(0, 0xFFFF));
            case UINT32 -> data.putInt((int) integer(0, 0xFFFF_FFFFL));
            case UINT64 -> data.putLong(unsignedLong());
            case FP16 -> data.putShort(smallFloat(SmallFloat.FP16));
            case BF16 -> data.putShort(smallFloat(SmallFloat.BF16));
            case FP32 -> data.putFloat(float32());
            case FP64 -> data.putDouble(float64());
            case BYTES -> putString();
        }
        count++;
    }

    private byte bool() throws IOException {
        return switch (json.currentToken()) {
            case VALUE_TRUE -> 1;
            case VALUE_FALSE -> 0;
            default -> throw unexpected("true or false");
        };
    }

    private long integer(long min, long max) throws IOException {
        if (json.currentToken() == JsonToken.VALUE_NUMBER_INT
                && json.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
            long value = json.getLongValue();
            if (value >= min && value <= max) {
                return value;
            }
        }
        throw unexpected("a whole number from " + min + " to " + max);
    }

    private long unsignedLong() throws IOException {
        if (json.currentToken() == JsonToken.VALUE_NUMBER_INT) {
            if (json.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
                long value = json.getLongValue();
                if (value >= 0) {
                    return value;
                }
            } else {
                BigInteger value = json.getBigIntegerValue();
                if (value.signum() > 0 && value.bitLength() <= Long.SIZE) {
                    return value.longValue();
                }
            }
        }
        throw unexpected("a whole number from 0 to 18446744073709551615");
    }

    private short smallFloat(SmallFloat format) throws IOException {
        if (!json.currentToken().isNumeric()) {
            return format.encode(nonFinite());
        }
        short encoded = format.encode(json.getDoubleValue());
        if (format.isInfinite(encoded)) {
            throw unexpected("a number in its range");
        }
        return encoded;
    }

    private float float32() throws IOException {
        if (!json.currentToken().isNumeric()) {
            return (float) nonFinite();
        }
        float value = json.getFloatValue();
        if (Float.isInfinite(value)) {
            throw unexpected("a number in its range");
        }
        return value;
    }

    private double float64() throws IOException {
        if (!json.currentToken().isNumeric()) {
            return nonFinite();
        }
        double value = json.getDoubleValue();
        if (Double.isInfinite(value)) {
            throw unexpected("a number in its range");
        }
        return value;
    }

    /** JSON has no literal for these; the strings are those of protobuf's JSON mapping. */
    private double nonFinite() throws IOException {
        if (json.currentToken() == JsonToken.VALUE_STRING) {
            switch (json.getText()) {
                case "NaN" -> {
                    return Double.NaN;
                }
                case "Infinity" -> {
                    return Double.POSITIVE_INFINITY;
                }
                case "-Infinity" -> {
                    return Double.NEGATIVE_INFINITY;
                }
                default -> throw unexpected("a number, or one of \"NaN\", \"Infinity\", \"-Infinity\"");
            }
        }
        throw unexpected("a number");
    }

    private void putString() throws IOException {
        if (json.currentToken() != JsonToken.VALUE_STRING) {
            throw unexpected("a string");
        }
        ByteBuffer utf8;
        try {
            utf8 = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(json.getText()));
        } catch (CharacterCodingException e) {
            throw unexpected("a string of whole characters, without half a surrogate pair");
        }
        int needed = Integer.BYTES + utf8.remaining();
        if (data.remaining() < needed) {
            long grown = Math.max(data.capacity() * 2L, data.position() + (long) needed);
            data = allocate((int) Math.min(grown, Integer.MAX_VALUE - 8)).put(data.flip());
        }
        data.putInt(utf8.remaining()).put(utf8);
    }

    private TensorFormatException unexpected(String wanted) throws IOException {
        return new TensorFormatException(
                tensor + ": element " + count + " of " + datatype + ": expected " + wanted + ", found " + found(json));
    }

    /** What the parser stands at, short enough for a message. */
    static String found(JsonParser json) throws IOException {
        return switch (json.currentToken()) {
            case START_ARRAY -> "an array";
            case START_OBJECT -> "an object";
            case VALUE_STRING -> '"' + shortened(json.getText()) + '"';
            default -> shortened(json.getText());
        };
    }

    private static String shortened(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }

    static String text(long[] shape) {
        return Arrays.toString(shape).replace(" ", "");
    }

    private ByteBuffer allocate(int bytes) {
        return memory.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
