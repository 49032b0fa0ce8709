package io.github.mlmaven.serving.protocol;

import io.github.mlmaven.model.Contract;
import io.github.mlmaven.model.Datatype;
import io.github.mlmaven.model.Tensor;
import io.github.mlmaven.model.TensorSpec;
import io.github.mlmaven.model.json.ElementMemory;
import io.github.mlmaven.model.json.TensorFormatException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A body without JSON ("Raw Binary Request" of the binary tensor data extension): all of it is the one input of the
 * model. Its shape is the contract's, as far as one dimension can be told from the body's length.
 */
final class RawBinaryRequest {

    private final TensorSpec input;

    private RawBinaryRequest(TensorSpec input) {
        this.input = input;
    }

    static OpenInferenceRequest read(Contract contract, ByteBuffer body, ElementMemory memory)
            throws TensorFormatException {
        List<TensorSpec> inputs = contract.inputs();
        if (inputs.size() != 1) {
            throw new TensorFormatException(
                    "a request without JSON needs a model with exactly one input: this one has " + inputs.size());
        }
        RawBinaryRequest request = new RawBinaryRequest(inputs.get(0));
        Tensor tensor =
                request.input.datatype() == Datatype.BYTES ? request.string(body, memory) : request.numbers(body);
        return new OpenInferenceRequest(
                new InferenceRequest(Optional.empty(), List.of(tensor), List.of()), new BinaryOutputs(true, Map.of()));
    }

    /** One element, which has no length before it. */
    private Tensor string(ByteBuffer body, ElementMemory memory) throws TensorFormatException {
        long[] shape = input.shape().wire();
        for (int i = 0; i < shape.length; i++) {
            if (shape[i] != 1 && shape[i] != -1) {
                throw new TensorFormatException(
                        "input " + input + ": a request without JSON holds one element of BYTES only");
            }
            shape[i] = 1;
        }
        if (body.remaining() > Integer.MAX_VALUE - Integer.BYTES) {
            throw new TensorFormatException("input " + input.name() + ": the body is too large for one element");
        }
        ByteBuffer data = memory.allocate(Integer.BYTES + body.remaining()).order(ByteOrder.LITTLE_ENDIAN);
        data.putInt(body.remaining()).put(body.duplicate()).flip();
        return new Tensor(input.name(), input.datatype(), shape, data);
    }

    private Tensor numbers(ByteBuffer body) throws TensorFormatException {
        long[] shape = input.shape().wire();
        int unknown = unknownDimension(shape);
        if (unknown >= 0) {
            long known = input.datatype().size();
            for (int i = 0; i < shape.length; i++) {
                known = i == unknown ? known : Math.multiplyExact(known, shape[i]);
            }
            if (known == 0 || body.remaining() % known != 0) {
                throw new TensorFormatException(
                        "input " + input + ": expected a multiple of " + known + " bytes, found " + body.remaining());
            }
            shape[unknown] = body.remaining() / known;
        }
        RawElements.check("input " + input.name(), input.datatype(), shape, body);
        return new Tensor(input.name(), input.datatype(), shape, body);
    }

    /** The only variable one, or -1; where there are two and the first is one of them, it is a batch of 1. */
    private int unknownDimension(long[] shape) throws TensorFormatException {
        int variable = 0;
        for (long dimension : shape) {
            variable += dimension < 0 ? 1 : 0;
        }
        if (variable == 2 && shape[0] < 0) {
            shape[0] = 1;
            variable = 1;
        }
        if (variable > 1) {
            throw new TensorFormatException("input " + input
                    + ": a request without JSON cannot tell its shape: it has more than one variable dimension");
        }
        for (int i = 0; i < shape.length; i++) {
            if (shape[i] < 0) {
                return i;
            }
        }
        return -1;
    }
}
