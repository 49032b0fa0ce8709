package io.github.mlmaven.serving.grpc;

/**
 * How a method is served.
 *
 * @param maxMessage the largest message that it takes; the server's limit goes before it
 * @param handler makes what hears of a call
 */
record GrpcMethod(long maxMessage, Handler handler) {

    /** For methods whose messages are a few names. */
    static final long SMALL = 1 << 20;

    /** One for all calls. */
    @FunctionalInterface
    interface Handler {

        /** A call begins. */
        Receiver open(GrpcCall call);
    }

    /** Hears of one call, on its event loop. */
    interface Receiver extends MessageReader.Receiver {

        /** The client has sent its last message. */
        void halfClosed() throws GrpcException;

        /** The call has ended, or the client has left it. */
        default void ended() {}
    }

    /** What is done with the one message of a call that takes one. */
    @FunctionalInterface
    interface UnaryHandler {

        /** The message is the handler's to release. */
        void handle(GrpcCall call, Message message) throws GrpcException;
    }

    static GrpcMethod unary(long maxMessage, UnaryHandler handler) {
        return new GrpcMethod(maxMessage, call -> new UnaryReceiver(call, handler));
    }
}
