package io.github.mlmaven.serving.http;

import io.github.mlmaven.serving.inference.Failure;
import io.github.mlmaven.serving.inference.RequestEnd;
import io.github.mlmaven.serving.inference.ServingListener;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Tells the listener how requests of inference ended that came by HTTP. */
public final class RequestReport {

    /** In metrics and logs, of what was refused before it was clear which protocol it is. */
    private static final String ANY_PROTOCOL = "http";

    private static final int FIRST_ERROR = 400;

    private RequestReport() {}

    /** A route has refused it. All inference comes by POST; what else there is fails without a trace. */
    public static void refused(ServingListener listener, HttpServerRequest request, Reply reply) {
        if (reply.status() >= FIRST_ERROR && request.method().equals(HttpMethod.POST)) {
            listener.refused(ANY_PROTOCOL, reply.status());
            ended(listener, request, ANY_PROTOCOL, "", reply, Optional.empty(), 0);
        }
    }

    /**
     * It has its reply.
     *
     * @param model the model's name, where it is known
     * @param failure where the status alone does not tell the kind
     */
    static void ended(
            ServingListener listener,
            HttpServerRequest request,
            String protocol,
            String model,
            Reply reply,
            Optional<Failure> failure,
            long nanos) {
        boolean failed = reply.status() >= FIRST_ERROR;
        if (!failed && !listener.hearsSuccesses()) {
            return;
        }
        String kind = failed
                ? failure.map(Failure::kind)
                        .orElseGet(() -> kind(reply.status()))
                        .name()
                : "";
        List<String> traces = request.headers().getAll("traceparent");
        listener.ended(new RequestEnd(
                Instant.now(),
                protocol,
                request.method().name(),
                request.path(),
                model,
                reply.status(),
                kind.toLowerCase(Locale.ROOT),
                failure.map(Failure::message).orElse(reply.message()),
                Optional.ofNullable(request.getHeader("X-Request-Id")).orElse(""),
                // Of two, neither is known to be the caller's.
                traces.size() == 1 ? traces.get(0) : "",
                nanos));
    }

    private static Failure.Kind kind(int status) {
        return switch (status) {
            case 404 -> Failure.Kind.NOT_FOUND;
            case 503 -> Failure.Kind.BUSY;
            case 504 -> Failure.Kind.EXPIRED;
            default -> status < 500 ? Failure.Kind.INVALID : Failure.Kind.INTERNAL;
        };
    }
}
