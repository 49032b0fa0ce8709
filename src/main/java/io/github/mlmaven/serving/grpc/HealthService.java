package io.github.mlmaven.serving.grpc;

import io.github.mlmaven.serving.grpc.wire.health.HealthCheckRequest;
import io.github.mlmaven.serving.grpc.wire.health.HealthCheckResponse;
import io.github.mlmaven.serving.grpc.wire.health.HealthCheckResponse.ServingStatus;
import io.github.mlmaven.serving.inference.Readiness;
import java.util.Map;

/** {@code grpc.health.v1.Health}: the server as a whole and its inference follow the process's readiness. */
final class HealthService {

    private final Readiness readiness;
    private final HealthWatches watches;
    private final LongCalls open;

    HealthService(Readiness readiness, LongCalls open) {
        this.readiness = readiness;
        this.open = open;
        this.watches = new HealthWatches(readiness);
    }

    void addTo(Map<String, GrpcMethod> methods) {
        methods.put("/" + GrpcServices.HEALTH + "/Check", GrpcMethod.unary(GrpcMethod.SMALL, this::check));
        GrpcMethod watch = GrpcMethod.unary(GrpcMethod.SMALL, this::watch);
        methods.put("/" + GrpcServices.HEALTH + "/Watch", watch.lasting(open));
    }

    private void check(GrpcCall call, Message message) throws GrpcException {
        String service = service(message);
        if (!isKnown(service)) {
            throw new GrpcException(
                    GrpcStatus.NOT_FOUND,
                    "unknown service " + service + ": expected " + GrpcServices.INFERENCE + " or none");
        }
        call.end(call.frame(response(status(readiness.state()))));
    }

    private void watch(GrpcCall call, Message message) throws GrpcException {
        watches.add(call, isKnown(service(message)));
    }

    private static String service(Message message) throws GrpcException {
        return message.parse(HealthCheckRequest.parser()).getService();
    }

    private static boolean isKnown(String service) {
        return service.isEmpty() || service.equals(GrpcServices.INFERENCE);
    }

    static ServingStatus status(Readiness.State state) {
        return state == Readiness.State.READY ? ServingStatus.SERVING : ServingStatus.NOT_SERVING;
    }

    static HealthCheckResponse response(ServingStatus status) {
        return HealthCheckResponse.newBuilder().setStatus(status).build();
    }
}
