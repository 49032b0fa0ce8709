package io.github.mlmaven.serving.http;

import io.github.mlmaven.serving.protocol.StatusDocuments;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.Map;

/**
 * A whole response.
 *
 * @param status the status code
 * @param headers headers besides Content-Type
 * @param body JSON
 */
record Reply(int status, Map<String, String> headers, Buffer body) {

    static Reply ok(byte[] body) {
        return of(200, body);
    }

    static Reply of(int status, byte[] body) {
        return new Reply(status, Map.of(), Buffer.buffer(body));
    }

    static Reply error(int status, String message) {
        return of(status, StatusDocuments.error(message));
    }

    /** An error that another try may not meet. */
    static Reply busy(String message) {
        return new Reply(503, Map.of("Retry-After", "1"), Buffer.buffer(StatusDocuments.error(message)));
    }

    static Reply notAllowed(String method, String allowed) {
        return new Reply(
                405,
                Map.of("Allow", allowed),
                Buffer.buffer(StatusDocuments.error("method " + method + " is not allowed here; expected " + allowed)));
    }

    /** @param last whether the connection shall close after it */
    void send(HttpServerResponse response, boolean last) {
        if (response.ended() || response.closed()) {
            return;
        }
        response.setStatusCode(status).putHeader("Content-Type", "application/json");
        headers.forEach(response::putHeader);
        if (last) {
            response.putHeader("Connection", "close");
        }
        response.end(body);
    }
}
