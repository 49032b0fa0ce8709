package io.github.mlmaven.image.smoke;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Asks a server on this machine by HTTP. */
public final class ServerClient {

    private static final int OK = 200;
    private static final int SHOWN = 300;

    private final HttpClient http;
    private final int port;
    private final Duration timeout;

    /**
     * A client.
     *
     * @param port the server's port
     * @param timeout how long each answer may take
     */
    public ServerClient(int port, Duration timeout) {
        this.port = port;
        this.timeout = timeout;
        // A proxy that the build uses has nothing to do with this machine.
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .proxy(HttpClient.Builder.NO_PROXY)
                .connectTimeout(timeout)
                .build();
    }

    /** The body of a GET. */
    public byte[] get(String path) throws ServerException, InterruptedException {
        return send("GET " + path, request(path).GET().build());
    }

    /** The body of the answer to a JSON document. */
    public byte[] post(String path, byte[] document) throws ServerException, InterruptedException {
        return send(
                "POST " + path,
                request(path)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(document))
                        .build());
    }

    private byte[] send(String what, HttpRequest request) throws ServerException, InterruptedException {
        String message = "the packaged server does not answer " + what;
        try {
            HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            if (response.statusCode() != OK) {
                String body = new String(response.body(), StandardCharsets.UTF_8).strip();
                throw new ServerException(
                        message,
                        "status " + OK,
                        "status " + response.statusCode() + ": "
                                + (body.length() > SHOWN ? body.substring(0, SHOWN) + "…" : body));
            }
            return response.body();
        } catch (IOException e) {
            throw new ServerException(message, "status " + OK, e.toString());
        }
    }

    private HttpRequest.Builder request(String path) {
        try {
            URI uri = new URI("http", null, "127.0.0.1", port, path, null, null);
            return HttpRequest.newBuilder(URI.create(uri.toASCIIString())).timeout(timeout);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
