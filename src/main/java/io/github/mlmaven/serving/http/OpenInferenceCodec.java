package io.github.mlmaven.serving.http;

import io.github.mlmaven.model.ModelDescriptor;
import io.github.mlmaven.model.json.JsonText;
import io.github.mlmaven.model.json.TensorFormatException;
import io.github.mlmaven.serving.inference.Failure;
import io.github.mlmaven.serving.protocol.InferenceDocuments;
import io.github.mlmaven.serving.protocol.InferenceReply;
import io.github.mlmaven.serving.protocol.InferenceRequest;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;

/** Inference of the Open Inference Protocol v2 in JSON. */
final class OpenInferenceCodec implements InferenceCodec {

    @Override
    public String protocol() {
        return "oip-rest";
    }

    @Override
    public Optional<Reply> refusal(HttpServerRequest request) {
        String type = request.getHeader("Content-Type");
        return type == null || MediaTypes.isJson(type)
                ? Optional.empty()
                : Optional.of(Reply.error(415, "expected Content-Type application/json, found " + type));
    }

    @Override
    public Exchange decode(RequestBody body, ModelDescriptor model) throws TensorFormatException {
        InferenceRequest request = InferenceDocuments.read(JsonText.of(body.bytes()), body.memory());
        return new Exchange() {
            @Override
            public InferenceRequest request() {
                return request;
            }

            @Override
            public Reply reply(InferenceReply reply) throws TensorFormatException {
                return Reply.ok(InferenceDocuments.write(reply));
            }
        };
    }

    @Override
    public Reply failed(Failure failure) {
        return Reply.failed(failure);
    }
}
