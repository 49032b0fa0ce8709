package io.github.mlmaven.serving.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mlmaven.model.Datatype;
import io.github.mlmaven.model.Digest;
import io.github.mlmaven.model.ModelDescriptor;
import io.github.mlmaven.model.ModelFile;
import io.github.mlmaven.model.ModelFormat;
import io.github.mlmaven.serving.OnnxModels;
import io.github.mlmaven.serving.RawHttp;
import io.github.mlmaven.serving.engine.EngineOptions;
import io.github.mlmaven.serving.engine.LoadedModel;
import io.github.mlmaven.serving.engine.OnnxRuntimeEngine;
import io.github.mlmaven.serving.inference.Admission;
import io.github.mlmaven.serving.inference.BatchOptions;
import io.github.mlmaven.serving.inference.InferencePool;
import io.github.mlmaven.serving.inference.Models;
import io.github.mlmaven.serving.inference.Readiness;
import io.github.mlmaven.serving.inference.ServedModel;
import io.github.mlmaven.serving.inference.ServingListener;
import io.github.mlmaven.serving.inference.SharedResources;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Clients that send slowly, or not at all, and clients that send too much at once. */
@Timeout(60)
class SlowClientsTest {

    private static final Duration LONG = Duration.ofMinutes(10);
    private static final Duration SHORT = Duration.ofMillis(200);

    /** More than the sockets' buffers hold. */
    private static final long LARGE = 16 << 20;

    private static final String BODY =
            "{\"inputs\":[{\"name\":\"x\",\"shape\":[1],\"datatype\":\"FP32\",\"data\":[1.0]}]}";

    @TempDir
    Path folder;

    private final Readiness readiness = new Readiness();
    private final InferencePool pool = new InferencePool(1, 8);
    private Models models;

    @BeforeEach
    void load() throws Exception {
        models = models(session());
        readiness.advance(Readiness.State.READY);
    }

    @AfterEach
    void stop() {
        pool.close();
        models.close();
    }

    @Test
    void aClientThatFallsSilentIsClosed() throws Exception {
        try (HttpEndpoint http = listen(new HttpLimits(1000, 1000, SHORT))) {
            assertThat(RawHttp.exchange(http.port(), "")).isEmpty();
            assertThat(RawHttp.exchange(http.port(), "POST /v2/models/m/infer HTTP/1.1\r\nHos"))
                    .isEmpty();
            assertThat(RawHttp.exchange(http.port(), request("", BODY.substring(0, 20))))
                    .isEmpty();
            assertThat(RawHttp.exchange(http.port(), request("", BODY)))
                    .startsWith("HTTP/1.1 200 ")
                    .endsWith("\"data\":[1.0]}]}");
        }
    }

