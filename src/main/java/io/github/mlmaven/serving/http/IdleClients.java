package io.github.mlmaven.serving.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;

/**
 * Closes the connections on which a client is silent for too long: before its first request, within one, or after its
 * last. Vert.x's own timeout would also close those that wait for a model that computes. For the event loop alone,
 * which is one thread.
 */
final class IdleClients {

    /** How often in the time allowed it looks. */
    private static final int LOOKS = 4;

    private final Map<HttpConnection, Client> clients = new HashMap<>();
    private long looks;

    /** Looks from now on. */
    void start(Vertx vertx, Duration idle) {
        vertx.setPeriodic(Math.max(1, idle.toMillis() / LOOKS), timer -> closeIdle());
    }

    /** A new connection. */
    void opened(HttpConnection connection) {
        clients.put(connection, new Client(looks));
        connection.closeHandler(closed -> clients.remove(connection));
    }

    /** The client has sent something. */
    void heard(HttpConnection connection) {
        Client client = clients.get(connection);
        if (client != null) {
            client.heard = looks;
        }
    }

    /** The client has sent all of a request and waits now. */
    void waits(HttpConnection connection) {
        Client client = clients.get(connection);
        if (client != null) {
            client.waits = true;
        }
    }

    /** The client has its reply and is to speak again. */
    void answered(HttpConnection connection) {
        Client client = clients.get(connection);
        if (client != null) {
            client.waits = false;
            client.heard = looks;
        }
    }

    private void closeIdle() {
        looks++;
        // Closing may remove the client at once.
        for (Map.Entry<HttpConnection, Client> entry : new ArrayList<>(clients.entrySet())) {
            if (!entry.getValue().waits && looks - entry.getValue().heard > LOOKS) {
                entry.getKey().close();
            }
        }
    }

    private static final class Client {
        private long heard;
        private boolean waits;

        private Client(long heard) {
            this.heard = heard;
        }
    }
}
