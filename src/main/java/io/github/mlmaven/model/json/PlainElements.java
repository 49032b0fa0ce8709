package io.github.mlmaven.model.json;

import io.github.mlmaven.model.Datatype;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Reads plain numbers, flat or nested as the shape, straight into raw elements. */
final class PlainElements {

    /** So many of eight bytes each can be counted by an int. */
    private static final int MAX_ELEMENTS = 1 << 27;

    private final PlainCursor cursor;
    private final PlainNumbers numbers;
    private final Datatype datatype;
    private final long[] shape;
    private final long expected;
    private final ByteBuffer data;

    PlainElements(PlainCursor cursor, Datatype datatype, long[] shape, long expected, ElementMemory memory)
            throws NotPlainException {
        this.cursor = cursor;
        this.numbers = new PlainNumbers(cursor);
        this.datatype = datatype;
        this.shape = shape;
        this.expected = expected;
        // Each takes two bytes of the document at least.
        boolean few = expected <= (cursor.end - cursor.at) / 2 + 1;
        if (!isNumber(datatype) || !few || expected > MAX_ELEMENTS) {
            throw new NotPlainException();
        }
        this.data = memory.allocate((int) expected * datatype.size()).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static boolean isNumber(Datatype datatype) {
        return switch (datatype) {
            case INT8, INT16, INT32, INT64, UINT8, UINT16, UINT32, FP32, FP64 -> true;
            case BOOL, UINT64, FP16, BF16, BYTES -> false;
        };
    }

    ByteBuffer read() throws NotPlainException {
        cursor.take('[');
        if (cursor.peek() == '[' && shape.length > 1) {
            nested(0);
        } else {
            flat(expected);
        }
        return data.flip();
    }

    /** The cursor is behind the opening bracket of this level. */
    private void nested(int level) throws NotPlainException {
        if (level + 1 == shape.length) {
            flat(shape[level]);
            return;
        }
        long children = 0;
        if (!cursor.took(']')) {
            do {
                cursor.take('[');
                if (++children > shape[level]) {
                    throw new NotPlainException();
                }
                nested(level + 1);
            } while (cursor.more(']'));
        }
        if (children != shape[level]) {
            throw new NotPlainException();
        }
    }

    private void flat(long count) throws NotPlainException {
        if (cursor.took(']')) {
            if (count != 0) {
                throw new NotPlainException();
            }
            return;
        }
        if (count > data.remaining() / datatype.size()) {
            throw new NotPlainException();
        }
        for (long i = 0; i < count; i++) {
            if (i > 0) {
                cursor.take(',');
            }
            cursor.peek();
            element();
        }
        cursor.take(']');
    }

    private void element() throws NotPlainException {
        switch (datatype) {
            case FP32 -> data.putFloat(numbers.float32());
            case FP64 -> data.putDouble(numbers.float64());
            case INT64 -> data.putLong(numbers.integer(Long.MIN_VALUE, Long.MAX_VALUE));
            case INT32 -> data.putInt((int) numbers.integer(Integer.MIN_VALUE, Integer.MAX_VALUE));
            case UINT32 -> data.putInt((int) numbers.integer(0, 0xFFFF_FFFFL));
            case INT16 -> data.putShort((short) numbers.integer(Short.MIN_VALUE, Short.MAX_VALUE));
            case UINT16 -> data.putShort((short) numbers.integer(0, 0xFFFF));
            case INT8 -> data.put((byte) numbers.integer(Byte.MIN_VALUE, Byte.MAX_VALUE));
            case UINT8 -> data.put((byte) numbers.integer(0, 0xFF));
            case BOOL, UINT64, FP16, BF16, BYTES -> throw new NotPlainException();
        }
    }
}
