package io.github.mlmaven.serving.http;

import io.github.mlmaven.model.ModelDescriptor;
import io.github.mlmaven.model.json.ElementMemory;
import io.github.mlmaven.model.json.JsonText;
import io.github.mlmaven.model.json.TensorFormatException;
import io.github.mlmaven.serving.inference.Failure;
import io.github.mlmaven.serving.protocol.InferenceReply;
import io.github.mlmaven.serving.protocol.InferenceRequest;
import io.github.mlmaven.serving.protocol.tabular.CsvTable;
import io.github.mlmaven.serving.protocol.tabular.Predictions;
import io.github.mlmaven.serving.protocol.tabular.TabularDocuments;
import io.github.mlmaven.serving.protocol.tabular.TabularForm;
import io.github.mlmaven.serving.protocol.tabular.TabularRequest;
import io.vertx.core.http.HttpServerRequest;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Inference as MLflow's scoring server and SageMaker's containers take it: JSON or CSV in, predictions out. */
final class MlflowCodec implements InferenceCodec {

    private static final String JSON = "application/json";
    private static final String CSV = "text/csv";
    private static final Set<TabularForm> FORMS = EnumSet.allOf(TabularForm.class);

    @Override
    public String protocol() {
        return "mlflow";
    }

    @Override
    public Optional<Reply> refusal(HttpServerRequest request) {
        ContentType type = contentType(Optional.ofNullable(request.getHeader("Content-Type")));
        if (!type.type().equals(JSON) && !type.type().equals(CSV)) {
            return Optional.of(
                    Reply.error(415, "expected Content-Type application/json or text/csv, found " + type.text()));
        }
        if (!type.charset().equals("utf-8")) {
            return Optional.of(Reply.error(415, "expected Content-Type with charset utf-8, found " + type.text()));
        }
        if (type.hasOtherParameters()) {
            return Optional.of(
                    Reply.error(415, "expected Content-Type without parameters but charset, found " + type.text()));
        }
        String accept = request.getHeader("Accept");
        return Accept.allows(accept, JSON)
                ? Optional.empty()
                : Optional.of(Reply.error(406, "expected Accept to allow application/json, found " + accept));
    }

    @Override
    public Exchange decode(RequestBody body, ModelDescriptor model) throws TensorFormatException {
        boolean csv = contentType(body.header("Content-Type")).type().equals(CSV);
        TabularRequest request = csv
                ? CsvTable.read(body.bytes(), model.contract(), body.memory())
                : TabularDocuments.read(JsonText.of(body.bytes()), FORMS, model.contract(), body.memory());
        return new Exchange() {
            @Override
            public InferenceRequest request() {
                return new InferenceRequest(Optional.empty(), request.inputs(), List.of());
            }

            @Override
            public Reply reply(InferenceReply reply, ElementMemory memory) throws TensorFormatException {
                return Reply.ok(Predictions.rows(reply.outputs(), request.rows(), memory));
            }
        };
    }

    @Override
    public Reply failed(Failure failure) {
        return Reply.failed(failure);
    }

    private static ContentType contentType(Optional<String> header) {
        return ContentType.parse(header.orElse(JSON));
    }
}
