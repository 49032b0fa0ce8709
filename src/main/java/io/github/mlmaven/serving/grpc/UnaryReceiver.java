package io.github.mlmaven.serving.grpc;

import org.jspecify.annotations.Nullable;

/** Waits for the one message of a call. */
final class UnaryReceiver implements GrpcMethod.Receiver {

    private final GrpcCall call;
    private final GrpcMethod.UnaryHandler handler;
    private @Nullable Message message;

    UnaryReceiver(GrpcCall call, GrpcMethod.UnaryHandler handler) {
        this.call = call;
        this.handler = handler;
    }

    @Override
    public void message(Message next) throws GrpcException {
        if (message != null) {
            next.release();
            throw cardinality("more");
        }
        message = next;
    }

    @Override
    public void halfClosed() throws GrpcException {
        Message one = message;
        if (one == null) {
            throw cardinality("none");
        }
        message = null;
        handler.handle(call, one);
    }

    @Override
    public void ended() {
        if (message != null) {
            message.release();
            message = null;
        }
    }

    /** UNIMPLEMENTED is what gRPC's list of status codes has for this. */
    private static GrpcException cardinality(String found) {
        return new GrpcException(GrpcStatus.UNIMPLEMENTED, "the method takes one message, found " + found);
    }
}
