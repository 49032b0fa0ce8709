package io.github.mlmaven.serving.protocol.tabular;

import io.github.mlmaven.model.Tensor;
import java.util.List;

/**
 * What a request comes down to.
 *
 * @param inputs the tensors, in the contract's order
 * @param form the form in which they came
 */
public record TabularRequest(List<Tensor> inputs, TabularForm form) {
    public TabularRequest {
        inputs = List.copyOf(inputs);
    }

    /** The rows: the first input's batch dimension; 1 where nothing has one. */
    public long rows() {
        return inputs.stream()
                .map(Tensor::shape)
                .filter(shape -> shape.length > 0)
                .mapToLong(shape -> shape[0])
                .findFirst()
                .orElse(1);
    }
}
