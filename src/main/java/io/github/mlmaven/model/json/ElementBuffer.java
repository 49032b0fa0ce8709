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

/**
 * The raw elements of one tensor as they are read, each held to its datatype. It grows with what is there, never to
 * what somebody claims.
 */
public final class ElementBuffer {

    private static final int MAX_BYTES = Integer.MAX_VALUE - 8;

    private final String tensor;
    private final Datatype datatype;
    private final ElementMemory memory;
    private ByteBuffer data;
    private long count;

    /**
     * @param tensor what messages call it, for example {@code input x}
     * @param capacity bytes to begin with
     */
    public ElementBuffer(String tensor, Datatype datatype, int capacity, ElementMemory memory) {
        this.tensor = tensor;
        this.datatype = datatype;
        this.memory = memory;
        this.data = allocate(capacity);
    }

    /** The elements so far. */
    public long count() {
        return count;
    }

    /** All elements, little-endian; nothing may be added after it. */
    public ByteBuffer finish() {
        return data.flip();
    }

    /**
     * Takes the value that the parser stands at. JSON has no literal for what is not finite; the strings are those of
     * protobuf's JSON mapping.
     */
    public void add(JsonParser json) throws IOException {
        JsonToken token = json.currentToken();
        boolean taken = switch (datatype) {
            case BOOL -> token.isBoolean() && addBoolean(token == JsonToken.VALUE_TRUE);
            case INT8, INT16, INT32, INT64, UINT8, UINT16, UINT32 ->
                token == JsonToken.VALUE_NUMBER_INT
                        && json.getNumberType() != JsonParser.NumberType.BIG_INTEGER
                        && addWhole(json.getLongValue());
            case UINT64 -> token == JsonToken.VALUE_NUMBER_INT && addUnsigned(json);
            case FP32 -> token.isNumeric() ? addFloat(json.getFloatValue()) : addNonFinite(json);
            case FP16, BF16, FP64 -> token.isNumeric() ? addDouble(json.getDoubleValue()) : addNonFinite(json);
            case BYTES -> token == JsonToken.VALUE_STRING && addText(json.getText());
        };
        if (!taken) {
            throw unexpected(expectation(token), found(json));
        }
    }

    /** Takes a BOOL. */
    public boolean addBoolean(boolean value) {
        ensure(1);
        data.put((byte) (value ? 1 : 0));
        count++;
        return true;
    }

    /** Takes a whole number; false when it is out of the datatype's range. */
    public boolean addWhole(long value) {
        if (value < min() || value > max()) {
            return false;
        }
        ensure(datatype.size());
        switch (datatype.size()) {
            case 1 -> data.put((byte) value);
            case 2 -> data.putShort((short) value);
            case 4 -> data.putInt((int) value);
            default -> data.putLong(value);
        }
        count++;
        return true;
    }

    /** Takes a UINT64, of which {@link #addWhole} knows only the lower half. */
    public boolean addUnsigned(BigInteger value) {
        if (value.signum() < 0 || value.bitLength() > Long.SIZE) {
            return false;
        }
        ensure(Long.BYTES);
        data.putLong(value.longValue());
        count++;
        return true;
    }

    /** Takes an FP32; false when it is infinite. */
    public boolean addFloat(float value) {
        if (Float.isInfinite(value)) {
            return false;
        }
        putFloat(value);
        return true;
    }

    /** Takes an FP16, BF16 or FP64; false when it becomes infinite there. */
    public boolean addDouble(double value) {
        boolean infinite = switch (datatype) {
            case FP16 -> SmallFloat.FP16.isInfinite(SmallFloat.FP16.encode(value));
            case BF16 -> SmallFloat.BF16.isInfinite(SmallFloat.BF16.encode(value));
            default -> Double.isInfinite(value);
        };
        if (!infinite) {
            putDouble(value);
        }
        return !infinite;
    }

    /** Takes what is not finite into any floating-point datatype. */
    public void addNonFinite(double value) {
        if (datatype == Datatype.FP32) {
            putFloat((float) value);
        } else {
            putDouble(value);
        }
    }

