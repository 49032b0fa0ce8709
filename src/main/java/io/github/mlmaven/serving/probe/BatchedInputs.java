package io.github.mlmaven.serving.probe;

import io.github.mlmaven.model.Datatype;
import io.github.mlmaven.model.Tensor;
import io.github.mlmaven.model.TensorSpec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Makes inputs of as many rows as asked for out of those of a case, whose rows are repeated in turn. */
final class BatchedInputs {

    private static final long MAX_BYTES = 256L << 20;

    private BatchedInputs() {}

    /** Inputs of that many rows cannot be made; the message says why. */
    static final class NoBatchException extends Exception {
        NoBatchException(String message) {
            super(message);
        }
    }

    /**
     * Each input with that many rows; one without dimensions stays as it is.
     *
     * @param specs the contract's inputs, in the order of the inputs
     */
    static List<Tensor> of(List<Tensor> inputs, List<TensorSpec> specs, int rows) throws NoBatchException {
        List<Tensor> batched = new ArrayList<>();
        for (Tensor input : inputs) {
            for (TensorSpec spec : specs) {
                if (spec.name().equals(input.name())) {
                    batched.add(batch(input, spec, rows));
                }
            }
        }
        return batched;
    }

    private static Tensor batch(Tensor input, TensorSpec spec, int rows) throws NoBatchException {
        if (input.rank() == 0 || input.dimension(0) == rows) {
            return input;
        }
        if (spec.shape().wire()[0] >= 0) {
            throw new NoBatchException(
                    "input " + spec + " has a fixed first dimension, so that a batch of " + rows + " cannot be run");
        }
        if (input.dimension(0) == 0) {
            throw new NoBatchException("input " + input.name() + " has no rows that could be repeated");
        }
        int[] starts = starts(input, (int) Math.min(input.dimension(0), rows));
        int known = starts.length - 1;
        long bytes = (long) (rows / known) * starts[known] + starts[rows % known];
        if (bytes > MAX_BYTES) {
            throw new NoBatchException(
                    "a batch of " + rows + " rows of input " + input.name() + " takes " + bytes + " bytes");
        }
        ByteBuffer data = ByteBuffer.allocate((int) bytes);
        ByteBuffer from = input.data();
        for (int row = 0; row < rows; row++) {
            int start = starts[row % known];
            data.put(from.slice(start, starts[row % known + 1] - start));
        }
        long[] shape = input.shape();
        shape[0] = rows;
        return new Tensor(input.name(), input.datatype(), shape, data.flip());
    }

    /** Where each row begins, and where the last one ends. */
    private static int[] starts(Tensor input, int rows) {
        long perRow = input.elements() / input.dimension(0);
        int[] starts = new int[rows + 1];
        ByteBuffer data = input.data().order(ByteOrder.LITTLE_ENDIAN);
        for (int row = 0; row < rows; row++) {
            starts[row + 1] = starts[row] + length(input.datatype(), data, starts[row], perRow);
        }
        return starts;
    }

    private static int length(Datatype datatype, ByteBuffer data, int start, long elements) {
        if (datatype != Datatype.BYTES) {
            return Math.toIntExact(elements * datatype.size());
        }
        int at = start;
        for (long i = 0; i < elements; i++) {
            at += Integer.BYTES + data.getInt(at);
        }
        return at - start;
    }
}
