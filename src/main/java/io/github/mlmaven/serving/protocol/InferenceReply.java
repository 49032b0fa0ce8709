package io.github.mlmaven.serving.protocol;

import io.github.mlmaven.model.Tensor;
import java.util.List;
import java.util.Optional;

/**
 * What every protocol's reply is made from.
 *
 * @param model the model's name
 * @param version the model's version
 * @param id the request's id
 * @param outputs the outputs asked for, in that order
 */
public record InferenceReply(String model, String version, Optional<String> id, List<Tensor> outputs) {
    public InferenceReply {
        outputs = List.copyOf(outputs);
    }
}
