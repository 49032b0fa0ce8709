package io.github.mlmaven.serving.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Clients that leave before they have their reply give back what their requests held. */
@Timeout(60)
class DisconnectTest {

    private static final int LENGTH = WatchedServer.BODY.length();

    @TempDir
    Path folder;

    private WatchedServer server;

    @BeforeEach
    void start() throws Exception {
        // Room for one body: a byte that is not given back, and no other request is served.
        server = WatchedServer.start(folder, new HttpLimits(LENGTH, LENGTH, Duration.ofMinutes(10)), 1);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void withinTheBody() throws Exception {
        String request = WatchedServer.request("");
        for (int i = 0; i < 5; i++) {
            try (Socket client = send(request.substring(0, request.length() - 1))) {
                while (server.http().heldBytes() < LENGTH - 1) {
                    Thread.sleep(1);
                }
                reset(client, i % 2 == 0);
            }
            awaitNothingHeld();
        }
        assertThat(server.model.runs()).isEmpty();
        assertThat(server.ask()).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void whileTheModelRuns() throws Exception {
        server.model.shut();
        for (int i = 0; i < 5; i++) {
            try (Socket client = send(WatchedServer.request(""))) {
                server.model.awaitRun();
                assertThat(server.http().heldBytes()).isEqualTo(LENGTH);
                reset(client, i % 2 == 0);
            }
            server.model.let(1);
            awaitNothingHeld();
            assertThat(server.admission.waiting()).isZero();
        }
        assertThat(server.model.runs()).containsExactly(1, 1, 1, 1, 1);
        server.model.let(1);
        assertThat(server.ask()).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void whileItWaitsForTheModelAndThenItIsNotRun() throws Exception {
        Semaphore release = new Semaphore(0);
        server.pool.offer(release::acquireUninterruptibly);
        try (Socket client = send(WatchedServer.request(""))) {
            while (server.admission.waiting() == 0) {
                Thread.sleep(1);
            }
            reset(client, true);
        }
        // Until its event loop has seen that it left.
        Thread.sleep(300);
        release.release();
        awaitNothingHeld();
        assertThat(server.admission.waiting()).isZero();
        assertThat(server.model.runs()).isEmpty();
        assertThat(server.ask()).startsWith("HTTP/1.1 200 ");
    }

    private Socket send(String text) throws IOException {
        Socket socket = new Socket("127.0.0.1", server.port());
        socket.getOutputStream().write(text.getBytes(UTF_8));
        return socket;
    }

    /** With a reset, or in order. */
    private static void reset(Socket client, boolean abruptly) throws IOException {
        if (abruptly) {
            client.setSoLinger(true, 0);
        }
        client.close();
    }

    private void awaitNothingHeld() throws InterruptedException {
        while (server.http().heldBytes() > 0) {
            Thread.sleep(1);
        }
    }
}
