package io.github.mlmaven.serving.http;

import io.github.mlmaven.serving.inference.Models;
import io.github.mlmaven.serving.inference.Readiness;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Answers what is no inference, as the server's state demands.
 *
 * @param serving what is served
 */
record Responder(Serving serving) {

    boolean isReady() {
        return serving.readiness().state() == Readiness.State.READY;
    }

    /** Sends the reply; while the server drains, it is the connection's last. */
    void send(HttpServerRequest request, Reply reply) {
        if (serving.readiness().state() == Readiness.State.DRAINING) {
            reply.sendLast(request);
        } else {
            reply.send(request);
        }
        RequestReport.refused(serving.listener(), request, reply);
    }

    /** No protocol has this path. */
    void noSuchPath(HttpServerRequest request) {
        send(request, Reply.error(404, "no such path: " + request.path()));
    }

    /** Answers GET, and HEAD as GET without the body: some load balancers ask for health so. */
    void get(HttpServerRequest request, Supplier<Reply> reply) {
        reading(request, () -> send(request, reply.get()));
    }

    /** Goes on with GET and HEAD alone. */
    void reading(HttpServerRequest request, Runnable next) {
        if (request.method().equals(HttpMethod.HEAD)) {
            next.run();
        } else {
            only("GET", request, next);
        }
    }

    /** Goes on with this method alone. */
    void only(String method, HttpServerRequest request, Runnable next) {
        if (request.method().name().equals(method)) {
            next.run();
        } else {
            send(request, Reply.notAllowed(request.method().name(), method));
        }
    }

    /** Goes on when the models are loaded. */
    void loaded(HttpServerRequest request, Consumer<Models> next) {
        Optional<Models> loaded = serving.models().get();
        if (loaded.isPresent()) {
            next.accept(loaded.get());
        } else {
            send(request, Reply.busy("not ready: the models are being loaded"));
        }
    }
}
