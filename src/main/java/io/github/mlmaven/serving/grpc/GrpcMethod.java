package io.github.mlmaven.serving.grpc;

/**
 * How a method is served.
 *
 * @param maxMessage the largest message that it takes; the server's limit goes before it
 * @param kind what the client may do, and who hears of it
 * @param handler makes what hears of a call
 */
record GrpcMethod(long maxMessage, Kind kind, Handler handler) {

    /** For methods whose messages are a few names. */
    static final long SMALL = 1 << 20;

    /** What sets methods apart. */
    enum Kind {
        /** It takes one message. */
        UNARY,
        /** It takes one message, and the server's listener hears how it ends. */
        INFERENCE,
        /** It takes messages as they come, with as much time between them as the client likes. */
        STREAM
    }

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
        return unary(maxMessage, Kind.UNARY, handler);
    }

    /** The one whose calls are inference; its messages are as large as the server takes them. */
    static GrpcMethod inference(UnaryHandler handler) {
        return unary(Long.MAX_VALUE, Kind.INFERENCE, handler);
    }

    private static GrpcMethod unary(long maxMessage, Kind kind, UnaryHandler handler) {
        return new GrpcMethod(maxMessage, kind, call -> new UnaryReceiver(call, handler));
    }

    /** The same, for calls that last as long as the client likes. */
    GrpcMethod lasting(LongCalls open) {
        return new GrpcMethod(maxMessage, kind, call -> {
            open.add(call);
            return handler.open(call);
        });
    }
}
