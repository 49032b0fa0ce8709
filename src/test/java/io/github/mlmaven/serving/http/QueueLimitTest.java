package io.github.mlmaven.serving.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class QueueLimitTest {

    @TempDir
    Path folder;

    @Test
    void whatFindsTheQueueFullIsToldToComeBackAndThenIsAnswered() throws Exception {
        try (WatchedServer server = WatchedServer.start(folder, HttpLimits.DEFAULT, 1)) {
            server.model.shut();
            try (Socket runs = send(server)) {
                server.model.awaitRun();
                try (Socket waits = send(server)) {
                    while (server.admission.waiting() == 0) {
                        Thread.sleep(1);
                    }
                    assertThat(server.ask())
                            .startsWith("HTTP/1.1 503 ")
                            .contains("\r\nRetry-After: 1\r\n")
                            .endsWith("\r\n\r\n{\"error\":\"too many requests are waiting; try again\"}");
                    server.model.let(3);
                    assertThat(reply(runs)).startsWith("HTTP/1.1 200 ");
                    assertThat(reply(waits)).startsWith("HTTP/1.1 200 ");
                }
            }
            assertThat(server.ask()).startsWith("HTTP/1.1 200 ").endsWith("\"data\":[1.0]}]}");
            assertThat(server.admission.waiting()).isZero();
        }
    }

    private static Socket send(WatchedServer server) throws Exception {
        Socket socket = new Socket("127.0.0.1", server.port());
        socket.getOutputStream()
                .write(WatchedServer.request("Connection: close\r\n").getBytes(UTF_8));
        return socket;
    }

    private static String reply(Socket socket) throws Exception {
        return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
}
