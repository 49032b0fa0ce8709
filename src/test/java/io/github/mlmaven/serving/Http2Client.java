package io.github.mlmaven.serving;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpConnectOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** One connection of HTTP/2 without TLS and without an upgrade, on which streams may be left half open, or reset. */
public final class Http2Client implements AutoCloseable {

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));

    /** Vert.x closes the connections of one that nobody refers to. */
    private final HttpClientAgent client;

    private final HttpClientConnection connection;
    private final CompletableFuture<Long> goAway = new CompletableFuture<>();
    private final CompletableFuture<Void> closed = new CompletableFuture<>();

    public Http2Client(int port) {
        client = vertx.createHttpClient(
                new HttpClientOptions().setProtocolVersion(HttpVersion.HTTP_2).setHttp2ClearTextUpgrade(false));
        connection = await(
                client.connect(new HttpConnectOptions().setHost("127.0.0.1").setPort(port)));
        connection.goAwayHandler(away -> goAway.complete(away.getErrorCode()));
        connection.closeHandler(gone -> closed.complete(null));
    }

    /** The error code of the server's GOAWAY, when it comes. */
    public CompletableFuture<Long> goAway() {
        return goAway;
    }

    /** The end of the connection. */
    public CompletableFuture<Void> closed() {
        return closed;
    }

    /**
     * What came back.
     *
     * @param status HTTP's
     * @param headers before the body
     * @param body all of it
     * @param trailers after the body
     */
    public record Answer(int status, MultiMap headers, Buffer body, MultiMap trailers) {

        /** gRPC's status and message, wherever they are: {@code 3 what is wrong}. */
        public String grpc() {
            MultiMap from = headers.contains("grpc-status") ? headers : trailers;
            return from.get("grpc-status")
                    + Optional.ofNullable(from.get("grpc-message"))
                            .map(message -> ' ' + message)
                            .orElse("");
        }
    }

    /** A stream whose headers are not sent yet. */
    public HttpClientRequest open(String method, String path, Map<String, String> headers) {
        RequestOptions options = new RequestOptions().setMethod(HttpMethod.valueOf(method));
        HttpClientRequest request = await(connection.request(options.setURI(path)));
        headers.forEach(request::putHeader);
        // The answer tells; this would log it too.
        request.exceptionHandler(lost -> {});
        return request;
    }

    /** The answer to a stream, when it comes. */
    public CompletableFuture<Answer> answer(HttpClientRequest request) {
        return request.response()
                .compose(response -> response.body()
                        .map(body -> new Answer(response.statusCode(), response.headers(), body, response.trailers())))
                .toCompletionStage()
                .toCompletableFuture();
    }

    /** Sends all of a request; its answer, when it comes. */
    public CompletableFuture<Answer> send(String method, String path, Map<String, String> headers, byte[] body) {
        HttpClientRequest request = open(method, path, headers);
        CompletableFuture<Answer> answer = answer(request);
        request.end(Buffer.buffer(body));
        return answer;
    }

    /** Sends all of a call of gRPC, whose body may be anything. */
    public Answer call(String path, Map<String, String> headers, byte[] body) throws Exception {
        Map<String, String> all = new HashMap<>(Map.of("content-type", "application/grpc", "te", "trailers"));
        all.putAll(headers);
        return send("POST", path, all, body).get(30, TimeUnit.SECONDS);
    }

    /** A message of gRPC with its prefix. */
    public static byte[] framed(int flag, byte[] message) {
        return Buffer.buffer()
                .appendByte((byte) flag)
                .appendInt(message.length)
                .appendBytes(message)
                .getBytes();
    }

    /** Waits for it. */
    public static <T> T await(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
    }

    @Override
    public void close() {
        await(vertx.close());
    }
}
