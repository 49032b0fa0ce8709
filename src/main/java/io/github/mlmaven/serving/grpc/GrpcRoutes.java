package io.github.mlmaven.serving.grpc;

import io.github.mlmaven.serving.http.LoopScope;
import io.github.mlmaven.serving.http.Reply;
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
            Reply.error(415, "expected Content-Type " + GrpcHeaders.MEDIA_TYPE + ", found " + type)
                    .refuse(request);
        } else if (request.version() != HttpVersion.HTTP_2) {
            Reply.error(426, "gRPC needs HTTP/2").with("Upgrade", "h2c").refuse(request);
        } else if (!request.method().equals(HttpMethod.POST)) {
            Reply.notAllowed(request.method().name(), "POST").refuse(request);
        } else {
            GrpcCall call = new GrpcCall(request, scope);
            services.method(request.path())
                    .ifPresentOrElse(
                            call::start,
                            () -> call.fail(GrpcStatus.UNIMPLEMENTED, "no such method: " + request.path()));
        }
        return true;
    }
}
