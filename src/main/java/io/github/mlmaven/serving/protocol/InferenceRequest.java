package io.github.mlmaven.serving.protocol;

import io.github.mlmaven.model.Tensor;
import java.util.List;
import java.util.Optional;

/**
 * What every protocol's request comes down to.
 *
 * @param id the client's own mark, echoed in the reply
 * @param inputs the tensors, not yet checked against a contract
 * @param outputs the outputs asked for; empty for all of them
 */
public record InferenceRequest(Optional<String> id, List<Tensor> inputs, List<String> outputs) {
    public InferenceRequest {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }
}
