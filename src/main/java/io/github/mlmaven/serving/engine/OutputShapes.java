package io.github.mlmaven.serving.engine;

import io.github.mlmaven.model.Contract;
import io.github.mlmaven.model.Datatype;
import io.github.mlmaven.model.Dimension;
import io.github.mlmaven.model.Tensor;
import io.github.mlmaven.model.TensorSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The shapes that the outputs of a run will have, for memory to lie ready; BYTES needs none. */
final class OutputShapes {

    /** An output and its shape, when that is known and of use. */
    record Output(String name, Datatype datatype, Optional<long[]> shape) {
        /** Bytes of the memory it is bound to. */
        long boundBytes() {
            return shape.isEmpty() ? 0 : Math.multiplyExact(Tensor.elements(shape.get()), (long) datatype.size());
        }
    }

    private final List<Output> outputs;

    private OutputShapes(List<Output> outputs) {
        this.outputs = outputs;
    }

    List<Output> outputs() {
        return outputs;
    }

    /** Nothing is known. */
    static OutputShapes unknown(Contract contract, List<String> names) throws EngineException {
        List<Output> outputs = new ArrayList<>(names.size());
        for (String name : names) {
            outputs.add(new Output(name, spec(contract, name).datatype(), Optional.empty()));
        }
        return new OutputShapes(outputs);
    }

    /** As they were once. */
    static OutputShapes of(List<Tensor> computed) {
        return new OutputShapes(computed.stream()
                .map(tensor -> output(tensor.name(), tensor.datatype(), tensor.shape()))
                .toList());
    }

    /**
     * What follows from the contract: from {@code features [N,28]} follows {@code probabilities [N,2]}. The names of
     * dimensions are the author's word, so a run may prove it wrong. Empty when a dimension of an output does not follow
     * or is beyond what a buffer holds.
     */
    static Optional<OutputShapes> expected(Contract contract, MergedInputs inputs, List<String> names)
            throws EngineException {
        Map<String, Long> sizes = sizes(inputs);
        List<Output> outputs = new ArrayList<>(names.size());
        long bytes = 0;
        for (String name : names) {
            TensorSpec spec = spec(contract, name);
            Optional<long[]> shape = shape(spec, sizes);
            if (shape.isEmpty()) {
                return Optional.empty();
            }
            outputs.add(output(name, spec.datatype(), shape.get()));
        }
        try {
            for (Output output : outputs) {
                bytes = Math.addExact(bytes, output.boundBytes());
            }
        } catch (ArithmeticException e) {
            return Optional.empty();
        }
        return bytes > Slices.MAX / 2 ? Optional.empty() : Optional.of(new OutputShapes(outputs));
    }

    private static Output output(String name, Datatype datatype, long[] shape) {
        return new Output(name, datatype, datatype == Datatype.BYTES ? Optional.empty() : Optional.of(shape));
    }

    private static Map<String, Long> sizes(MergedInputs inputs) {
        Map<String, Long> sizes = new HashMap<>();
        for (int i = 0; i < inputs.count(); i++) {
            List<Dimension> dimensions = inputs.spec(i).shape().dimensions();
            long[] actual = inputs.shape(i);
            for (int d = 0; d < Math.min(actual.length, dimensions.size()); d++) {
                if (dimensions.get(d) instanceof Dimension.Symbolic symbolic
                        && !symbolic.name().isEmpty()) {
                    sizes.putIfAbsent(symbolic.name(), actual[d]);
                }
            }
        }
        return sizes;
    }

    private static TensorSpec spec(Contract contract, String output) throws EngineException {
        return contract.output(output).orElseThrow(() -> new EngineException("the model has no output " + output));
    }

    private static Optional<long[]> shape(TensorSpec spec, Map<String, Long> sizes) {
        if (spec.datatype() == Datatype.BYTES) {
            return Optional.of(new long[0]);
        }
        List<Dimension> dimensions = spec.shape().dimensions();
        long[] shape = new long[dimensions.size()];
        for (int i = 0; i < shape.length; i++) {
            if (dimensions.get(i) instanceof Dimension.Fixed fixed) {
                shape[i] = fixed.size();
            } else if (dimensions.get(i) instanceof Dimension.Symbolic symbolic && sizes.containsKey(symbolic.name())) {
                shape[i] = sizes.get(symbolic.name());
            } else {
                return Optional.empty();
            }
        }
        return Optional.of(shape);
    }
}