    /** Takes a string; false when it holds half a surrogate pair. */
    public boolean addText(String text) {
        try {
            addBytes(StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text)));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    /** Takes an element of BYTES. */
    public void addBytes(ByteBuffer bytes) {
        ensure(Integer.BYTES + bytes.remaining());
        data.putInt(bytes.remaining()).put(bytes);
        count++;
    }

    /** What is wrong with the next element, where the datatype alone says what was expected. */
    public TensorFormatException unexpected(String found) {
        return unexpected(expectation(JsonToken.VALUE_NULL), found);
    }

    /** What is wrong with the next element. */
    private TensorFormatException unexpected(String wanted, String found) {
        return new TensorFormatException(
                tensor + ": element " + count + " of " + datatype + ": expected " + wanted + ", found " + found);
    }

    /** What the parser stands at, short enough for a message. */
    public static String found(JsonParser json) throws IOException {
        return switch (json.currentToken()) {
            case START_ARRAY -> "an array";
            case START_OBJECT -> "an object";
            case VALUE_STRING -> '"' + shortened(json.getText()) + '"';
            default -> shortened(json.getText());
        };
    }

    /** At most 40 characters of it. */
    public static String shortened(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }

    private boolean addUnsigned(JsonParser json) throws IOException {
        return json.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                ? addUnsigned(json.getBigIntegerValue())
                : addWhole(json.getLongValue());
    }

    private boolean addNonFinite(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.VALUE_STRING) {
            return false;
        }
        switch (json.getText()) {
            case "NaN" -> addNonFinite(Double.NaN);
            case "Infinity" -> addNonFinite(Double.POSITIVE_INFINITY);
            case "-Infinity" -> addNonFinite(Double.NEGATIVE_INFINITY);
            default -> {
                return false;
            }
        }
        return true;
    }

    private void putFloat(float value) {
        ensure(Float.BYTES);
        data.putFloat(value);
        count++;
    }

    private void putDouble(double value) {
        ensure(datatype.size());
        switch (datatype) {
            case FP16 -> data.putShort(SmallFloat.FP16.encode(value));
            case BF16 -> data.putShort(SmallFloat.BF16.encode(value));
            default -> data.putDouble(value);
        }
        count++;
    }

    private String expectation(JsonToken token) {
        return switch (datatype) {
            case BOOL -> "true or false";
            case INT8, INT16, INT32, INT64, UINT8, UINT16, UINT32 -> "a whole number from " + min() + " to " + max();
            case UINT64 -> "a whole number from 0 to 18446744073709551615";
            case FP16, BF16, FP32, FP64 ->
                token.isNumeric()
                        ? "a number in its range"
                        : token == JsonToken.VALUE_STRING
                                ? "a number, or one of \"NaN\", \"Infinity\", \"-Infinity\""
                                : "a number";
            case BYTES ->
                token == JsonToken.VALUE_STRING
                        ? "a string of whole characters, without half a surrogate pair"
                        : "a string";
        };
    }

    private long min() {
        return switch (datatype) {
            case INT8 -> Byte.MIN_VALUE;
            case INT16 -> Short.MIN_VALUE;
            case INT32 -> Integer.MIN_VALUE;
            case INT64 -> Long.MIN_VALUE;
            default -> 0;
        };
    }

    private long max() {
        return switch (datatype) {
            case INT8 -> Byte.MAX_VALUE;
            case INT16 -> Short.MAX_VALUE;
            case INT32 -> Integer.MAX_VALUE;
            case UINT8 -> 0xFF;
            case UINT16 -> 0xFFFF;
            case UINT32 -> 0xFFFF_FFFFL;
            default -> Long.MAX_VALUE;
        };
    }

    private void ensure(int bytes) {
        if (data.remaining() < bytes) {
            long needed = data.position() + (long) bytes;
            if (needed > MAX_BYTES) {
                throw new OutOfMemoryError(tensor + ": more than " + MAX_BYTES + " bytes");
            }
            data = allocate((int) Math.min(Math.max(data.capacity() * 2L, needed), MAX_BYTES))
                    .put(data.flip());
        }
    }

    private ByteBuffer allocate(int bytes) {
        return memory.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
