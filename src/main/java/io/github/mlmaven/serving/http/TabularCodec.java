package io.github.mlmaven.serving.http;

import io.github.mlmaven.model.ModelDescriptor;
import io.github.mlmaven.model.json.ElementMemory;
import io.github.mlmaven.model.json.JsonText;
import io.github.mlmaven.model.json.TensorFormatException;
import io.github.mlmaven.serving.inference.Failure;
import io.github.mlmaven.serving.protocol.InferenceReply;
import io.github.mlmaven.serving.protocol.InferenceRequest;
import io.github.mlmaven.serving.protocol.tabular.Predictions;
import io.github.mlmaven.serving.protocol.tabular.TabularDocuments;
import io.github.mlmaven.serving.protocol.tabular.TabularForm;
import io.github.mlmaven.serving.protocol.tabular.TabularRequest;
import io.vertx.core.http.HttpServerRequest;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Inference in JSON without datatypes: KServe v1 with TensorFlow Serving's column form, and Vertex AI. */
final class TabularCodec implements InferenceCodec {

    private final String protocol;
    private final Set<TabularForm> forms;

    private TabularCodec(String protocol, Set<TabularForm> forms) {
        this.protocol = protocol;
        this.forms = forms;
    }

    static TabularCodec kserve() {
        return new TabularCodec("kserve-v1", EnumSet.of(TabularForm.INSTANCES, TabularForm.INPUTS));
    }

    static TabularCodec vertex() {
        return new TabularCodec("vertex", EnumSet.of(TabularForm.INSTANCES));
    }

    @Override
    public String protocol() {
        return protocol;
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
        TabularRequest request =
                TabularDocuments.read(JsonText.of(body.bytes()), forms, model.contract(), body.memory());
        return new Exchange() {
            @Override
            public InferenceRequest request() {
                return new InferenceRequest(Optional.empty(), request.inputs(), List.of());
            }

            @Override
            public Reply reply(InferenceReply reply, ElementMemory memory) throws TensorFormatException {
                return Reply.ok(
                        request.form() == TabularForm.INPUTS
                                ? Predictions.columns(reply.outputs(), memory)
                                : Predictions.rows(reply.outputs(), request.rows(), memory));
            }
        };
    }

    @Override
    public Reply failed(Failure failure) {
        return Reply.failed(failure);
    }
}
