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
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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

    @ParameterizedTest
    @ValueSource(strings = {"/v2/health/live", "/v2/health/ready", "/v2", "/ping", "/health", "/vertex", "/none"})
    void aHeadIsAnsweredAsAGetWithoutTheBody(String path) throws Exception {
        PlatformSettings vertex =
                new PlatformSettings(Optional.empty(), Optional.of(new VertexSettings("/vertex", "/vertex")));
        try (InferencePool pool = new InferencePool(1, 1)) {
            Serving plain = serving(pool);
            Serving serving = new Serving(
                    plain.models(),
                    readiness,
                    pool,
                    plain.listener(),
                    plain.statistics(),
                    plain.version(),
                    vertex,
                    plain.observability(),
                    plain.repository());
            try (HttpEndpoint http = HttpEndpoint.listen(0, HttpLimits.DEFAULT, serving)) {
                String get = RawHttp.exchange(http.port(), "GET " + path + GET);
                // Another request behind it: a body would be taken for the beginning of its reply.
                String both = RawHttp.exchange(
                        http.port(), "HEAD " + path + " HTTP/1.1\r\nHost: a\r\n\r\nGET /v2/health/live" + GET);
                int end = both.indexOf("\r\n\r\n") + 4;
                assertThat(both.substring(end)).startsWith("HTTP/1.1 200 ").endsWith("{\"live\":true}");
                Predicate<String> same = line -> !line.equalsIgnoreCase("connection: close");
                String head = both.substring(0, end);
                assertThat(head.lines().filter(same))
                        .containsExactlyInAnyOrderElementsOf(get.substring(0, get.indexOf("\r\n\r\n") + 4)
                                .lines()
                                .filter(same)
                                .toList());
                assertThat(head).containsIgnoringCase("\r\ncontent-length: ");
            }
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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET /v2 HTTP/3.0~Host: a | 400 | not a request of HTTP/1.1: expected the version HTTP/1.1 or HTTP/1.0,"
                        + " found HTTP/3.0",
                "GET /v2 HTTP/1.1 | 400 | not a request of HTTP/1.1: expected one header Host, found 0",
                "GET /v2 HTTP/1.1~Host: a~Host: b | 400 | not a request of HTTP/1.1: expected one header Host, found 2",
                "GET /v2 HTTP/1.1~Host: a~: b | 400 | not a request of HTTP/1.1: a header has no name",
                "GET /v2 HTTP/1.1~Host: a~Transfer-Encoding: gzip, chunked | 400 | not a request of HTTP/1.1: expected"
                        + " Transfer-Encoding chunked, found gzip, chunked",
                "GET /v2 HTTP/1.1~Host: a~Content-Length: -1 | 400 | not a request of HTTP/1.1: Content-Length value is"
                        + " not a number: -1",
                "CONNECT a:1 HTTP/1.1~Host: a | 405 | method CONNECT is not allowed here; expected GET, POST",
            })
    void whatIsNoHttpIsRefusedAndNothingReadAfterIt(String head, int status, String error) throws Exception {
        String request = head.replace("~", "\r\n") + "\r\n\r\n";
        try (InferencePool pool = new InferencePool(1, 1);
                HttpEndpoint http = HttpEndpoint.listen(0, HttpLimits.DEFAULT, serving(pool))) {
            assertThat(RawHttp.exchange(http.port(), request + "GET /v2/health/live" + GET))
                    .startsWith("HTTP/1.1 " + status + " ")
                    .containsIgnoringCase("\r\nconnection: close\r\n")
                    .endsWith("\r\n\r\n{\"error\":\"" + error + "\"}")
                    .doesNotContain("HTTP/1.1 200");
        }
    }

    @Test
    void headsThatAreTooLargeAreToldSo() throws Exception {
        try (InferencePool pool = new InferencePool(1, 1);
                HttpEndpoint http = HttpEndpoint.listen(0, HttpLimits.DEFAULT, serving(pool))) {
            assertThat(RawHttp.exchange(http.port(), "GET /" + "a".repeat(5000) + GET))
                    .contains(" 414 ")
                    .endsWith("{\"error\":\"the request line is too long: An HTTP line is larger than 4096 bytes.\"}");
            assertThat(RawHttp.exchange(http.port(), "GET / HTTP/1.1\r\nX: " + "a".repeat(9000) + "\r\n\r\n"))
                    .startsWith("HTTP/1.1 431 ")
                    .endsWith("{\"error\":\"the headers are too large: HTTP header is larger than 8192 bytes.\"}");
        }
    }

    /** It has neither a path nor an end; a literal of HPACK is 0, a length and a name, a length and a value. */
    @Test
    void aTunnelThroughHttp2IsRefused() throws Exception {
        String headers = "\0\7:method\7CONNECT" + "\0\12:authority\3a:1";
        String frames = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + "\0\0\0\4\0\0\0\0\0"
                + ("\0\0" + (char) headers.length() + "\1\4\0\0\0\1" + headers);
        HttpLimits limits = new HttpLimits(1000, 1000, Duration.ofMillis(500));
        try (InferencePool pool = new InferencePool(1, 1);
                HttpEndpoint http = HttpEndpoint.listen(0, limits, serving(pool))) {
            assertThat(RawHttp.exchange(http.port(), frames))
                    .contains("405", "{\"error\":\"method CONNECT is not allowed here; expected GET, POST\"}");
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
    void whoTookTheOfferAndFallsSilentIsClosed() throws Exception {
        String upgrade = " HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n"
                + "HTTP2-Settings: AAEAAEAAAAIAAAAAAAMAAAAAAAQBAAAAAAUAAEAAAAYABgAA\r\n\r\n";
        HttpLimits limits = new HttpLimits(1000, 1000, Duration.ofMillis(500));
        try (InferencePool pool = new InferencePool(1, 1);
                HttpEndpoint http = HttpEndpoint.listen(0, limits, serving(pool))) {
            assertThat(RawHttp.exchange(http.port(), "GET /v2/health/live" + upgrade))
                    .startsWith("HTTP/1.1 101");
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
}
