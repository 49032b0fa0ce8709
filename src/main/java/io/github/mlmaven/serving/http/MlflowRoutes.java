package io.github.mlmaven.serving.http;

import io.github.mlmaven.serving.protocol.tabular.SageMakerDocuments;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;

/** The paths of MLflow's scoring server, two of which are SageMaker's too. */
final class MlflowRoutes implements Routes {

    /** SageMaker's limit for all payloads of a batch transform at once. */
    private static final long MAX_TRANSFORM_MEBIBYTES = 100;

    private final Responder responder;
    private final DefaultModel model;
    private final InferenceHandler inference;
    private final InferenceCodec codec = new MlflowCodec();
    private final Reply version;
    private final Reply execution;

    MlflowRoutes(
            Responder responder, DefaultModel model, InferenceHandler inference, String version, long maxBodyBytes) {
        this.responder = responder;
        this.model = model;
        this.inference = inference;
        this.version = new Reply(200, Map.of("Content-Type", "text/plain"), Buffer.buffer(version));
        int concurrent = Runtime.getRuntime().availableProcessors();
        long payload = Math.min(maxBodyBytes >> 20, MAX_TRANSFORM_MEBIBYTES / concurrent);
        this.execution = Reply.ok(SageMakerDocuments.executionParameters(concurrent, Math.max(1, payload)));
    }

    @Override
    public boolean handle(HttpServerRequest request) {
        switch (request.path()) {
            case "/ping", "/health" ->
                responder.get(request, () -> Reply.of(responder.isReady() ? 200 : 503, new byte[0]));
            case "/version" -> responder.get(request, () -> version);
            case "/execution-parameters" -> responder.get(request, () -> execution);
            case "/invocations" ->
                responder.only(
                        "POST", request, () -> model.find(request, found -> inference.handle(request, found, codec)));
            default -> {
                return false;
            }
        }
        return true;
    }
}
