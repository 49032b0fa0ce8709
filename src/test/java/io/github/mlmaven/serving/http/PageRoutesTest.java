package io.github.mlmaven.serving.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mlmaven.serving.RawHttp;
import io.github.mlmaven.serving.inference.InferencePool;
import io.github.mlmaven.serving.inference.Models;
import io.github.mlmaven.serving.inference.Readiness;
import io.github.mlmaven.serving.inference.ServingListener;
import io.github.mlmaven.serving.statistics.ModelStatistics;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PageRoutesTest {

    private static final String REST = " HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final String LAST = " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";

    private final Readiness readiness = new Readiness();

    @Test
    void thePageIsServedWithStrictHeadersEvenBeforeTheModels() throws Exception {
        String response = exchange(PlatformSettings.NONE, "GET /" + LAST);

        List<String> head = head(response);
        assertThat(head)
                .startsWith("HTTP/1.1 200 OK")
                .contains(
                        "Content-Type: text/html; charset=utf-8",
                        "X-Content-Type-Options: nosniff",
                        "Referrer-Policy: no-referrer",
                        "Cross-Origin-Resource-Policy: same-origin",
                        "Cache-Control: no-cache");
        assertThat(head)
                .filteredOn(line -> line.startsWith("Content-Security-Policy: "))
                .singleElement()
                .asString()
                .matches("[^:]+: default-src 'none'; script-src 'sha256-[A-Za-z0-9+/]{43}='; "
                        + "style-src 'sha256-[A-Za-z0-9+/]{43}='; connect-src 'self'; img-src data:; "
                        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
                        + "require-trusted-types-for 'script'; trusted-types 'none'");
        assertThat(response).contains("\r\n\r\n<!doctype html>\n").endsWith("</html>\n");
    }

    @Test
    void itNeedsNothingFromElsewhere() throws Exception {
        String page = exchange(PlatformSettings.NONE, "GET /" + LAST);

        assertThat(page)
                .contains("<link rel=\"icon\" href=\"data:,\">")
                .doesNotContain("http://", "https://", "src=", "@import", "url(", "innerHTML", "style=", "onclick");
    }

    @Test
    void anotherMethodIsRefused() throws Exception {
        for (String method : List.of("POST", "HEAD", "PUT")) {
            assertThat(head(exchange(PlatformSettings.NONE, method + " /" + LAST)))
                    .startsWith("HTTP/1.1 405 Method Not Allowed")
                    .contains("Allow: GET");
        }
    }

    @Test
    void itIsServedAgainOnTheSameConnection() throws Exception {
        String responses = exchange(PlatformSettings.NONE, "GET /" + REST + "GET /?again" + REST + "GET /page" + LAST);

        assertThat(responses.split("<!doctype html>", -1)).hasSize(3);
        assertThat(responses).endsWith("{\"error\":\"no such path: /page\"}");
    }

    @Test
    void whileDrainingItIsTheConnectionsLast() throws Exception {
        readiness.advance(Readiness.State.DRAINING);

        String response = exchange(PlatformSettings.NONE, "GET /" + REST);

        assertThat(head(response)).startsWith("HTTP/1.1 200 OK").contains("Connection: close");
        assertThat(response).endsWith("</html>\n");
    }

    @Test
    void aPlatformThatAsksForThisPathGetsIt() throws Exception {
        PlatformSettings platform =
                new PlatformSettings(Optional.empty(), Optional.of(new VertexSettings("/", "/predict")));

        assertThat(exchange(platform, "GET /" + LAST)).startsWith("HTTP/1.1 503 ");
    }

    private String exchange(PlatformSettings platforms, String request) throws Exception {
        try (InferencePool pool = new InferencePool(1, 1)) {
            Serving serving = new Serving(
                    Optional::<Models>empty,
                    readiness,
                    pool,
                    ServingListener.NONE,
                    new ModelStatistics(),
                    "development",
                    platforms,
                    Observability.none(),
                    Optional.empty());
            try (HttpEndpoint http = HttpEndpoint.listen(0, HttpLimits.DEFAULT, serving)) {
                return RawHttp.exchange(http.port(), request);
            }
        }
    }

    /** The status line and the headers, by the names that people know them by. */
    private static List<String> head(String response) {
        return Arrays.asList(response.substring(0, response.indexOf("\r\n\r\n")).split("\r\n"));
    }
}
