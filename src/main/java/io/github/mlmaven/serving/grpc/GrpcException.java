package io.github.mlmaven.serving.grpc;

/** A call that ends with another status than OK; the message is for the client. */
final class GrpcException extends Exception {

    private final GrpcStatus status;

    GrpcException(GrpcStatus status, String message) {
        super(message);
        this.status = status;
    }

    GrpcException(GrpcStatus status, String message, Throwable cause) {
        super(message, cause);
        this.status = status;
    }

    GrpcStatus status() {
        return status;
    }
}
