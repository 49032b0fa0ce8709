package io.github.mlmaven.serving.http;

import io.github.mlmaven.model.json.ElementMemory;
import io.github.mlmaven.serving.inference.Failure;
import io.github.mlmaven.serving.protocol.StatusDocuments;
import io.netty.buffer.Unpooled;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.internal.buffer.BufferInternal;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/**
 * A whole response.
 *
 * @param status the status code
 * @param headers headers besides Content-Type
 * @param body JSON
 * @param message of an error, for the log
 */
public record Reply(int status, Map<String, String> headers, Buffer body, String message) {

    private static final long LINGER_MILLIS = 1000;

    /** A larger body is sent in parts, so that it shows whether the client takes them. */
    private static final int PART = 256 << 10;

    /** Of HTTP/2: the reply stands, only the rest of the request is not wanted. */
    private static final long NO_ERROR = 0;

    /** One that is no error. */
    Reply(int status, Map<String, String> headers, Buffer body) {
        this(status, headers, body, "");
    }

    static Reply ok(byte[] body) {
        return of(200, body);
    }

    /** With all that remains as its body, which is not copied. */
    static Reply ok(ByteBuffer body) {
        return new Reply(200, Map.of(), buffer(body));
    }

    static Reply of(int status, byte[] body) {
        return new Reply(status, Map.of(), Buffer.buffer(body));
    }

    /** An error in the words and the form of the Open Inference Protocol. */
    public static Reply error(int status, String message) {
        return error(status, Map.of(), message);
    }

    static Reply tooLarge(long most, String found) {
        return error(413, "the body is too large: expected at most " + most + " bytes, found " + found);
    }

    /** An error that another try may not meet. */
    static Reply busy(String message) {
        return error(503, Map.of("Retry-After", "1"), message);
    }

    /** As the Open Inference Protocol says it. */
    static Reply failed(Failure failure) {
        return switch (failure.kind()) {
            case INVALID -> error(400, failure.message());
            case NOT_FOUND -> error(404, failure.message());
            case BUSY -> busy(failure.message());
            case EXPIRED -> error(504, failure.message());
            case ENGINE, INTERNAL -> error(500, failure.message());
        };
    }

    /** Another method is expected. */
    public static Reply notAllowed(String method, String allowed) {
        return error(405, Map.of("Allow", allowed), "method " + method + " is not allowed here; expected " + allowed);
    }

    private static Reply error(int status, Map<String, String> headers, String message) {
        return new Reply(status, headers, Buffer.buffer(StatusDocuments.error(message)), message);
    }

    /** The same with another header. */
    public Reply with(String header, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(header, value);
        return new Reply(status, more, body, message);
    }

    /**
     * Compressed.
     *
     * @param memory holds the compressed body
     */
    Reply encoded(ContentCoding coding, ElementMemory memory) {
        ByteBuffer plain = ((BufferInternal) body).getByteBuf().nioBuffer();
        return new Reply(status, headers, buffer(coding.encode(plain, memory)), message)
                .with("Content-Encoding", coding.token())
                .with("Vary", "Accept-Encoding");
    }

    private static Buffer buffer(ByteBuffer bytes) {
        return BufferInternal.buffer(Unpooled.wrappedBuffer(bytes));
    }

    /** Sends it on a connection that stays open. */
    void send(HttpServerRequest request) {
        send(request, () -> {});
    }

    /** Whether it is so large that its client may need time to read it. */
    boolean isLarge() {
        return body.length() > PART;
    }

    /**
     * Sends it, and closes the connection behind it where that is to be.
     *
     * @param last whether the connection shall close
     * @param progress runs whenever the client has taken a part
     * @return completes when the client has taken all of it, or has left
     */
    Future<Void> send(HttpServerRequest request, boolean last, Runnable progress) {
        return last ? sendLast(request, progress) : send(request, progress);
    }

    /**
     * Sends it on a connection that closes when the requests that have arrived on it have their replies; Vert.x leaves
     * that to us whatever the header says. HTTP/2 has GOAWAY for it, which the server's shutdown sends.
     */
    void sendLast(HttpServerRequest request) {
        sendLast(request, () -> {});
    }

    private Future<Void> sendLast(HttpServerRequest request, Runnable progress) {
        HttpServerResponse response = request.response();
        if (request.version() == HttpVersion.HTTP_2) {
            return send(request, progress);
        }
        Promise<Void> all = Promise.promise();
        // Later: what has arrived in the same packet is still being read.
        Vertx.currentContext().runOnContext(later -> {
            boolean over = response.ended() || response.closed();
            if (!over && OrderlyEnd.of(request.connection()).endsWithNextReply()) {
                response.putHeader("Connection", "close");
                send(request, progress)
                        .onComplete(sent -> request.connection().close())
                        .onComplete(all);
            } else {
                send(request, progress).onComplete(all);
            }
        });
        return all.future();
    }

    /**
     * Refuses a request whose body is still coming: what comes is dropped for a moment before the connection closes.
     * Of HTTP/2 only the stream closes.
     */
    public void refuse(HttpServerRequest request) {
        HttpServerResponse response = request.response();
        if (response.ended() || response.closed()) {
            return;
        }
        if (request.version() == HttpVersion.HTTP_2) {
            send(request, () -> {});
            dropRest(request);
            return;
        }
        OrderlyEnd.of(request.connection()).endWithNextReply();
        response.putHeader("Connection", "close");
        request.handler(dropped -> {});
        request.endHandler(end -> {});
        send(request, () -> {}).onComplete(sent -> request.connection().close());
    }

    /** Drops what still comes on a stream of HTTP/2 that has its reply, and closes the stream when that lasts. */
    public static void dropRest(HttpServerRequest request) {
        request.handler(dropped -> {});
        Vertx vertx = Vertx.currentContext().owner();
        long timer = vertx.setTimer(LINGER_MILLIS, late -> request.response().reset(NO_ERROR));
        request.endHandler(end -> vertx.cancelTimer(timer));
    }

    private Future<Void> send(HttpServerRequest request, Runnable progress) {
        HttpServerResponse response = request.response();
        if (response.ended() || response.closed()) {
            return Future.succeededFuture();
        }
        response.setStatusCode(status).putHeader("Content-Type", "application/json");
        headers.forEach(response::putHeader);
        boolean head = request.method().equals(HttpMethod.HEAD);
        if (!head && !isLarge()) {
            return response.end(body);
        }
        response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length()));
        if (head) {
            return response.end();
        }
        int at = 0;
        for (; body.length() - at > PART; at += PART) {
            response.write(body.slice(at, at + PART)).onSuccess(taken -> progress.run());
        }
        return response.end(body.slice(at, body.length()));
    }
}
