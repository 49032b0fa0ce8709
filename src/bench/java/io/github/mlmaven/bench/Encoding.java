package io.github.mlmaven.bench;

import io.github.mlmaven.model.Tensor;
import io.github.mlmaven.model.json.InferenceJson;
import io.github.mlmaven.model.json.TensorFormatException;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How a request is on the wire. */
enum Encoding {
    JSON,
    BINARY,
    GRPC;

    /** The request. */
    Message request(String model, List<Tensor> inputs) throws TensorFormatException {
        String path = "/v2/models/" + model + "/infer";
        return switch (this) {
            case JSON -> new Message(path, Map.of("Content-Type", "application/json"), InferenceJson.request(inputs));
            case BINARY -> BinaryTensors.request(path, inputs);
            case GRPC -> GrpcMessages.request(model, inputs);
        };
    }

    /** The tensors of a reply. */
    List<Tensor> outputs(Message reply) throws IOException {
        return switch (this) {
            case JSON -> InferenceJson.tensors(reply.body(), "outputs");
            case BINARY -> BinaryTensors.outputs(reply);
            case GRPC -> GrpcMessages.outputs(reply.body());
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
