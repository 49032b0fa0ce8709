package io.github.mlmaven.model;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A named tensor with its elements in the raw form of the Open Inference Protocol: row-major, little-endian; BOOL one
 * byte 0 or 1; BYTES elements each a 4-byte little-endian length and their bytes.
 */
public final class Tensor {

    private final String name;
    private final Datatype datatype;
    private final long[] shape;
    private final ByteBuffer data;

    /**
     * @param name the tensor's name
     * @param datatype the datatype of its elements
     * @param shape its actual shape, every dimension zero or more
     * @param data exactly the elements between position and limit; kept, not copied
     */
    public Tensor(String name, Datatype datatype, long[] shape, ByteBuffer data) {
        long elements = elements(shape);
        if (datatype != Datatype.BYTES && Math.multiplyExact(elements, (long) datatype.size()) != data.remaining()) {
            throw new IllegalArgumentException("tensor " + name + " " + datatype + java.util.Arrays.toString(shape)
                    + " needs " + elements * datatype.size() + " bytes, got " + data.remaining());
        }
        this.name = name;
        this.datatype = datatype;
        this.shape = shape.clone();
        this.data = data.slice();
    }

    public String name() {
        return name;
    }

    public Datatype datatype() {
        return datatype;
    }

    /** The actual shape; a copy. */
    public long[] shape() {
        return shape.clone();
    }

    /** The number of dimensions; 0 for a scalar. */
    public int rank() {
        return shape.length;
    }

    /** One dimension of the actual shape, without a copy. */
    public long dimension(int index) {
        return shape[index];
    }

    /** The bytes of the raw elements. */
    public int bytes() {
        return data.remaining();
    }

    /** The number of elements. */
    public long elements() {
        return elements(shape);
    }

    /** The raw elements: a read-only view in little-endian order, positioned at the first byte. */
    public ByteBuffer data() {
        return data.asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * The product of the dimensions; 1 for a scalar.
     *
     * @throws ArithmeticException when it exceeds 2^63-1
     * @throws IllegalArgumentException when a dimension is negative
     */
    public static long elements(long[] shape) {
        long product = 1;
        for (long dimension : shape) {
            if (dimension < 0) {
                throw new IllegalArgumentException("negative dimension: " + dimension);
            }
            product = Math.multiplyExact(product, dimension);
        }
        return product;
    }
}
