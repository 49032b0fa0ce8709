package io.github.mlmaven.serving.http;

import io.github.mlmaven.model.json.TensorFormatException;
import io.github.mlmaven.serving.inference.LoadableModels;
import io.github.mlmaven.serving.inference.LoadableModels.RefusedException;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The paths of the model repository extension. */
final class RepositoryRoutes implements Routes {

    private static final System.Logger LOG = System.getLogger(RepositoryRoutes.class.getName());

    private static final String ROOT = "/v2/repository/";
    private static final String MODELS = ROOT + "models/";
    private static final String LOAD = "/load";
    private static final String UNLOAD = "/unload";

    /** No document of this extension is longer. */
    private static final int MAX_BODY = 64 << 10;

    private final Optional<LoadableModels> repository;
    private final Responder responder;
    private final IdleClients idle;
    private final Duration maxIdle;

    RepositoryRoutes(LoopScope scope, Responder responder) {
        this.repository = scope.serving().repository();
        this.idle = scope.idle();
        this.maxIdle = scope.limits().idle();
        this.responder = responder;
    }

    @Override
    public boolean handle(HttpServerRequest request) {
        String path = request.path();
        if (!path.startsWith(ROOT)) {
            return false;
        }
        if (repository.isEmpty()) {
            responder.send(request, Reply.error(404, "the model repository extension is switched off on this server"));
            return true;
        }
        LoadableModels models = repository.get();
        if (path.equals(ROOT + "index")) {
            post(request, body -> {
                boolean ready = RepositoryJson.ready(body);
                return () -> models.index(ready).thenApply(RepositoryJson::index);
            });
        } else if (path.startsWith(MODELS) && path.endsWith(LOAD)) {
            named(
                    request,
                    LOAD,
                    name -> post(request, body -> {
                        String version = RepositoryJson.version(body);
                        return () -> models.load(name, version).thenApply(RepositoryJson::entry);
                    }));
        } else if (path.startsWith(MODELS) && path.endsWith(UNLOAD)) {
            // The body may say whether to unload dependents, of which no model here has any.
            named(
                    request,
                    UNLOAD,
                    name -> post(
                            request, body -> () -> models.unload(name).thenApply(gone -> RepositoryJson.nothing())));
        } else {
            responder.noSuchPath(request);
        }
        return true;
    }

    private interface Named {
        void with(String name);
    }

    private void named(HttpServerRequest request, String verb, Named next) {
        String path = request.path();
        int end = path.length() - verb.length();
        Optional<String> name = UrlPath.decoded(path.substring(Math.min(MODELS.length(), end), end));
        if (name.isPresent()) {
            next.with(name.get());
        } else {
            responder.noSuchPath(request);
        }
    }

    private interface Change {
        CompletionStage<byte[]> start();
    }

    private interface Reader {
        Change read(byte[] body) throws TensorFormatException;
    }

    private void post(HttpServerRequest request, Reader reader) {
        responder.only("POST", request, () -> {
            Buffer body = Buffer.buffer();
            BodyPace pace = BodyPace.from(maxIdle);
            idle.receives(request);
            request.handler(chunk -> {
                idle.heard(request);
                if (body.length() + chunk.length() > MAX_BODY) {
                    Reply.tooLarge(MAX_BODY, "more").refuse(request);
                } else if (pace.tooSlow(body.length() + chunk.length())) {
                    pace.reply(body.length() + chunk.length()).refuse(request);
                } else {
                    body.appendBuffer(chunk);
                }
            });
            request.exceptionHandler(
                    lost -> StrictRequests.brokenBody(lost).ifPresent(broken -> broken.refuse(request)));
            request.endHandler(end -> start(request, reader, body.getBytes()));
        });
    }

    private void start(HttpServerRequest request, Reader reader, byte[] body) {
        Context loop = Vertx.currentContext();
        CompletionStage<byte[]> started;
        try {
            started = reader.read(body).start();
        } catch (TensorFormatException e) {
            responder.send(request, Reply.error(400, String.valueOf(e.getMessage())));
            return;
        }
        idle.waits(request);
        started.<Reply>handle((document, failure) ->
                        failure == null ? Reply.ok(document) : failed(RefusedException.cause(failure)))
                .thenAccept(reply -> loop.runOnContext(back -> {
                    idle.answered(request);
                    responder.send(request, reply);
                }));
    }

    private static Reply failed(Throwable failure) {
        if (failure instanceof RefusedException refused) {
            String message = String.valueOf(refused.getMessage());
            return switch (refused.kind()) {
                case UNKNOWN -> Reply.error(404, message);
                case INVALID -> Reply.error(400, message);
                case BUSY -> Reply.busy(message);
                case INTERNAL -> Reply.error(500, message);
            };
        }
        LOG.log(Level.ERROR, "a change of the model repository failed", failure);
        return Reply.error(500, "internal error");
    }
}
