package io.github.mlmaven.serving.http;

import io.github.mlmaven.model.ModelDescriptor;
import io.github.mlmaven.model.json.ElementMemory;
import io.github.mlmaven.model.json.TensorFormatException;
import io.github.mlmaven.serving.inference.Failure;
import io.github.mlmaven.serving.protocol.InferenceReply;
import io.github.mlmaven.serving.protocol.InferenceRequest;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;

/** How one protocol writes inference into HTTP's bodies; one instance serves all requests, on several threads. */
interface InferenceCodec {

    /** The protocol's name in metrics and logs. */
    String protocol();

    /** What the headers alone are refused for, before the body comes. */
    Optional<Reply> refusal(HttpServerRequest request);

    /**
     * Reads a request.
     *
     * @throws TensorFormatException when it is wrong: status 400 with the message
     */
    Exchange decode(RequestBody body, ModelDescriptor model) throws TensorFormatException;

    /** The reply for what has no result. */
    Reply failed(Failure failure);

    /** One request, and how its reply is to be written. */
    interface Exchange {

        /** What the model shall compute. */
        InferenceRequest request();

        /**
         * Writes the reply at once: the tensors are gone after this call.
         *
         * @param memory holds the reply's body; freed when that has been sent
         * @throws TensorFormatException when the protocol cannot carry an output: status 500 with the message
         */
        Reply reply(InferenceReply reply, ElementMemory memory) throws TensorFormatException;
    }
}
