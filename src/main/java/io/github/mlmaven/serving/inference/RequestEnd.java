package io.github.mlmaven.serving.inference;

import java.time.Instant;

/**
 * How a request of inference ended, for the log. What is not known is empty; texts come from clients and may hold
 * anything.
 *
 * @param time when
 * @param protocol the protocol's name, as in metrics
 * @param method HTTP's, empty in gRPC
 * @param path the path, or the method of gRPC
 * @param model the model that was asked
 * @param status the status code that was sent, HTTP's or gRPC's
 * @param kind the kind of failure, as in metrics; empty when it succeeded
 * @param message what the client was told
 * @param requestId {@code X-Request-Id}, as the client sent it
 * @param traceparent the header, as the client sent it
 * @param nanos from its arrival to its reply
 */
public record RequestEnd(
        Instant time,
        String protocol,
        String method,
        String path,
        String model,
        int status,
        String kind,
        String message,
        String requestId,
        String traceparent,
        long nanos) {

    /** Whether it is none of the failures. */
    public boolean succeeded() {
        return kind.isEmpty();
    }
}
