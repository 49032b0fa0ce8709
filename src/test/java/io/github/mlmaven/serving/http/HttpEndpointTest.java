package io.github.mlmaven.serving.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mlmaven.serving.RawHttp;
import io.github.mlmaven.serving.inference.InferencePool;
import io.github.mlmaven.serving.inference.Models;
import io.github.mlmaven.serving.inference.Readiness;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

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
            socket.getOutputStream().write(("GET /v2/health/live" + upgrade).getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                    .isEqualTo("HTTP/1.1 101");
        }
    }
}
