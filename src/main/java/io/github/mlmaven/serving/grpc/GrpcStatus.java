package io.github.mlmaven.serving.grpc;

import io.github.mlmaven.serving.inference.Failure;

/** The status codes of gRPC that this server answers with. */
enum GrpcStatus {
    OK(0),
    INVALID_ARGUMENT(3),
    DEADLINE_EXCEEDED(4),
    NOT_FOUND(5),
    RESOURCE_EXHAUSTED(8),
    UNIMPLEMENTED(12),
    INTERNAL(13),
    UNAVAILABLE(14);

    private final int code;

    GrpcStatus(int code) {
        this.code = code;
    }

    /** The number on the wire. */
    int code() {
        return code;
    }

    /** Of a failure that is known by its status alone. */
    Failure.Kind kind() {
        return switch (this) {
            case INVALID_ARGUMENT, RESOURCE_EXHAUSTED, UNIMPLEMENTED -> Failure.Kind.INVALID;
            case DEADLINE_EXCEEDED -> Failure.Kind.EXPIRED;
            case NOT_FOUND -> Failure.Kind.NOT_FOUND;
            case UNAVAILABLE -> Failure.Kind.BUSY;
            case INTERNAL -> Failure.Kind.INTERNAL;
            case OK -> throw new IllegalStateException("no failure");
        };
    }

    static GrpcStatus of(Failure.Kind kind) {
        return switch (kind) {
            case INVALID -> INVALID_ARGUMENT;
            case NOT_FOUND -> NOT_FOUND;
            case BUSY -> UNAVAILABLE;
            case EXPIRED -> DEADLINE_EXCEEDED;
            case ENGINE, INTERNAL -> INTERNAL;
        };
    }
}
