package io.github.mlmaven.serving.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mlmaven.serving.Http2Client;
import io.github.mlmaven.serving.RawHttp;
import io.github.mlmaven.serving.inference.InferencePool;
import io.github.mlmaven.serving.inference.Models;
import io.github.mlmaven.serving.inference.Readiness;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HttpEndpointTest {

    private static final String GET = " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";

    private final Readiness readiness = new Readiness();

    private Serving serving(InferencePool pool) {
        return new Serving(Optional::<Models>empty, readiness, pool);
    }

    @Test
    void whileModelsAreLoadedItIsLiveButNotReady() throws Exception {
        try (InferencePool pool = new InferencePool(1, 1);
                HttpEndpoint http = HttpEndpoint.listen(0, HttpLimits.DEFAULT, serving(pool))) {
            assertThat(RawHttp.exchange(http.port(), "GET /v2/health/live" + GET))
                    .startsWith("HTTP/1.1 200 ");
            assertThat(RawHttp.exchange(http.port(), "GET /v2/health/ready" + GET))
                    .startsWith("HTTP/1.1 503 ")
                    .endsWith("{\"ready\":false}");
            assertThat(RawHttp.exchange(http.port(), "POST /v2/models/m/infer" + GET))
                    .startsWith("HTTP/1.1 503 ")
                    .contains("Retry-After: 1\r\n")
                    .endsWith("{\"error\":\"not ready: the models are being loaded\"}");
        }
    }

    @Test
    void whileDrainingItIsLiveButNotReadyAndClosesConnections() throws Exception {
        readiness.advance(Readiness.State.DRAINING);
        String keepAlive = " HTTP/1.1\r\nHost: a\r\n\r\n";
        try (InferencePool pool = new InferencePool(1, 1);
                HttpEndpoint http = HttpEndpoint.listen(0, HttpLimits.DEFAULT, serving(pool))) {
            assertThat(RawHttp.exchange(http.port(), "GET /v2/health/live" + keepAlive))
                    .startsWith("HTTP/1.1 200 ")
                    .containsIgnoringCase("\r\nconnection: close\r\n");
            assertThat(RawHttp.exchange(http.port(), "GET /v2/health/ready" + keepAlive))
                    .startsWith("HTTP/1.1 503 ");
        }
    }

    @Test
    void anOfferOfHttp2IsTaken() throws Exception {
        String upgrade = " HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, HTTP2-Settings, close\r\nUpgrade: h2c\r\n"
                + "HTTP2-Settings: AAEAAEAAAAIAAAAAAAMAAAAAAAQBAAAAAAUAAEAAAAYABgAA\r\n\r\n";
        try (InferencePool pool = new InferencePool(1, 1);
                HttpEndpoint http = HttpEndpoint.listen(0, HttpLimits.DEFAULT, serving(pool));
                Socket socket = new Socket("127.0.0.1", http.port())) {
            socket.getOutputStream().write(("GET /v2/health/live" + upgrade).getBytes(US_ASCII));
            assertThat(new String(socket.getInputStream().readNBytes(12), US_ASCII))
                    .isEqualTo("HTTP/1.1 101");
        }
    }

    @Test
    void aRouteThatThrowsIsAnInternalErrorAndTheNextRequestIsAnswered() throws Exception {
        Routes.Factory broken = scope -> request -> {
            if (request.path().equals("/broken")) {
                throw new IllegalStateException("a bug");
            }
            return false;
        };
        try (InferencePool pool = new InferencePool(1, 1);
                HttpEndpoint http =
                        HttpEndpoint.listen(List.of(0), HttpLimits.DEFAULT, serving(pool), List.of(broken));
                Http2Client client = new Http2Client(http.port())) {
            assertThat(RawHttp.exchange(http.port(), "POST /broken HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n"))
                    .startsWith("HTTP/1.1 500 ")
                    .endsWith("{\"error\":\"internal error\"}");
            Http2Client.Answer failed =
                    client.send("GET", "/broken", Map.of(), new byte[0]).get();
            assertThat(failed.status()).isEqualTo(500);
            assertThat(failed.body()).hasToString("{\"error\":\"internal error\"}");
            assertThat(client.send("GET", "/v2/health/live", Map.of(), new byte[0])
                            .get()
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void connectIsRefused() throws Exception {
        try (InferencePool pool = new InferencePool(1, 1);
                HttpEndpoint http = HttpEndpoint.listen(0, HttpLimits.DEFAULT, serving(pool));
                Http2Client client = new Http2Client(http.port())) {
            Http2Client.Answer refused =
                    client.send("CONNECT", "", Map.of(), new byte[0]).get();
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.body()).hasToString("{\"error\":\"expected a request with a path, found CONNECT\"}");
            assertThat(RawHttp.exchange(http.port(), "CONNECT example:80 HTTP/1.1\r\nHost: a\r\n\r\n"))
                    .startsWith("HTTP/1.1 4");
        }
    }

    @Test
    void whatComesWhileTheEventLoopIsHeldUpIsRead() throws Exception {
        CountDownLatch held = new CountDownLatch(1);
        Routes.Factory holding = scope -> request -> {
            if (request.path().equals("/hold")) {
                held.countDown();
                sleep(1000);
            }
            return false;
        };
        HttpLimits limits = new HttpLimits(1000, 1000, Duration.ofMillis(200));
        try (InferencePool pool = new InferencePool(1, 1);
                HttpEndpoint http = HttpEndpoint.listen(List.of(0), 1, limits, serving(pool), List.of(holding));
                Socket holds = new Socket("127.0.0.1", http.port());
                Socket other = new Socket("127.0.0.1", http.port())) {
            other.getOutputStream().write("GET /v2/health/live HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(US_ASCII));
            assertThat(new String(other.getInputStream().readNBytes(12), US_ASCII))
                    .isEqualTo("HTTP/1.1 200");
            holds.getOutputStream().write("GET /hold HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(US_ASCII));
            held.await();
            other.getOutputStream().write(("GET /v2/health/ready" + GET).getBytes(US_ASCII));
            assertThat(new String(other.getInputStream().readAllBytes(), US_ASCII))
                    .contains("HTTP/1.1 503 ");
        }
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
