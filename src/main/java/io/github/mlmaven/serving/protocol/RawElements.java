package io.github.mlmaven.serving.protocol;

import io.github.mlmaven.model.Datatype;
import io.github.mlmaven.model.Tensor;
import io.github.mlmaven.model.json.TensorFormatException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Elements as clients send them in binary: nothing of them is trusted before it has been counted. */
public final class RawElements {

    private RawElements() {}

    /**
     * Checks that the remaining bytes are the elements of a tensor.
     *
     * @param label the tensor, for messages
     */
    public static void check(String label, Datatype datatype, long[] shape, ByteBuffer data)
            throws TensorFormatException {
        long expected = elements(label, shape);
        int size = datatype.size();
        if (datatype == Datatype.BYTES) {
            checkStrings(label, shape, expected, data.duplicate().order(ByteOrder.LITTLE_ENDIAN));
        } else if (data.remaining() % size != 0 || data.remaining() / size != expected) {
            throw new TensorFormatException(label + ": expected " + expected + " elements of " + size + " bytes for "
                    + datatype + text(shape) + ", found " + data.remaining() + " bytes");
        } else if (datatype == Datatype.BOOL) {
            checkBooleans(label, data);
        }
    }

    private static long elements(String label, long[] shape) throws TensorFormatException {
        for (long dimension : shape) {
            if (dimension < 0) {
                throw new TensorFormatException(
                        label + ": shape: expected whole numbers of 0 or more, found " + dimension);
            }
        }
        try {
            return Tensor.elements(shape);
        } catch (ArithmeticException e) {
            throw new TensorFormatException(label + ": shape " + text(shape) + " has too many elements", e);
        }
    }

    private static void checkStrings(String label, long[] shape, long expected, ByteBuffer data)
            throws TensorFormatException {
        long count = 0;
        for (; data.hasRemaining(); count++) {
            if (count == expected) {
                throw new TensorFormatException(label + ": " + data.remaining() + " bytes follow the " + expected
                        + " elements of shape " + text(shape));
            }
            if (data.remaining() < Integer.BYTES) {
                throw new TensorFormatException(label + ": element " + count
                        + " of BYTES: expected a length of 4 bytes, found " + data.remaining());
            }
            long length = Integer.toUnsignedLong(data.getInt());
            if (length > data.remaining()) {
                throw new TensorFormatException(label + ": element " + count + " of BYTES: its length is " + length
                        + ", but only " + data.remaining() + " bytes follow");
            }
            data.position(data.position() + (int) length);
        }
        if (count != expected) {
            throw new TensorFormatException(
                    label + ": data holds " + count + " elements; expected " + expected + " for shape " + text(shape));
        }
    }

    private static void checkBooleans(String label, ByteBuffer data) throws TensorFormatException {
        for (int i = data.position(); i < data.limit(); i++) {
            if ((data.get(i) & 0xFE) != 0) {
                throw new TensorFormatException(label + ": element " + (i - data.position())
                        + " of BOOL: expected a byte 0 or 1, found " + Byte.toUnsignedInt(data.get(i)));
            }
        }
    }

    static String text(long[] shape) {
        return Arrays.toString(shape).replace(" ", "");
    }
}
