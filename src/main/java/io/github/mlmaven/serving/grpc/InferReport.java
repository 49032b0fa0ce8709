package io.github.mlmaven.serving.grpc;

import io.github.mlmaven.serving.inference.Failure;
import io.github.mlmaven.serving.inference.RequestEnd;
import io.github.mlmaven.serving.inference.ServingListener;
import io.vertx.core.http.HttpServerRequest;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Tells the listener how calls of inference ended. */
final class InferReport {

    /** In metrics and logs. */
    static final String PROTOCOL = "oip-grpc";

    private InferReport() {}

    /** It has failed before it reached a model. */
    static void refused(
            ServingListener listener, HttpServerRequest request, String model, GrpcException why, long nanos) {
        listener.refused(PROTOCOL, why.status().code());
        failed(listener, request, model, why.status(), why.status().kind(), String.valueOf(why.getMessage()), nanos);
    }

    /**
     * It has failed.
     *
     * @param model the model's name, where it is known
     */
    static void failed(
            ServingListener listener,
            HttpServerRequest request,
            String model,
            GrpcStatus status,
            Failure.Kind kind,
            String message,
            long nanos) {
        ended(listener, request, model, status, kind.name().toLowerCase(Locale.ROOT), message, nanos);
    }

    /** It has its reply. */
    static void succeeded(ServingListener listener, HttpServerRequest request, String model, long nanos) {
        if (listener.hearsSuccesses()) {
            ended(listener, request, model, GrpcStatus.OK, "", "", nanos);
        }
    }

    private static void ended(
            ServingListener listener,
            HttpServerRequest request,
            String model,
            GrpcStatus status,
            String kind,
            String message,
            long nanos) {
        List<String> traces = request.headers().getAll("traceparent");
        listener.ended(new RequestEnd(
                Instant.now(),
                PROTOCOL,
                "",
                Optional.ofNullable(request.path()).orElse(""),
                model,
                status.code(),
                kind,
                message,
                Optional.ofNullable(request.getHeader("x-request-id")).orElse(""),
                // Of two, neither is known to be the caller's.
                traces.size() == 1 ? traces.get(0) : "",
                nanos));
    }
}
