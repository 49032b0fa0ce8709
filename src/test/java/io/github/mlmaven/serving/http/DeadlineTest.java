package io.github.mlmaven.serving.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mlmaven.serving.RawHttp;
import java.net.Socket;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** X-Request-Timeout-Ms, over sockets. */
@Timeout(60)
class DeadlineTest {

    private static final String TIMEOUT = "X-Request-Timeout-Ms: ";

    @TempDir
    Path folder;

    private WatchedServer server;

    @BeforeEach
    void start() throws Exception {
        server = WatchedServer.start(folder);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void whatWaitsBeyondItsDeadlineIsNotRun() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        server.pool.offer(() -> awaitQuietly(release));
        try (Socket client = send(WatchedServer.request("Connection: close\r\n" + TIMEOUT + "50\r\n"))) {
            while (server.admission.waiting() == 0) {
                Thread.sleep(1);
            }
            Thread.sleep(60);
            release.countDown();
            assertThat(reply(client))
                    .startsWith("HTTP/1.1 504 ")
                    .endsWith("\r\n\r\n{\"error\":\"the deadline passed before the model ran\"}");
        } finally {
            release.countDown();
        }
        assertThat(server.model.runs()).isEmpty();
        assertThat(server.ask(TIMEOUT + "30000\r\n")).startsWith("HTTP/1.1 200 ");
        assertThat(server.model.runs()).containsExactly(1);
    }

    @Test
    void aResultThatComesAfterTheDeadlineIsNone() throws Exception {
        server.model.shut();
        try (Socket client = send(WatchedServer.request("Connection: close\r\n" + TIMEOUT + "1000\r\n"))) {
            server.model.awaitRun();
            Thread.sleep(1010);
            server.model.let(1);
            assertThat(reply(client))
                    .startsWith("HTTP/1.1 504 ")
                    .endsWith("\r\n\r\n{\"error\":\"the deadline passed while the model ran\"}");
        }
        assertThat(server.model.runs()).containsExactly(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "x", "-1", "2147483648", "1.5"})
    void otherThanANumberOfMillisecondsIsABadRequest(String value) throws Exception {
        assertThat(RawHttp.exchange(server.port(), WatchedServer.request(TIMEOUT + value + "\r\n")))
                .startsWith("HTTP/1.1 400 ")
                .endsWith("\r\n\r\n{\"error\":\"X-Request-Timeout-Ms: expected a number from 1 to 2147483647, found "
                        + value + "\"}");
        assertThat(server.model.runs()).isEmpty();
    }

    private Socket send(String request) throws Exception {
        Socket socket = new Socket("127.0.0.1", server.port());
        socket.getOutputStream().write(request.getBytes(UTF_8));
        return socket;
    }

    private static String reply(Socket socket) throws Exception {
        return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
