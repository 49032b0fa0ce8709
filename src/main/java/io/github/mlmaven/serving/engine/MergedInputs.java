package io.github.mlmaven.serving.engine;

import io.github.mlmaven.model.Datatype;
import io.github.mlmaven.model.Tensor;
import io.github.mlmaven.model.TensorSpec;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/** The inputs of one or more requests as one run sees them: concatenated along the first dimension. */
final class MergedInputs {

    /** Below this many bytes a copy costs less than a native tensor of its own. */
    private static final int MIN_IN_PLACE = 64 << 10;

    private final List<TensorSpec> specs;
    private final Tensor[][] parts;
    private final long[][] shapes;
    private final long[] rows;

    private MergedInputs(List<TensorSpec> specs, Tensor[][] parts, long[][] shapes, long[] rows) {
        this.specs = specs;
        this.parts = parts;
        this.shapes = shapes;
        this.rows = rows;
    }

    static MergedInputs of(List<TensorSpec> specs, List<List<Tensor>> requests) throws EngineException {
        if (requests.isEmpty()) {
            throw new EngineException("nothing to run: no request");
        }
        Tensor[][] parts = new Tensor[specs.size()][requests.size()];
        for (int request = 0; request < requests.size(); request++) {
            List<Tensor> inputs = requests.get(request);
            for (int i = 0; i < parts.length; i++) {
                parts[i][request] = find(specs.get(i), inputs, i);
            }
            if (inputs.size() != specs.size()) {
                throw new EngineException(
                        "the model takes " + specs.size() + " inputs, the request has " + inputs.size());
            }
        }
        long[] rows = new long[requests.size()];
        long[][] shapes = new long[specs.size()][];
        for (int i = 0; i < parts.length; i++) {
            shapes[i] = requests.size() == 1 ? parts[i][0].shape() : concatenate(specs.get(i), parts[i], rows, i == 0);
        }
        return new MergedInputs(specs, parts, shapes, rows);
    }

    private static Tensor find(TensorSpec spec, List<Tensor> inputs, int likely) throws EngineException {
        // In the contract's order as a rule.
        int at = likely < inputs.size() && inputs.get(likely).name().equals(spec.name()) ? likely : 0;
        while (at < inputs.size() && !inputs.get(at).name().equals(spec.name())) {
            at++;
        }
        if (at == inputs.size()) {
            throw new EngineException("the request has no input " + spec.name());
        }
        Tensor found = inputs.get(at);
        if (found.datatype() != spec.datatype()) {
            throw new EngineException("input " + spec.name() + " is " + spec.datatype() + ", not " + found.datatype());
        }
        return found;
    }

    private static long[] concatenate(TensorSpec spec, Tensor[] parts, long[] rows, boolean first)
            throws EngineException {
        long[] merged = parts[0].shape();
        long sum = 0;
        for (int request = 0; request < parts.length; request++) {
            long[] shape = parts[request].shape();
            if (shape.length == 0
                    || shape.length != merged.length
                    || !Arrays.equals(shape, 1, shape.length, merged, 1, merged.length)) {
                throw new EngineException("input " + spec.name() + " cannot be merged: shapes "
                        + Arrays.toString(parts[0].shape()) + " and " + Arrays.toString(shape));
            }
            if (first) {
                rows[request] = shape[0];
            } else if (rows[request] != shape[0]) {
                throw new EngineException("input " + spec.name() + " cannot be merged: it has " + shape[0]
                        + " rows where the first input has " + rows[request]);
            }
            sum += shape[0];
        }
        merged[0] = sum;
        return merged;
    }

    /** How many inputs. */
    int count() {
        return specs.size();
    }

    TensorSpec spec(int input) {
        return specs.get(input);
    }

    /** The merged shape. */
    long[] shape(int input) {
        return shapes[input];
    }

    /** The requests' tensors, in their order. */
    Tensor[] parts(int input) {
        return parts[input];
    }

    /** The rows of each request; not set when there is only one. */
    long[] rows() {
        return rows;
    }

    /** Bytes of the memory that it is copied into; the engine copies the elements of BYTES one by one. */
    long boundBytes(int input) {
        Datatype datatype = specs.get(input).datatype();
        return datatype == Datatype.BYTES || usedInPlace(input) ? 0 : Tensor.elements(shapes[input]) * datatype.size();
    }

    /** Whether the engine can read a lone request's tensor where it lies. */
    boolean usedInPlace(int input) {
        Datatype datatype = specs.get(input).datatype();
        if (parts[input].length > 1 || datatype == Datatype.BYTES || UnsignedCast.isFor(datatype)) {
            return false;
        }
        ByteBuffer data = parts[input][0].data();
        return data.isDirect() && data.remaining() >= MIN_IN_PLACE && data.alignmentOffset(0, datatype.size()) == 0;
    }
}
