package io.github.mlmaven.serving;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mlmaven.model.Datatype;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class OutOfMemoryTest {

    private static final int LENGTH = 200 << 20;

    @TempDir
    Path folder;

    @Test
    void aBodyThatTheHeapDoesNotHoldIsRefusedAndOthersAreServed() throws Exception {
        ApplicationFolder application = ApplicationFolder.withModelFolder(folder)
                .add("m", "1", OnnxModels.identity(folder.resolve("m"), Datatype.FP32))
                .write();
        try (ForkedServer server = ForkedServer.start(
                application, folder, Map.of("ML_MAX_BODY_BYTES", Integer.toString(LENGTH)), List.of("-Xmx96m"))) {
            for (int i = 0; i < 3; i++) {
                assertThat(sendTooMuch(server.port()))
                        .startsWith("HTTP/1.1 503 ")
                        .contains("\r\nRetry-After: 1\r\n")
                        .endsWith("\r\n\r\n{\"error\":\"not enough memory for this request now\"}");
                assertThat(server.post(
                                        "/v2/models/m/infer",
                                        "{\"inputs\":[{\"name\":\"x\",\"shape\":[1],\"datatype\":\"FP32\",\"data\":[1]}]}")
                                .statusCode())
                        .isEqualTo(200);
            }
        }
    }

    /** Until it has its reply. */
    private static String sendTooMuch(int port) throws Exception {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            OutputStream out = socket.getOutputStream();
            out.write(("POST /v2/models/m/infer HTTP/1.1\r\nHost: a\r\nContent-Length: " + LENGTH + "\r\n\r\n")
                    .getBytes(UTF_8));
            byte[] part = new byte[1 << 20];
            try {
                for (int sent = 0; sent < LENGTH && socket.getInputStream().available() == 0; sent += part.length) {
                    out.write(part);
                }
            } catch (SocketException e) {
                // It has stopped to read, which the reply tells.
            }
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }
}
