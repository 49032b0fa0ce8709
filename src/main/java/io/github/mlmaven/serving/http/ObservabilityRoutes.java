package io.github.mlmaven.serving.http;

import io.github.mlmaven.model.Example;
import io.github.mlmaven.model.ModelDescriptor;
import io.github.mlmaven.serving.inference.Models;
import io.github.mlmaven.serving.inference.ServedModel;
import io.github.mlmaven.serving.metrics.TextFormat;
import io.github.mlmaven.serving.openapi.OpenApi;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

/** The paths at which the server describes itself: {@code /metrics} and {@code /openapi.json}. */
final class ObservabilityRoutes implements Routes {

    /** Of each event loop; a scraper asks for one at a time. */
    private static final int MAX_WAITING = 16;

    private final Serving serving;
    private final Responder responder;
    private int waiting;

    ObservabilityRoutes(Responder responder) {
        this.serving = responder.serving();
        this.responder = responder;
    }

    @Override
    public boolean handle(HttpServerRequest request) {
        switch (request.path()) {
            case "/metrics" -> get(request, () -> metrics(request.headers().getAll("Accept")));
            case "/openapi.json" -> get(request, this::openApi);
            default -> {
                return false;
            }
        }
        return true;
    }

    private void get(HttpServerRequest request, Callable<Reply> document) {
        responder.reading(request, () -> write(request, document));
    }

    /** On a thread that may take its time, not on the event loop. */
    private void write(HttpServerRequest request, Callable<Reply> document) {
        if (waiting >= MAX_WAITING) {
            responder.send(request, Reply.busy("too many requests for " + request.path() + " are waiting; try again"));
        } else {
            waiting++;
            Vertx.currentContext().executeBlocking(document, false).onComplete(written -> {
                waiting--;
                responder.send(request, written.succeeded() ? written.result() : Reply.error(500, "internal error"));
            });
        }
    }

    private Reply metrics(List<String> accept) {
        TextFormat format = TextFormat.accepted(String.join(",", accept));
        byte[] text = serving.observability()
                .metrics()
                .text(format, serving.version(), serving.readiness(), serving.models());
        return new Reply(200, Map.of("Content-Type", format.contentType(), "Vary", "Accept"), Buffer.buffer(text));
    }

    private Reply openApi() {
        Optional<Models> loaded = serving.models().get();
        if (loaded.isEmpty()) {
            return Reply.busy("not ready: the models are being loaded");
        }
        List<ModelDescriptor> models = loaded.get().names().stream()
                .flatMap(name -> loaded.get().named(name).stream())
                .map(ServedModel::descriptor)
                .toList();
        Map<String, Example> examples = new HashMap<>(serving.observability().examples());
        // They were made for what the server was started with; a version that was loaded since may take other inputs.
        models.forEach(model -> examples.computeIfPresent(
                model.name(), (name, example) -> example.fits(model.contract()) ? example : null));
        return Reply.ok(OpenApi.document(models, examples));
    }
}
