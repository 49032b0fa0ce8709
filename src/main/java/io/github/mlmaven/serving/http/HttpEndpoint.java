package io.github.mlmaven.serving.http;

import io.github.mlmaven.serving.inference.InferencePool;
import io.github.mlmaven.serving.inference.Models;
import io.github.mlmaven.serving.inference.Readiness;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** The HTTP server on its port. */
public final class HttpEndpoint implements AutoCloseable {

    private final Vertx vertx;
    private final HttpServer server;

    private HttpEndpoint(Vertx vertx, HttpServer server) {
        this.vertx = vertx;
        this.server = server;
    }

    /**
     * Listens.
     *
     * @param port 0 for any that is free
     * @param models empty until all of them are loaded
     * @param serverVersion the version in the server's metadata
     */
    public static HttpEndpoint listen(
            int port,
            HttpLimits limits,
            Supplier<Optional<Models>> models,
            Readiness readiness,
            InferencePool pool,
            String serverVersion)
            throws IOException {
        Vertx vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1)
                // No cache folder: the root file system may be read-only.
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
        IdleClients idle = new IdleClients();
        InferenceHandler inference = new InferenceHandler(readiness, pool, limits, idle);
        InferenceRoutes routes = new InferenceRoutes(models, readiness, inference, serverVersion);
        HttpServer server = vertx.createHttpServer(new HttpServerOptions()
                        .setHost("0.0.0.0")
                        .setPort(port)
                        // While it waits to tell HTTP/2 from HTTP/1, Vert.x shows the connection to nobody.
                        .setHttp2ClearTextEnabled(false))
                .connectionHandler(idle::opened)
                .requestHandler(request -> {
                    idle.heard(request.connection());
                    routes.handle(request);
                });
        idle.start(vertx, limits.idle());
        try {
            server.listen().toCompletionStage().toCompletableFuture().join();
            return new HttpEndpoint(vertx, server);
        } catch (CompletionException e) {
            vertx.close();
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IOException("cannot listen on port " + port + ": " + cause.getMessage(), e);
        }
    }

    /** The port it listens on. */
    public int port() {
        return server.actualPort();
    }

    /** Accepts no more connections and waits for those that have a request under way. */
    public void shutdown(Duration atMost) {
        server.shutdown(atMost.toMillis(), TimeUnit.MILLISECONDS)
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
