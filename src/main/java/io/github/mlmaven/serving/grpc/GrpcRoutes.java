package io.github.mlmaven.serving.grpc;

import io.github.mlmaven.serving.http.LoopScope;
import io.github.mlmaven.serving.http.Reply;
import io.github.mlmaven.serving.http.RequestReport;
import io.github.mlmaven.serving.http.Routes;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;

/** Calls of gRPC, which are requests of HTTP/2 with a media type of their own, on any port of the server. */
public final class GrpcRoutes implements Routes {

    private final GrpcServices services;
    private final LoopScope scope;

    /**
     * @param services those of all event loops
     * @param scope of this one
     */
    public GrpcRoutes(GrpcServices services, LoopScope scope) {
        this.services = services;
        this.scope = scope;
    }

    @Override
    public boolean handle(HttpServerRequest request) {
        String type = request.getHeader(GrpcHeaders.CONTENT_TYPE);
        if (!GrpcHeaders.isGrpc(type)) {
            if (!GrpcServices.isMethod(request.path()) && (type == null || !type.startsWith(GrpcHeaders.MEDIA_TYPE))) {
                return false;
            }
            refuse(request, Reply.error(415, "expected Content-Type " + GrpcHeaders.MEDIA_TYPE + ", found " + type));
        } else if (request.version() != HttpVersion.HTTP_2) {
            refuse(request, Reply.error(426, "gRPC needs HTTP/2").with("Upgrade", "h2c"));
        } else if (!request.method().equals(HttpMethod.POST)) {
            refuse(request, Reply.notAllowed(request.method().name(), "POST"));
        } else {
            GrpcCall call = new GrpcCall(request, scope);
            services.method(request.path()).ifPresentOrElse(call::start, () -> unknown(call));
        }
        return true;
    }

    /** Of what is not gRPC, HTTP's status tells. */
    private void refuse(HttpServerRequest request, Reply reply) {
        reply.refuse(request);
        RequestReport.refused(scope.serving().listener(), request, reply);
    }

    /** It may have been meant for a model, as a path of REST that is unknown may. */
    private void unknown(GrpcCall call) {
        HttpServerRequest request = call.request();
        GrpcException why = new GrpcException(GrpcStatus.UNIMPLEMENTED, "no such method: " + request.path());
        call.fail(why);
        InferReport.refused(scope.serving().listener(), request, "", why, 0);
    }
}