    @Test
    void aClientThatWaitsForItsReplyIsNot() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        pool.offer(() -> awaitQuietly(release));
        try (HttpEndpoint http = listen(new HttpLimits(1000, 1000, SHORT));
                Socket waiting = new Socket("127.0.0.1", http.port())) {
            send(waiting, request("", BODY));
            // Two that came later are closed before, each after the time allowed.
            assertThat(RawHttp.exchange(http.port(), "")).isEmpty();
            assertThat(RawHttp.exchange(http.port(), "")).isEmpty();
            release.countDown();
            assertThat(new String(waiting.getInputStream().readAllBytes(), UTF_8))
                    .startsWith("HTTP/1.1 200 ");
        } finally {
            release.countDown();
        }
    }

    @Test
    void aBodyThatDripsIsRefusedThoughItsClientIsNeverSilent() throws Exception {
        try (HttpEndpoint http = listen(new HttpLimits(1000, 1000, SHORT));
                Socket drips = new Socket("127.0.0.1", http.port())) {
            drips.setSoTimeout(20_000);
            send(drips, request("", ""));
            for (int at = 0; drips.getInputStream().available() == 0; at++) {
                assertThat(at).as("bytes taken").isLessThan(BODY.length());
                send(drips, BODY.substring(at, at + 1));
                Thread.sleep(20);
            }
            assertThat(new String(drips.getInputStream().readAllBytes(), UTF_8))
                    .startsWith("HTTP/1.1 408 ")
                    .containsIgnoringCase("\r\nconnection: close\r\n")
                    .containsPattern(
                            "\\{\"error\":\"the body comes too slowly: expected 0\\.2 s and a second more for each"
                                    + " 1024 bytes, found \\d+ bytes after 0 s\"}$");
        }
    }

    @Test
    void aReplyThatIsReadSlowlyComesToItsEnd() throws Exception {
        try (HttpEndpoint http = listen(new HttpLimits(LARGE + 1000, LARGE + 1000, SHORT));
                Socket slow = asksForALargeReply(http)) {
            long began = System.nanoTime();
            InputStream in = slow.getInputStream();
            byte[] part = new byte[128 << 10];
            long read = 0;
            for (int length = 0; length >= 0; length = in.read(part)) {
                read += length;
                Thread.sleep(10);
            }
            assertThat(read).isGreaterThan(LARGE);
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(SHORT.multipliedBy(4));
        }
    }

    @Test
    void aReplyThatIsNotReadIsGivenUp() throws Exception {
        try (HttpEndpoint http = listen(new HttpLimits(LARGE + 1000, LARGE + 1000, SHORT));
                Socket never = asksForALargeReply(http)) {
            Thread.sleep(SHORT.multipliedBy(5).toMillis());
            // What the sockets' buffers hold, and then the end.
            assertThat(never.getInputStream().transferTo(OutputStream.nullOutputStream()))
                    .isBetween(1L, LARGE - 1);
        }
    }

    private static Socket asksForALargeReply(HttpEndpoint http) throws IOException {
        String json = "{\"parameters\":{\"binary_data_output\":true},\"inputs\":[{\"name\":\"x\",\"shape\":["
                + LARGE / 4 + "],\"datatype\":\"FP32\",\"parameters\":{\"binary_data_size\":" + LARGE + "}}]}";
        Socket socket = new Socket();
        socket.setReceiveBufferSize(64 << 10);
        socket.setSoTimeout(20_000);
        socket.connect(new InetSocketAddress("127.0.0.1", http.port()));
        send(
                socket,
                "POST /v2/models/m/infer HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: "
                        + (json.length() + LARGE) + "\r\nInference-Header-Content-Length: " + json.length()
                        + "\r\n\r\n" + json);
        socket.getOutputStream().write(new byte[(int) LARGE]);
        return socket;
    }

    @Test
    void bodiesThatAreTooMuchTogetherAreRefusedUntilThereIsRoomAgain() throws Exception {
        int body = BODY.length();
        try (HttpEndpoint http = listen(new HttpLimits(body, body + body / 2, LONG))) {
            try (Socket slow = holdsAllButTheLastByte(http)) {
                assertThat(ask(http))
                        .startsWith("HTTP/1.1 503 ")
                        .contains("\r\nRetry-After: 1\r\n")
                        .containsIgnoringCase("\r\nconnection: close\r\n")
                        .endsWith("{\"error\":\"too many bytes of requests are waiting; try again\"}");
                send(slow, BODY.substring(body - 1));
                assertThat(statusLine(slow)).isEqualTo("HTTP/1.1 200");
            }
            assertThat(ask(http)).startsWith("HTTP/1.1 200 ");
            holdsAllButTheLastByte(http).close();
            while (!ask(http).startsWith("HTTP/1.1 200 ")) {
                Thread.onSpinWait();
            }
        }
    }

    /** Until the server has read from it, there is room; and while another asks, it may be the one that is refused. */
    private static Socket holdsAllButTheLastByte(HttpEndpoint http) throws IOException {
        while (true) {
            Socket slow = new Socket("127.0.0.1", http.port());
            send(slow, request("", BODY.substring(0, BODY.length() - 1)));
            while (slow.getInputStream().available() == 0) {
                if (ask(http).startsWith("HTTP/1.1 503 ")
                        && slow.getInputStream().available() == 0) {
                    return slow;
                }
            }
            slow.close();
        }
    }

    @Test
    void aBodyThatWaitsForAThreadTakesRoomToo() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        pool.offer(() -> awaitQuietly(release));
        int body = BODY.length();
        try (HttpEndpoint http = listen(new HttpLimits(body, body, LONG));
                Socket one = new Socket("127.0.0.1", http.port());
                Socket two = new Socket("127.0.0.1", http.port())) {
            send(one, request("", BODY));
            send(two, request("", BODY));
            // Whichever came second is answered while no thread is free.
            while (one.getInputStream().available() == 0 && two.getInputStream().available() == 0) {
                Thread.sleep(1);
            }
            boolean oneIsRefused = one.getInputStream().available() > 0;
            assertThat(statusLine(oneIsRefused ? one : two)).isEqualTo("HTTP/1.1 503");
            release.countDown();
            assertThat(statusLine(oneIsRefused ? two : one)).isEqualTo("HTTP/1.1 200");
        } finally {
            release.countDown();
        }
    }

    @Test
    void aSessionThatIsClosedIsTheServersFault() throws Exception {
        LoadedModel session = session();
        session.close();
        Models closed = models(session);
        try (HttpEndpoint http =
                HttpEndpoint.listen(0, HttpLimits.DEFAULT, new Serving(() -> Optional.of(closed), readiness, pool))) {
            assertThat(ask(http))
                    .startsWith("HTTP/1.1 500 ")
                    .endsWith("{\"error\":\"the engine failed: the model is closed\"}");
        }
    }

    @Test
    void aModelThatWasUnloadedWhileTheBodyCameIsNotFound() throws Exception {
        Models unloaded = models(session());
        unloaded.close();
        try (HttpEndpoint http =
                HttpEndpoint.listen(0, HttpLimits.DEFAULT, new Serving(() -> Optional.of(unloaded), readiness, pool))) {
            assertThat(ask(http)).startsWith("HTTP/1.1 404 ").endsWith("{\"error\":\"model m has been unloaded\"}");
        }
    }

    private LoadedModel session() throws Exception {
        return new OnnxRuntimeEngine()
                .load(OnnxModels.identity(folder.resolve("m.onnx"), Datatype.FP32), EngineOptions.DEFAULT);
    }

    private Models models(LoadedModel loaded) {
        ModelFile file = new ModelFile("m.onnx", 1, new Digest("0".repeat(64)));
        ModelDescriptor descriptor = new ModelDescriptor("m", "1", ModelFormat.ONNX, List.of(file), loaded.contract());
        return new Models(List.of(new ServedModel(
                descriptor,
                loaded,
                BatchOptions.DEFAULT,
                new SharedResources(pool, new Admission(8), ServingListener.NONE))));
    }

    private HttpEndpoint listen(HttpLimits limits) throws IOException {
        return HttpEndpoint.listen(0, limits, new Serving(() -> Optional.of(models), readiness, pool));
    }

    private static String ask(HttpEndpoint http) throws IOException {
        return RawHttp.exchange(http.port(), request("Connection: close\r\n", BODY));
    }

    /** The length is always that of the whole body. */
    private static String request(String headers, String body) {
        return "POST /v2/models/m/infer HTTP/1.1\r\nHost: a\r\nContent-Length: " + BODY.length() + "\r\n" + headers
                + "\r\n" + body;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(UTF_8));
    }

    private static String statusLine(Socket socket) throws IOException {
        return new String(socket.getInputStream().readNBytes("HTTP/1.1 200".length()), UTF_8);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
