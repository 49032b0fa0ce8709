package io.github.mlmaven.serving.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.mlmaven.serving.inference.RequestEnd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RequestLogTest {

    private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final AtomicLong now = new AtomicLong();

    @Test
    void aFailureIsALineOfJson() {
        RequestLog log = new RequestLog(false, out, now::get);
        log.ended(end(400, "invalid", "input x: expected FP32, found \"INT8\"", TRACE));
        log.close();

        assertThat(lines())
                .containsExactly(
                        "{\"time\":\"2026-01-02T03:04:05.678Z\",\"level\":\"WARN\",\"event\":\"request_failed\","
                                + "\"protocol\":\"oip-rest\",\"method\":\"POST\",\"path\":\"/v2/models/m/infer\",\"model\":\"m\","
                                + "\"status\":400,\"kind\":\"invalid\",\"message\":\"input x: expected FP32, found \\\"INT8\\\"\","
                                + "\"request_id\":\"r-1\",\"trace_id\":\"4bf92f3577b34da6a3ce929d0e0e4736\","
                                + "\"parent_id\":\"00f067aa0ba902b7\",\"duration_ms\":1.25}");
    }

    /** Codes of gRPC do not tell by their size whose fault it is. */
    @Test
    void theLevelFollowsTheKindOfFailure() {
        try (RequestLog log = new RequestLog(false, out, now::get)) {
            log.ended(end(404, "not_found", "no", ""));
            log.ended(end(503, "busy", "no", ""));
            log.ended(end(5, "not_found", "no", ""));
            log.ended(end(3, "invalid", "no", ""));
            log.ended(end(13, "internal", "no", ""));
        }
        assertThat(lines())
                .extracting(line -> line.replaceAll(".*\"level\":\"(\\w+)\".*", "$1"))
                .containsExactly("WARN", "ERROR", "WARN", "WARN", "ERROR");
    }

    @Test
    void successesAreLinesOnlyOfAnAccessLog() {
        try (RequestLog failures = new RequestLog(false, out, now::get)) {
            failures.ended(end(200, "", "", ""));
        }
        assertThat(lines()).isEmpty();
        try (RequestLog all = new RequestLog(true, out, now::get)) {
            all.ended(end(200, "", "", "no trace"));
        }
        assertThat(lines())
                .singleElement()
                .asString()
                .contains("\"level\":\"INFO\",\"event\":\"request\"", "\"status\":200,\"request_id\"")
                .doesNotContain("trace_id", "kind", "message");
    }

    @Test
    void whateverAClientSendsStaysInItsLineAndIsCut() throws IOException {
        String hostile = "a\r\n{\"level\":\"INFO\"}\u001b[31m\u2028é\u0000" + "x".repeat(5_000) + "\ud83d\ude00";
        try (RequestLog log = new RequestLog(false, out, now::get)) {
            log.ended(new RequestEnd(
                    Instant.EPOCH, hostile, hostile, hostile, "", 500, "engine", hostile, hostile, "", 0));
        }

        assertThat(out.toString(StandardCharsets.UTF_8)).matches("[\\n -~]*");
        assertThat(lines()).singleElement().asString().hasSizeLessThan(4_000);
        JsonNode line = new ObjectMapper().readTree(lines().get(0));
        assertThat(line.get("level").asText()).isEqualTo("ERROR");
        assertThat(line.get("message").asText()).startsWith("a\r\n{\"level\"").endsWith("x…");
    }

    @Test
    void aFloodIsCutOffAndCounted() {
        RequestLog log = new RequestLog(false, out, now::get);
        for (int i = 0; i < 1_000; i++) {
            log.ended(end(400, "invalid", "no", ""));
        }
        now.addAndGet(1_000_000_000);
        log.ended(end(400, "invalid", "the next second", ""));
        log.close();

        assertThat(lines()).hasSize(RequestLog.MAX_FAILURES + 2);
        assertThat(lines().stream().filter(line -> line.contains("\"event\":\"requests_failed\"")))
                .singleElement()
                .asString()
                .endsWith("\"message\":\"too many lines; these requests failed too\",\"count\":900}");
        assertThat(lines().stream().filter(line -> line.contains("the next second")))
                .hasSize(1);
        assertThat(log.suppressed()).isEqualTo(900);
        assertThat(log.overflowed()).isZero();
    }

    @Test
    void aReaderThatIsTooSlowCostsLinesAndNotTime() {
        CountDownLatch reads = new CountDownLatch(1);
        OutputStream slow = new OutputStream() {
            @Override
            public void write(int b) {
                out.write(b);
            }

            @Override
            public void write(byte[] bytes) throws IOException {
                try {
                    reads.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                out.write(bytes);
            }
        };
        RequestLog log = new RequestLog(true, slow, now::get);
        for (int i = 0; i < 3_000; i++) {
            log.ended(end(200, "", "", ""));
        }
        assertThat(log.overflowed()).isBetween(3_000L - 1_024 - 1, 3_000L - 1_024);
        reads.countDown();
        log.close();

        assertThat(lines()).hasSize((int) (3_000 - log.overflowed()));
    }

    private static RequestEnd end(int status, String kind, String message, String traceparent) {
        return new RequestEnd(
                Instant.parse("2026-01-02T03:04:05.678901Z"),
                "oip-rest",
                "POST",
                "/v2/models/m/infer",
                "m",
                status,
                kind,
                message,
                "r-1",
                traceparent,
                1_250_000);
    }

    private List<String> lines() {
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
