package io.github.mlmaven.serving.inference;

import io.github.mlmaven.model.Contract;
import io.github.mlmaven.model.Dimension;
import io.github.mlmaven.model.TensorSpec;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a contract alone says of merging: every tensor must begin with one and the same symbolic dimension. */
final class Batches {

    private Batches() {}

    /** Why requests cannot be merged; empty when they may be, as far as the contract tells. */
    static Optional<String> problem(Contract contract) {
        if (contract.inputs().isEmpty()) {
            return Optional.of("the model has no inputs");
        }
        List<TensorSpec> tensors = Stream.concat(contract.inputs().stream(), contract.outputs().stream())
                .toList();
        for (TensorSpec tensor : tensors) {
            if (tensor.shape().rank() == 0 || !(first(tensor) instanceof Dimension.Symbolic)) {
                return Optional.of(tensor + " has no symbolic first dimension");
            }
        }
        // Outputs may be named by shape inference; that they follow the inputs is found out by running.
        TensorSpec batch = contract.inputs().get(0);
        return contract.inputs().stream()
                .filter(input -> !first(input).equals(first(batch)))
                .findFirst()
                .map(other -> batch + " and " + other + " have different first dimensions");
    }

    private static Dimension first(TensorSpec tensor) {
        return tensor.shape().dimensions().get(0);
    }
}
