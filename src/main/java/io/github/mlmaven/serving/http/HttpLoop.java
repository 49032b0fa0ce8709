package io.github.mlmaven.serving.http;

import io.netty.channel.ChannelPipeline;
import io.netty.handler.timeout.IdleStateHandler;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerConnection;
import io.vertx.core.net.SocketAddress;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** One event loop of the HTTP server; all it holds belongs to its thread, but for what it is given. */
final class HttpLoop extends VerticleBase {

    private static final System.Logger LOG = System.getLogger(HttpLoop.class.getName());

    /** Streams of one connection that are open at once; a client that wants more opens a second connection. */
    private static final int MAX_STREAMS = 256;

    /** What a stream may send before it has been read; larger than HTTP/2's 64 KiB, which slow large tensors down. */
    private static final int STREAM_WINDOW = 1 << 20;

    /**
     * A gateway has one connection for many clients, and resets a stream at each deadline that passes and each client
     * that leaves. Vert.x closes a connection at 200 resets in half a minute, and with it the streams of the others;
     * these are still few enough to stop one that does nothing but open and reset.
     */
    private static final int MAX_RESETS = 6_000;

    private static final int RESETS_SECONDS = 30;

    private final List<SocketAddress> addresses;
    private final LoopScope scope;
    private final List<Routes.Factory> others;
    private final List<HttpServer> servers = new CopyOnWriteArrayList<>();

    HttpLoop(List<SocketAddress> addresses, LoopScope scope, List<Routes.Factory> others) {
        this.addresses = addresses;
        this.scope = scope;
        this.others = others;
    }

    @Override
    public Future<?> start() {
        IdleClients idle = scope.idle();
        List<Routes> routes = routes();
        for (SocketAddress ignored : addresses) {
            servers.add(vertx.createHttpServer(options())
                    .connectionHandler(connection -> {
                        ChannelPipeline pipeline = pipeline(connection);
                        withoutTimeout(pipeline);
                        StrictRequests.addTo(pipeline);
                        // Vert.x would log it as an error, of which this server has made none.
                        connection.exceptionHandler(clientsFault -> {});
                        OrderlyEnd.addTo(connection);
                        idle.opened(connection);
                    })
                    .invalidRequestHandler(this::refuse)
                    .requestHandler(request -> {
                        idle.heard(request);
                        route(routes, request);
                    }));
        }
        idle.start(vertx, scope.limits().idle());
        List<Future<?>> listening = new ArrayList<>();
        for (int i = 0; i < addresses.size(); i++) {
            listening.add(servers.get(i).listen(addresses.get(i)));
        }
        return Future.all(listening);
    }

    private HttpServerOptions options() {
        return new HttpServerOptions()
                .setHttp2ClearTextEnabled(true)
                .setInitialSettings(
                        new Http2Settings().setMaxConcurrentStreams(MAX_STREAMS).setInitialWindowSize(STREAM_WINDOW))
                .setHttp2RstFloodMaxRstFramePerWindow(MAX_RESETS)
                .setHttp2RstFloodWindowDuration(RESETS_SECONDS)
                .setHttp2RstFloodWindowDurationTimeUnit(TimeUnit.SECONDS)
                .setIdleTimeout(
                        (int) Math.min(Integer.MAX_VALUE, scope.limits().idle().toMillis()))
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
    }

    /**
     * Until it can tell HTTP/2 from HTTP/1, Vert.x shows a connection to nobody, and its own timeout closes a silent
     * one. From then on it is for {@link IdleClients}, which knows who waits for a model that computes.
     */
    private static void withoutTimeout(ChannelPipeline pipeline) {
        pipeline.remove(IdleStateHandler.class);
    }

    private static ChannelPipeline pipeline(HttpConnection connection) {
        return ((HttpServerConnection) connection).channelHandlerContext().pipeline();
    }

    /** What is not HTTP; after it nothing can be told from what else the client may have sent. */
    private void refuse(HttpServerRequest request) {
        Reply reply = StrictRequests.reply(request.decoderResult().cause());
        reply.sendLast(request);
        RequestReport.refused(scope.serving().listener(), request, reply);
    }

    /** The paths that are served; the first that knows a path answers. */
    private List<Routes> routes() {
        Serving serving = scope.serving();
        long maxBody = scope.limits().maxBodyBytes();
        InferenceHandler inference = new InferenceHandler(scope);
        Responder responder = new Responder(serving);
        DefaultModel model = new DefaultModel(serving.platforms().defaultModel(), responder);
        List<Routes> routes = new ArrayList<>();
        others.forEach(other -> routes.add(other.create(scope)));
        routes.add(new RepositoryRoutes(scope, responder));
        routes.add(new InferenceRoutes(responder, inference));
        routes.add(new KServeV1Routes(responder, inference));
        routes.add(new MlflowRoutes(responder, model, inference, serving.version(), maxBody));
        routes.add(new ObservabilityRoutes(responder));
        // After them: a route that Vertex AI is given may be another protocol's own path, which knows more forms.
        serving.platforms()
                .vertex()
                .ifPresent(vertex -> routes.add(new VertexRoutes(vertex, responder, model, inference)));
        // Last: a platform may be given / for its own.
        routes.add(new PageRoutes(responder));
        return routes;
    }

    /** Whatever happens there is a reply: without one the client would wait, and the server's end for the client. */
    private void route(List<Routes> routes, HttpServerRequest request) {
        try {
            if (request.method().equals(HttpMethod.CONNECT)) {
                // It may have no path (RFC 9113 §8.5), and no route knows it.
                Reply.notAllowed("CONNECT", "GET, POST").refuse(request);
            } else {
                answer(routes, request);
            }
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "request failed", e);
            Reply failed = Reply.error(500, "internal error");
            failed.refuse(request);
            RequestReport.refused(scope.serving().listener(), request, failed);
        }
    }

    private void answer(List<Routes> routes, HttpServerRequest request) {
        for (Routes some : routes) {
            if (some.handle(request)) {
                return;
            }
        }
        new Responder(scope.serving()).noSuchPath(request);
    }

    /** One for each address, in that order. */
    List<HttpServer> servers() {
        return servers;
    }
}
