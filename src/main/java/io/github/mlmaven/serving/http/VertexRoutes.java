package io.github.mlmaven.serving.http;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;

/** The two paths that Vertex AI chooses. */
final class VertexRoutes implements Routes {

    private final VertexSettings settings;
    private final Responder responder;
    private final DefaultModel model;
    private final InferenceHandler inference;
    private final InferenceCodec codec = TabularCodec.vertex();

    VertexRoutes(VertexSettings settings, Responder responder, DefaultModel model, InferenceHandler inference) {
        this.settings = settings;
        this.responder = responder;
        this.model = model;
        this.inference = inference;
    }

    @Override
    public boolean handle(HttpServerRequest request) {
        String path = request.path();
        boolean get =
                request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD);
        // Both may be the same path.
        if (path.equals(settings.predictRoute()) && !(get && path.equals(settings.healthRoute()))) {
            responder.only(
                    "POST", request, () -> model.find(request, found -> inference.handle(request, found, codec)));
            return true;
        }
        if (path.equals(settings.healthRoute())) {
            responder.get(request, () -> Reply.of(responder.isReady() ? 200 : 503, new byte[0]));
            return true;
        }
        return false;
    }
}
