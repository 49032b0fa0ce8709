package io.github.mlmaven.bench;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Sends a request once and returns the reply: over HTTP/1.1, or for gRPC over HTTP/2 without TLS from the start. */
final class OneCall implements AutoCloseable {

    private final Vertx vertx = Vertx.vertx();

    /** Refuses a reply other than 200, and for gRPC a status other than 0. */
    Message send(Encoding encoding, int port, Message request) throws BenchException, InterruptedException {
        boolean grpc = encoding == Encoding.GRPC;
        HttpClient client = vertx.createHttpClient(new HttpClientOptions()
                .setProtocolVersion(grpc ? HttpVersion.HTTP_2 : HttpVersion.HTTP_1_1)
                .setHttp2ClearTextUpgrade(false));
        try {
            return client.request(HttpMethod.POST, port, "127.0.0.1", request.path())
                    .compose(call -> {
                        request.headers().forEach(call::putHeader);
                        return call.send(Buffer.buffer(request.body()));
                    })
                    .compose(reply -> reply.body().map(body -> checked(grpc, request.path(), reply, body)))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(60, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new BenchException(
                    encoding + " is not answered: " + e.getCause().getMessage());
        } catch (TimeoutException e) {
            throw new BenchException(encoding + " is not answered in 60 s");
        } finally {
            client.close();
        }
    }

    private static Message checked(boolean grpc, String path, HttpClientResponse reply, Buffer body) {
        if (reply.statusCode() != 200) {
            throw new IllegalStateException(reply.statusCode() + " " + body);
        }
        Map<String, String> headers = new HashMap<>();
        reply.headers().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
        reply.trailers().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
        if (grpc && !"0".equals(headers.get("grpc-status"))) {
            throw new IllegalStateException(
                    "grpc-status " + headers.get("grpc-status") + " " + headers.get("grpc-message"));
        }
        return new Message(path, headers, body.getBytes());
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
