package io.github.mlmaven.inspect.onnx;

import static io.github.mlmaven.inspect.onnx.MalformedProtoException.limit;

import io.github.mlmaven.model.Shape;
import io.github.mlmaven.model.Tensor;
import java.io.IOException;
import java.util.Arrays;

/** The repeated field {@code dims} of tensors, bounded. */
final class Dims {

    private final long[] dims = new long[Shape.MAX_RANK];
    private int rank;

    void read(ProtoInput in) throws IOException, MalformedProtoException {
        in.varints(dimension -> {
            if (rank < dims.length) {
                dims[rank] = dimension;
            }
            rank++;
        });
        if (rank > dims.length) {
            throw limit("a tensor has too many dimensions at byte " + in.offset(), "at most " + dims.length, "" + rank);
        }
    }

    /**
     * The product of the dimensions.
     *
     * @throws ArithmeticException when it exceeds 2^63-1
     * @throws IllegalArgumentException when a dimension is negative
     */
    long elements() {
        return Tensor.elements(toArray());
    }

    /** The form in messages: {@code [3, 4]}. */
    @Override
    public String toString() {
        return Arrays.toString(toArray());
    }

    long[] toArray() {
        return Arrays.copyOf(dims, rank);
    }
}
