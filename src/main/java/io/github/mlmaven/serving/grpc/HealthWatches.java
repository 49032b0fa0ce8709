package io.github.mlmaven.serving.grpc;

import io.github.mlmaven.serving.grpc.wire.health.HealthCheckResponse.ServingStatus;
import io.github.mlmaven.serving.inference.Readiness;
import io.vertx.core.http.HttpConnection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The calls that wait for the next change of readiness. They end when their connection is shut down: otherwise the
 * server's end would wait for them.
 */
final class HealthWatches {

    private final Readiness readiness;
    private final Map<HttpConnection, Set<Watch>> byConnection = new ConcurrentHashMap<>();

    HealthWatches(Readiness readiness) {
        this.readiness = readiness;
        readiness.onChange(() ->
                byConnection.values().forEach(watches -> watches.forEach(watch -> watch.call.onLoop(watch::tell))));
    }

    /** On the call's event loop. */
    void add(GrpcCall call, boolean known) {
        Watch watch = new Watch(call, known);
        HttpConnection connection = call.request().connection();
        Set<Watch> watches = byConnection.computeIfAbsent(connection, first -> {
            first.shutdownHandler(
                    shutdown -> byConnection.getOrDefault(first, Set.of()).forEach(Watch::end));
            return ConcurrentHashMap.newKeySet();
        });
        watches.add(watch);
        call.scope().idle().listens(call.request(), true);
        call.onEnd(() -> {
            call.scope().idle().listens(call.request(), false);
            watches.remove(watch);
            if (watches.isEmpty()) {
                byConnection.remove(connection);
            }
        });
        watch.tell();
    }

    private final class Watch {
        private final GrpcCall call;
        private final boolean known;
        private ServingStatus told = ServingStatus.UNKNOWN;

        private Watch(GrpcCall call, boolean known) {
            this.call = call;
            this.known = known;
        }

        private void tell() {
            ServingStatus now = known ? HealthService.status(readiness.state()) : ServingStatus.SERVICE_UNKNOWN;
            if (now != told) {
                told = now;
                call.send(call.frame(HealthService.response(now)));
            }
        }

        private void end() {
            call.fail(GrpcStatus.UNAVAILABLE, "the server shuts down");
        }
    }
}
