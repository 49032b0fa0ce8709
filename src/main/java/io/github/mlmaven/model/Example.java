package io.github.mlmaven.model;

import java.util.List;

/**
 * Real inputs of a model with the outputs that they gave when they were recorded, for documentation and warm-up.
 *
 * @param inputs one tensor for each input of the contract
 * @param outputs what was recorded, not necessarily all outputs of the contract
 */
public record Example(List<Tensor> inputs, List<Tensor> outputs) {
    public Example {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }

    /** Whether a model with this contract takes these inputs. */
    public boolean fits(Contract contract) {
        return inputs.size() == contract.inputs().size()
                && inputs.stream()
                        .allMatch(tensor -> contract.input(tensor.name())
                                .filter(spec -> spec.datatype() == tensor.datatype()
                                        && spec.shape().accepts(tensor.shape()))
                                .isPresent());
    }
}
