package io.github.mlmaven.serving.http;

import io.github.mlmaven.serving.inference.Models;
import io.github.mlmaven.serving.inference.ServedModel;
import io.github.mlmaven.serving.protocol.StatusDocuments;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import java.util.function.Consumer;

/** The paths of KServe's v1 protocol. */
final class KServeV1Routes implements Routes {

    private static final String MODELS = "/v1/models";
    private static final String PREDICT = ":predict";

    private final Responder responder;
    private final InferenceHandler inference;
    private final InferenceCodec codec = TabularCodec.kserve();

    KServeV1Routes(Responder responder, InferenceHandler inference) {
        this.responder = responder;
        this.inference = inference;
    }

    @Override
    public boolean handle(HttpServerRequest request) {
        String path = request.path();
        if (path.equals(MODELS) || path.equals(MODELS + "/")) {
            responder.loaded(
                    request, loaded -> responder.get(request, () -> Reply.ok(StatusDocuments.models(loaded.names()))));
            return true;
        }
        if (!path.startsWith(MODELS + "/")) {
            return false;
        }
        Optional<String> rest = UrlPath.decoded(path.substring(MODELS.length() + 1));
        if (rest.isEmpty()) {
            return false;
        }
        responder.loaded(request, loaded -> model(request, loaded, rest.get()));
        return true;
    }

    /** @param rest {@code NAME} or {@code NAME:predict} */
    private void model(HttpServerRequest request, Models loaded, String rest) {
        // A name may end as the verb does.
        if (rest.endsWith(PREDICT) && loaded.named(rest).isEmpty()) {
            String name = rest.substring(0, rest.length() - PREDICT.length());
            named(
                    request,
                    loaded,
                    name,
                    model -> responder.only("POST", request, () -> inference.handle(request, model, codec)));
        } else {
            boolean ready = responder.isReady();
            named(
                    request,
                    loaded,
                    rest,
                    model -> responder.get(
                            request, () -> Reply.of(ready ? 200 : 503, StatusDocuments.modelReady(rest, ready))));
        }
    }

    private void named(HttpServerRequest request, Models loaded, String name, Consumer<ServedModel> next) {
        Optional<ServedModel> found = loaded.named(name);
        if (found.isPresent()) {
            next.accept(found.get());
        } else if (name.indexOf('/') >= 0 || name.indexOf(':') >= 0) {
            responder.noSuchPath(request);
        } else {
            responder.send(
                    request,
                    Reply.error(404, "unknown model " + name + ": expected " + String.join(", ", loaded.names())));
        }
    }
}
