package io.github.mlmaven.serving.http;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The HTTP server on its port: some event loops, one for each core by default, each with its share of the connections. */
public final class HttpEndpoint implements AutoCloseable {

    private static final String ANY = "0.0.0.0";

    private final Vertx vertx;
    private final List<HttpLoop> loops;
    private final HeldBodies held;

    private HttpEndpoint(Vertx vertx, List<HttpLoop> loops, HeldBodies held) {
        this.vertx = vertx;
        this.loops = loops;
        this.held = held;
    }

    /**
     * Listens.
     *
     * @param port 0 for any that is free
     * @param limits of requests
     * @param serving what is served
     */
    public static HttpEndpoint listen(int port, HttpLimits limits, Serving serving) throws IOException {
        return listen(List.of(port), limits, serving, List.of());
    }

    /**
     * Listens on several ports, with the same on each.
     *
     * @param ports 0 for any that is free
     * @param limits of requests
     * @param serving what is served
     * @param others protocols of other packages
     */
    public static HttpEndpoint listen(
            List<Integer> ports, HttpLimits limits, Serving serving, List<Routes.Factory> others) throws IOException {
        return listen(ports, Runtime.getRuntime().availableProcessors(), limits, serving, others);
    }

    /**
     * Listens on several ports, with the same on each.
     *
     * @param ports 0 for any that is free
     * @param count event loops; a connection stays on one
     * @param limits of requests
     * @param serving what is served
     * @param others protocols of other packages
     */
    public static HttpEndpoint listen(
            List<Integer> ports, int count, HttpLimits limits, Serving serving, List<Routes.Factory> others)
            throws IOException {
        Vertx vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(count)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1)
                // No cache folder: the root file system may be read-only.
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
        HeldBodies held = new HeldBodies(limits.maxHeldBytes());
        List<SocketAddress> addresses = IntStream.range(0, ports.size())
                .mapToObj(i -> address(ports.get(i), i + 1))
                .toList();
        List<HttpLoop> loops = Stream.generate(
                        () -> new HttpLoop(addresses, new LoopScope(serving, limits, held, new IdleClients()), others))
                .limit(count)
                .toList();
        try {
            await(vertx.deployVerticle(loops.iterator()::next, new DeploymentOptions().setInstances(count)));
            return new HttpEndpoint(vertx, loops, held);
        } catch (CompletionException e) {
            vertx.close();
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IOException("cannot listen on port " + text(ports) + ": " + cause.getMessage(), e);
        }
    }

    /** With port 0 each loop would get a port of its own. */
    private static SocketAddress address(int port, int id) {
        return port == 0 ? SocketAddress.sharedRandomPort(id, ANY) : SocketAddress.inetSocketAddress(port, ANY);
    }

    private static String text(List<Integer> ports) {
        return ports.stream().map(String::valueOf).collect(Collectors.joining(" or "));
    }

    /** The first port it listens on. */
    public int port() {
        return ports().get(0);
    }

    /** The ports it listens on, in the order asked for. */
    public List<Integer> ports() {
        return loops.get(0).servers().stream().map(HttpServer::actualPort).toList();
    }

    /** The bytes of requests that it holds now. */
    long heldBytes() {
        return held.bytes();
    }

    /** Accepts no more connections and waits for those that have a request under way. */
    public void shutdown(Duration atMost) {
        await(Future.join(loops.stream()
                .flatMap(loop -> loop.servers().stream())
                .map(server -> server.shutdown(atMost.toMillis(), TimeUnit.MILLISECONDS))
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
