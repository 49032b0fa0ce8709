package io.github.mlmaven.bench;

import io.github.mlmaven.model.Tensor;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * A request and the reply that it must get, from whomever.
 *
 * @param inputs the request's tensors
 * @param outputs the reply's tensors
 */
record Golden(List<Tensor> inputs, List<Tensor> outputs) {

    private static final double TOLERANCE = 1e-3;

    /** Refuses another reply; the order of its tensors does not matter. */
    void check(String who, List<Tensor> reply) throws BenchException {
        for (Tensor expected : outputs) {
            Tensor actual = reply.stream()
                    .filter(tensor -> tensor.name().equals(expected.name()))
                    .findFirst()
                    .orElseThrow(() -> new BenchException(who + ": the reply has no output " + expected.name()));
            if (actual.datatype() != expected.datatype() || !Arrays.equals(actual.shape(), expected.shape())) {
                throw new BenchException(who + ": output " + expected.name() + ": expected " + expected.datatype()
                        + Arrays.toString(expected.shape()) + ", found " + actual.datatype()
                        + Arrays.toString(actual.shape()));
            }
            compare(who, expected, actual);
        }
    }

    private static void compare(String who, Tensor expected, Tensor actual) throws BenchException {
        ByteBuffer want = expected.data();
        ByteBuffer got = actual.data();
        for (long i = 0; i < expected.elements(); i++) {
            double e = next(expected, want);
            double a = next(actual, got);
            if (!(Math.abs(e - a) <= TOLERANCE * Math.max(1, Math.abs(e)))) {
                throw new BenchException(
                        who + ": output " + expected.name() + ", element " + i + ": expected " + e + ", found " + a);
            }
        }
    }

    private static double next(Tensor tensor, ByteBuffer data) {
        return switch (tensor.datatype()) {
            case FP32 -> data.getFloat();
            case FP64 -> data.getDouble();
            case INT64 -> data.getLong();
            case INT32 -> data.getInt();
            default -> throw new IllegalArgumentException("no model of the benchmark computes " + tensor.datatype());
        };
    }
}
