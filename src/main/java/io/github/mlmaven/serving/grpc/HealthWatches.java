package io.github.mlmaven.serving.grpc;

import io.github.mlmaven.serving.grpc.wire.health.HealthCheckResponse.ServingStatus;
import io.github.mlmaven.serving.inference.Readiness;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The calls that wait for the next change of readiness. */
final class HealthWatches {

    private final Readiness readiness;
    private final Set<Watch> watches = ConcurrentHashMap.newKeySet();

    HealthWatches(Readiness readiness) {
        this.readiness = readiness;
        readiness.onChange(() -> watches.forEach(watch -> watch.call.onLoop(watch::tell)));
    }

    /** On the call's event loop. */
    void add(GrpcCall call, boolean known) {
        Watch watch = new Watch(call, known);
        watches.add(watch);
        call.onEnd(() -> watches.remove(watch));
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
    }
}
