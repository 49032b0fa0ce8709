package io.github.mlmaven.model;

import java.util.List;
import java.util.Optional;

/**
 * What a model takes and gives (a signature): its tensors in the model's own order.
 *
 * @param inputs the tensors a request must bring
 * @param outputs the tensors a reply can hold
 */
public record Contract(List<TensorSpec> inputs, List<TensorSpec> outputs) {

    public Contract {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }

    /** The input of this name. */
    public Optional<TensorSpec> input(String name) {
        return inputs.stream().filter(t -> t.name().equals(name)).findFirst();
    }

    /** The output of this name. */
    public Optional<TensorSpec> output(String name) {
        return outputs.stream().filter(t -> t.name().equals(name)).findFirst();
    }
}
