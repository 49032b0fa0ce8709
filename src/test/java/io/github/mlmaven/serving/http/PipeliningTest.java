package io.github.mlmaven.serving.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mlmaven.serving.RawHttp;
import io.github.mlmaven.serving.inference.Readiness;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Requests that are sent one after another without waiting for replies (RFC 9112 §9.3.2). */
@Timeout(60)
class PipeliningTest {

    private static final String LIVE = "GET /v2/health/live HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final String ANSWER = "\r\n\r\n{\"live\":true}";
    private static final String CLOSE = "\r\nConnection: close\r\n";

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
    void repliesComeInTheOrderOfTheRequests() throws Exception {
        List<String> replies = replies(WatchedServer.request("")
                + LIVE
                + WatchedServer.request("").replace("[1.0]", "[2.5]")
                + LIVE.replace("live", "none")
                + WatchedServer.request("Connection: close\r\n"));
        assertThat(replies).hasSize(5);
        assertThat(replies.get(0)).startsWith("200 ").endsWith("\"data\":[1.0]}]}");
        assertThat(replies.get(1)).startsWith("200 ").endsWith(ANSWER);
        assertThat(replies.get(2)).startsWith("200 ").endsWith("\"data\":[2.5]}]}");
        assertThat(replies.get(3)).startsWith("404 ").endsWith("{\"error\":\"no such path: /v2/health/none\"}");
        assertThat(replies.get(4)).startsWith("200 ").endsWith("\"data\":[1.0]}]}");
    }

    @Test
    void aBadRequestDoesNotTakeTheNextWithIt() throws Exception {
        List<String> replies = replies(WatchedServer.request("").replace("[1.0]", "[nul]")
                + WatchedServer.request("").replace("models/m", "models/n")
                + WatchedServer.request("Connection: close\r\n"));
        assertThat(replies).hasSize(3);
        assertThat(replies.get(0)).startsWith("400 ");
        assertThat(replies.get(1)).startsWith("404 ").endsWith("{\"error\":\"unknown model n: expected m\"}");
        assertThat(replies.get(2)).startsWith("200 ").endsWith("\"data\":[1.0]}]}");
    }

    @Test
    void whatFollowsARequestThatIsRefusedUnreadIsNotProcessed() throws Exception {
        List<String> replies = replies(WatchedServer.request("Content-Type: text/csv\r\n") + WatchedServer.request(""));
        assertThat(replies).hasSize(1);
        assertThat(replies.get(0))
                .startsWith("415 ")
                .contains(CLOSE)
                .endsWith("{\"error\":\"expected Content-Type application/json, found text/csv\"}");
        assertThat(server.model.runs()).isEmpty();
    }

    @Test
    void whileDrainingAllThatHasArrivedIsAnsweredAndTheLastReplyCloses() throws Exception {
        server.readiness.advance(Readiness.State.DRAINING);
        List<String> replies = replies(LIVE.repeat(2) + WatchedServer.request("") + LIVE + WatchedServer.request(""));
        assertThat(replies).hasSize(5).allMatch(reply -> reply.startsWith("200 "));
        assertThat(replies.subList(0, 4)).noneMatch(reply -> reply.contains(CLOSE));
        assertThat(replies.get(4)).contains(CLOSE).endsWith("\"data\":[1.0]}]}");
        assertThat(RawHttp.exchange(server.port(), LIVE.replace("live", "none")))
                .startsWith("HTTP/1.1 404 ")
                .contains(CLOSE);
    }

    @Test
    void theLastReplyArrivesThoughMoreIsSent() throws Exception {
        server.readiness.advance(Readiness.State.DRAINING);
        for (int i = 0; i < 50; i++) {
            server.model.shut();
            try (Socket socket = new Socket("127.0.0.1", server.port())) {
                socket.setSoTimeout(20_000);
                send(socket, WatchedServer.request(""));
                server.model.awaitRun();
                // While the model runs there come another and the head of a third; its body is more than is read ahead.
                send(socket, LIVE + "POST /v2/models/m/infer HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n");
                server.model.let(1);
                send(socket, " ".repeat(1_000_000));
                List<String> replies = replies(socket.getInputStream());
                assertThat(replies).isNotEmpty();
                assertThat(replies.get(0)).startsWith("200 ").endsWith("\"data\":[1.0]}]}");
                for (String reply : replies) {
                    assertThat(reply.contains(CLOSE)).isEqualTo(reply.equals(replies.get(replies.size() - 1)));
                }
            }
        }
    }

    @Test
    void aServerThatShutsDownAnswersBothOfTwoRequests() throws Exception {
        server.model.shut();
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            socket.setSoTimeout(20_000);
            send(socket, WatchedServer.request("") + LIVE);
            server.model.awaitRun();
            server.readiness.advance(Readiness.State.DRAINING);
            Thread shutdown = new Thread(() -> server.http().shutdown(Duration.ofSeconds(20)));
            shutdown.start();
            Thread.sleep(100);
            server.model.let(1);
            List<String> replies = replies(socket.getInputStream());
            assertThat(replies).hasSize(2).allMatch(reply -> reply.startsWith("200 "));
            assertThat(replies.get(1)).contains(CLOSE).endsWith(ANSWER);
            socket.close();
            shutdown.join();
        }
    }

    private List<String> replies(String requests) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            socket.setSoTimeout(20_000);
            send(socket, requests);
            return replies(socket.getInputStream());
        }
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(UTF_8));
    }

    /** Until the server closes; a connection that is reset fails. */
    private static List<String> replies(InputStream in) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        in.transferTo(all);
        String text = all.toString(UTF_8);
        return text.isEmpty()
                ? List.of()
                : List.of(text.substring("HTTP/1.1 ".length()).split("HTTP/1.1 ", -1));
    }
}
