package io.github.mlmaven.serving.http;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One event loop of the HTTP server; all it holds belongs to its thread, but for what it is given. */
final class HttpLoop extends VerticleBase {

    private final SocketAddress address;
    private final HttpLimits limits;
    private final HeldBodies held;
    private final Serving serving;
    private @Nullable HttpServer server;

    HttpLoop(SocketAddress address, HttpLimits limits, HeldBodies held, Serving serving) {
        this.address = address;
        this.limits = limits;
        this.held = held;
        this.serving = serving;
    }

    @Override
    public Future<?> start() {
        IdleClients idle = new IdleClients();
        List<Routes> routes = routes(idle);
        HttpServer created = vertx.createHttpServer(new HttpServerOptions()
                        // While it waits to tell HTTP/2 from HTTP/1, Vert.x shows the connection to nobody.
                        .setHttp2ClearTextEnabled(false))
                .connectionHandler(idle::opened)
                .requestHandler(request -> {
                    idle.heard(request.connection());
                    route(routes, request);
                });
        idle.start(vertx, limits.idle());
        server = created;
        return created.listen(address);
    }

    /** The paths that are served; the first that knows a path answers. */
    private List<Routes> routes(IdleClients idle) {
        InferenceHandler inference = new InferenceHandler(serving, limits.maxBodyBytes(), held, idle);
        Responder responder = new Responder(serving);
        DefaultModel model = new DefaultModel(serving.platforms().defaultModel(), responder);
        List<Routes> routes = new ArrayList<>();
        routes.add(new InferenceRoutes(serving, inference));
        routes.add(new KServeV1Routes(responder, inference));
        routes.add(new MlflowRoutes(responder, model, inference, serving.version(), limits.maxBodyBytes()));
        // Last: a route that Vertex AI is given may be another protocol's own path, which knows more forms.
        serving.platforms()
                .vertex()
                .ifPresent(vertex -> routes.add(new VertexRoutes(vertex, responder, model, inference)));
        return routes;
    }

    private static void route(List<Routes> routes, HttpServerRequest request) {
        for (Routes some : routes) {
            if (some.handle(request)) {
                return;
            }
        }
        Reply.error(404, "no such path: " + request.path()).send(request);
    }

    HttpServer server() {
        return Objects.requireNonNull(server, "not started");
    }

    int port() {
        return server().actualPort();
    }
}
