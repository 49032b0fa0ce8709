package io.github.mlmaven.serving.http;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Closes the connections on which a client is silent for too long: before its first request, within one, or after its
 * last; and of HTTP/2's streams those whose body does not come while others keep the connection busy. And it closes those
 * that take nothing of a large reply. Vert.x's own timeout would also close those that wait for a model that computes.
 * For the event loop alone, which is one thread.
 */
public final class IdleClients {

    /** How often in the time allowed it looks. */
    private static final int LOOKS = 4;

    /** A client that takes nothing of its reply is closed after so many times the time allowed. */
    private static final int PATIENCE = 2;

    /** HTTP/2's CANCEL. */
    private static final long CANCEL = 8;

    private final Map<HttpConnection, Client> clients = new HashMap<>();
    private final Map<HttpServerRequest, Long> uploads = new HashMap<>();
    private final Map<HttpServerRequest, Long> downloads = new HashMap<>();
    private long looks;

    /** Looks from now on. */
    void start(Vertx vertx, Duration idle) {
        vertx.setPeriodic(Math.max(1, idle.toMillis() / LOOKS), timer -> closeIdle());
    }

    /** A new connection. */
    void opened(HttpConnection connection) {
        Client client = new Client(looks);
        clients.put(connection, client);
        connection.closeHandler(closed -> clients.remove(connection));
        if (connection.protocolVersion() == HttpVersion.HTTP_2) {
            connection.pingHandler(ping -> client.heard = looks);
        }
    }

    /** The client has sent the head of a request, or a part of its body. */
    public void heard(HttpServerRequest request) {
        Client client = clients.get(request.connection());
        if (client != null) {
            client.heard = looks;
            if (request.version() == HttpVersion.HTTP_2) {
                uploads.computeIfPresent(request, (upload, before) -> looks);
            }
        }
    }

    /** The client owes the body of a request. */
    public void receives(HttpServerRequest request) {
        if (request.version() == HttpVersion.HTTP_2) {
            uploads.put(request, looks);
        }
    }

    /** The client owes nothing of a request any more: it has sent all of it, or nobody wants the rest. */
    public void received(HttpServerRequest request) {
        uploads.remove(request);
    }

    /** The client has sent all of a request and waits now. */
    public void waits(HttpServerRequest request) {
        uploads.remove(request);
        Client client = clients.get(request.connection());
        if (client != null) {
            client.waiting++;
        }
    }

    /** A client that waited is being sent a large reply, or has taken a part of it. */
    void reads(HttpServerRequest request) {
        downloads.put(request, looks);
    }

    /** A client that waited has its reply and is to speak again. */
    public void answered(HttpServerRequest request) {
        downloads.remove(request);
        Client client = clients.get(request.connection());
        if (client != null) {
            client.waiting--;
            client.heard = looks;
        }
    }

    /** The client listens, with nothing to say: it is asked for a sign of life instead, which HTTP/2 answers by itself. */
    public void listens(HttpServerRequest request, boolean listening) {
        Client client = clients.get(request.connection());
        if (client != null) {
            client.listening += listening ? 1 : -1;
        }
    }

    private void closeIdle() {
        looks++;
        // Closing may remove the client, or the upload, at once.
        for (Map.Entry<HttpConnection, Client> entry : new ArrayList<>(clients.entrySet())) {
            Client client = entry.getValue();
            long silent = looks - client.heard;
            if (client.waiting == 0 && silent > LOOKS) {
                entry.getKey().close();
            } else if (client.listening > 0 && silent == LOOKS / 2) {
                entry.getKey().ping(Buffer.buffer(new byte[Long.BYTES])).onSuccess(pong -> client.heard = looks);
            }
        }
        closeUnread();
        List<HttpServerRequest> silent = new ArrayList<>();
        uploads.forEach((request, heard) -> {
            if (looks - heard > LOOKS || request.response().closed()) {
                silent.add(request);
            }
        });
        silent.forEach(request -> {
            uploads.remove(request);
            request.response().reset(CANCEL);
        });
    }

    private void closeUnread() {
        List<HttpServerRequest> unread = new ArrayList<>();
        downloads.forEach((request, taken) -> {
            if (looks - taken > PATIENCE * LOOKS) {
                unread.add(request);
            }
        });
        for (HttpServerRequest request : unread) {
            downloads.remove(request);
            if (request.version() == HttpVersion.HTTP_2) {
                request.response().reset(CANCEL);
            } else {
                OrderlyEnd.giveUp(request.connection());
            }
        }
    }

    private static final class Client {
        private long heard;
        private int waiting;
        private int listening;

        private Client(long heard) {
            this.heard = heard;
        }
    }
}
