package io.github.mlmaven.serving.log;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import io.github.mlmaven.serving.inference.RequestEnd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;

/** Writes one line of the log: a JSON object without line breaks, whatever a client sent. */
final class LogLine {

    /** What is longer is cut: a client must not choose the size of a line. */
    private static final int MAX_MESSAGE = 2000;

    private static final int MAX_PATH = 500;
    private static final int MAX_ID = 200;

    /** Kinds of failure that are the client's own; gRPC's status codes do not tell by their size. */
    private static final Set<String> CLIENTS = Set.of("invalid", "not_found");

    /** ASCII alone, so that no character can be taken for the end of a line or for a terminal's command. */
    private static final JsonFactory JSON =
            JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private LogLine() {}

    static byte[] of(RequestEnd end) {
        String level = end.succeeded() ? "INFO" : CLIENTS.contains(end.kind()) ? "WARN" : "ERROR";
        return line(end.time(), level, end.succeeded() ? "request" : "request_failed", json -> {
            text(json, "protocol", end.protocol(), MAX_ID);
            text(json, "method", end.method(), MAX_ID);
            text(json, "path", end.path(), MAX_PATH);
            text(json, "model", end.model(), MAX_ID);
            json.writeNumberField("status", end.status());
            text(json, "kind", end.kind(), MAX_ID);
            text(json, "message", end.message(), MAX_MESSAGE);
            text(json, "request_id", end.requestId(), MAX_ID);
            Optional<TraceContext> trace = TraceContext.parse(end.traceparent());
            if (trace.isPresent()) {
                json.writeStringField("trace_id", trace.get().traceId());
                json.writeStringField("parent_id", trace.get().parentId());
            }
            json.writeFieldName("duration_ms");
            json.writeNumber(end.nanos() / 1e6);
        });
    }

    /** In place of lines that were too many. */
    static byte[] suppressed(Instant time, long count) {
        return line(time, "WARN", "requests_failed", json -> {
            json.writeStringField("message", "too many lines; these requests failed too");
            json.writeNumberField("count", count);
        });
    }

    private interface Fields {
        void write(JsonGenerator json) throws IOException;
    }

    private static byte[] line(Instant time, String level, String event, Fields fields) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(256);
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("time", time.truncatedTo(ChronoUnit.MILLIS).toString());
            json.writeStringField("level", level);
            json.writeStringField("event", event);
            fields.write(json);
            json.writeEndObject();
            json.writeRaw('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static void text(JsonGenerator json, String field, String value, int max) throws IOException {
        if (!value.isEmpty()) {
            boolean cut = value.length() > max;
            // Half a surrogate pair would be no character.
            int end = cut && Character.isHighSurrogate(value.charAt(max - 1)) ? max - 1 : max;
            json.writeStringField(field, cut ? value.substring(0, end) + "…" : value);
        }
    }
}
