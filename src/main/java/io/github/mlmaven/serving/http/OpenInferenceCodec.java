package io.github.mlmaven.serving.http;

import io.github.mlmaven.model.ModelDescriptor;
import io.github.mlmaven.model.json.ElementMemory;
import io.github.mlmaven.model.json.JsonText;
import io.github.mlmaven.model.json.TensorFormatException;
import io.github.mlmaven.serving.inference.Failure;
import io.github.mlmaven.serving.protocol.BinaryOutputs;
import io.github.mlmaven.serving.protocol.EncodedReply;
import io.github.mlmaven.serving.protocol.InferenceDocuments;
import io.github.mlmaven.serving.protocol.InferenceReply;
import io.github.mlmaven.serving.protocol.InferenceRequest;
import io.github.mlmaven.serving.protocol.OpenInferenceRequest;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;

/** Inference of the Open Inference Protocol v2 in JSON, with tensors in binary behind it. */
final class OpenInferenceCodec implements InferenceCodec {

    private static final String BINARY = "application/octet-stream";

    @Override
    public String protocol() {
        return "oip-rest";
    }

    /** Triton's clients send any type with binary tensors; it is the other header that tells. */
    @Override
    public Optional<Reply> refusal(HttpServerRequest request) {
        if (request.headers().getAll(InferenceDocuments.JSON_LENGTH).size() > 1) {
            return Optional.of(Reply.error(400, InferenceDocuments.JSON_LENGTH + " is given twice"));
        }
        String type = request.getHeader("Content-Type");
        boolean expected =
                type == null || MediaTypes.isJson(type) || request.headers().contains(InferenceDocuments.JSON_LENGTH);
        return expected
                ? Optional.empty()
                : Optional.of(Reply.error(415, "expected Content-Type application/json, found " + type));
    }

    @Override
    public Exchange decode(RequestBody body, ModelDescriptor model) throws TensorFormatException {
        Optional<String> jsonLength = body.header(InferenceDocuments.JSON_LENGTH);
        OpenInferenceRequest decoded = jsonLength.isPresent()
                ? InferenceDocuments.binary(body.bytes(), jsonLength.get(), model.contract(), body.memory())
                : InferenceDocuments.json(JsonText.of(body.bytes()), body.memory());
        return new OpenInferenceExchange(decoded.request(), decoded.binary());
    }

    @Override
    public Reply failed(Failure failure) {
        return Reply.failed(failure);
    }

    private record OpenInferenceExchange(InferenceRequest request, BinaryOutputs binary) implements Exchange {

        @Override
        public Reply reply(InferenceReply reply, ElementMemory memory) throws TensorFormatException {
            EncodedReply encoded = InferenceDocuments.write(reply, binary, memory);
            Reply written = Reply.ok(encoded.body());
            if (encoded.jsonLength().isEmpty()) {
                return written;
            }
            String jsonLength = Integer.toString(encoded.jsonLength().getAsInt());
            return written.with("Content-Type", BINARY).with(InferenceDocuments.JSON_LENGTH, jsonLength);
        }
    }
}
