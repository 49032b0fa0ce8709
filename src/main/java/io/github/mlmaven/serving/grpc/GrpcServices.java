package io.github.mlmaven.serving.grpc;

import io.github.mlmaven.serving.http.Serving;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The methods by their paths. They are made when the first call comes, and with them some hundred classes are loaded
 * that a server without gRPC does not need at its start.
 */
public final class GrpcServices {

    static final String INFERENCE = "inference.GRPCInferenceService";
    static final String HEALTH = "grpc.health.v1.Health";
    static final String REFLECTION = "grpc.reflection.v1.ServerReflection";
    static final String REFLECTION_ALPHA = "grpc.reflection.v1alpha.ServerReflection";

    private static final List<String> PATHS =
            List.of("/" + INFERENCE + "/", "/" + HEALTH + "/", "/" + REFLECTION + "/", "/" + REFLECTION_ALPHA + "/");

    private final Serving serving;
    private volatile @Nullable Map<String, GrpcMethod> methods;

    /** @param serving what is served */
    public GrpcServices(Serving serving) {
        this.serving = serving;
    }

    /** Whether this is the path of a method, be there such a method or not. */
    static boolean isMethod(@Nullable String path) {
        if (path == null) {
            return false;
        }
        for (String service : PATHS) {
            if (path.startsWith(service)) {
                return true;
            }
        }
        return false;
    }

    /** The method of this path; on any event loop. */
    Optional<GrpcMethod> method(@Nullable String path) {
        Map<String, GrpcMethod> made = methods;
        return Optional.ofNullable((made == null ? make() : made).get(path));
    }

    private synchronized Map<String, GrpcMethod> make() {
        Map<String, GrpcMethod> made = methods;
        if (made == null) {
            made = new HashMap<>();
            new InferenceService(serving).addTo(made);
            LongCalls open = new LongCalls();
            new HealthService(serving.readiness(), open).addTo(made);
            new ReflectionService(open).addTo(made);
            methods = made;
        }
        return made;
    }
}
