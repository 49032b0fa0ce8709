package io.github.mlmaven.serving.grpc;

import io.vertx.core.http.HttpConnection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The calls that last as long as the client likes. A client that is silent meanwhile is asked for a sign of life, and
 * the calls end when their connection is shut down: otherwise the server's end would wait for them.
 */
final class LongCalls {

    /** A connection, and so all that is done with its calls, belongs to one event loop. */
    private final Map<HttpConnection, Set<GrpcCall>> byConnection = new ConcurrentHashMap<>();

    /** One that begins; on its event loop. */
    void add(GrpcCall call) {
        HttpConnection connection = call.request().connection();
        Set<GrpcCall> calls = byConnection.computeIfAbsent(connection, first -> {
            first.shutdownHandler(
                    shutdown -> byConnection.getOrDefault(first, Set.of()).forEach(LongCalls::end));
            return ConcurrentHashMap.newKeySet();
        });
        calls.add(call);
        call.scope().idle().listens(call.request(), true);
        call.onEnd(() -> {
            call.scope().idle().listens(call.request(), false);
            calls.remove(call);
            if (calls.isEmpty()) {
                byConnection.remove(connection);
            }
        });
    }

    private static void end(GrpcCall call) {
        call.fail(GrpcStatus.UNAVAILABLE, "the server shuts down");
    }
}
