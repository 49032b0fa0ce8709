package io.github.mlmaven.serving.http;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The HTTP server on its port: an event loop for each core, each with its own share of the connections. */
public final class HttpEndpoint implements AutoCloseable {

    private static final String ANY = "0.0.0.0";

    private final Vertx vertx;
    private final List<HttpLoop> loops;

    private HttpEndpoint(Vertx vertx, List<HttpLoop> loops) {
        this.vertx = vertx;
        this.loops = loops;
    }

    /**
     * Listens.
     *
     * @param port 0 for any that is free
     * @param limits of requests
     * @param serving what is served
     */
    public static HttpEndpoint listen(int port, HttpLimits limits, Serving serving) throws IOException {
        int count = Runtime.getRuntime().availableProcessors();
        Vertx vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(count)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1)
                // No cache folder: the root file system may be read-only.
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
        HeldBodies held = new HeldBodies(limits.maxHeldBytes());
        // With port 0 each loop would get a port of its own.
        SocketAddress address =
                port == 0 ? SocketAddress.sharedRandomPort(1, ANY) : SocketAddress.inetSocketAddress(port, ANY);
        List<HttpLoop> loops = Stream.generate(() -> new HttpLoop(address, limits, held, serving))
                .limit(count)
                .toList();
        try {
            await(vertx.deployVerticle(loops.iterator()::next, new DeploymentOptions().setInstances(count)));
            return new HttpEndpoint(vertx, loops);
        } catch (CompletionException e) {
            vertx.close();
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IOException("cannot listen on port " + port + ": " + cause.getMessage(), e);
        }
    }

    /** The port it listens on. */
    public int port() {
        return loops.get(0).port();
    }

    /** Accepts no more connections and waits for those that have a request under way. */
    public void shutdown(Duration atMost) {
        await(Future.join(loops.stream()
                .map(loop -> loop.server().shutdown(atMost.toMillis(), TimeUnit.MILLISECONDS))
                .toList()));
    }

    @Override
    public void close() {
        await(vertx.close());
    }

    private static <T> T await(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }
}
