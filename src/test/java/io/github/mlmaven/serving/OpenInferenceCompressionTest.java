package io.github.mlmaven.serving;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mlmaven.model.Datatype;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compressed requests and replies, against a server in a JVM of its own. */
class OpenInferenceCompressionTest {

    private static final String INFER = "/v2/models/identity/infer";

    @TempDir
    static Path folder;

    private static ForkedServer server;

    @BeforeAll
    static void start() throws Exception {
        ApplicationFolder application = ApplicationFolder.withModelFolder(folder)
                .add("identity", "1", OnnxModels.identity(folder.resolve("identity"), Datatype.INT8));
        server = ForkedServer.start(application.write(), folder, Map.of("ML_MAX_BODY_BYTES", "2000000"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void requestsMayBeCompressed() throws Exception {
        byte[] json = request(3).getBytes(UTF_8);
        for (byte[] body :
                new byte[][] {gzip(json), joined(gzip(slice(json, 0, 9)), gzip(slice(json, 9, json.length)))}) {
            HttpResponse<byte[]> response = post(Map.of("Content-Encoding", "gzip"), body);
            assertThat(new String(response.body(), UTF_8)).endsWith("\"data\":[7,7,7]}]}");
        }
        HttpResponse<byte[]> deflated = post(Map.of("Content-Encoding", "Deflate"), deflate(json));
        assertThat(new String(deflated.body(), UTF_8)).endsWith("\"data\":[7,7,7]}]}");
    }

    @Test
    void aLargeRequestIsDecompressedToo() throws Exception {
        byte[] body = gzip(request(900_000).getBytes(UTF_8));
        HttpResponse<byte[]> response = post(Map.of("Content-Encoding", "gzip"), body);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).hasSizeGreaterThan(1_800_000);
    }

    @Test
    void theLengthOfTheJsonCountsInTheContent() throws Exception {
        String json = "{\"inputs\":[{\"name\":\"x\",\"shape\":[2],\"datatype\":\"INT8\","
                + "\"parameters\":{\"binary_data_size\":2}}]}";
        byte[] body = gzip((json + "\u0001\u0002").getBytes(UTF_8));
        HttpResponse<byte[]> response = post(
                Map.of("Content-Encoding", "gzip", "Inference-Header-Content-Length", Integer.toString(json.length())),
                body);
        assertThat(new String(response.body(), UTF_8)).endsWith("\"data\":[1,2]}]}");
    }

    @Test
    void repliesAreCompressedWhenTheyAreLargeAndTheClientAsksForIt() throws Exception {
        byte[] body = request(10_000).getBytes(UTF_8);
        String plain = new String(post(Map.of(), body).body(), UTF_8);
        HttpResponse<byte[]> gzip = post(Map.of("Accept-Encoding", "gzip, deflate"), body);
        assertThat(gzip.headers().firstValue("content-encoding")).contains("gzip");
        assertThat(gzip.headers().firstValue("vary")).contains("Accept-Encoding");
        assertThat(new String(new GZIPInputStream(new ByteArrayInputStream(gzip.body())).readAllBytes(), UTF_8))
                .isEqualTo(plain);
        HttpResponse<byte[]> deflate = post(Map.of("Accept-Encoding", "deflate;q=0.5, gzip;q=0"), body);
        assertThat(deflate.headers().firstValue("content-encoding")).contains("deflate");
        assertThat(new String(new InflaterInputStream(new ByteArrayInputStream(deflate.body())).readAllBytes(), UTF_8))
                .isEqualTo(plain);
        HttpResponse<byte[]> small =
                post(Map.of("Accept-Encoding", "gzip"), request(3).getBytes(UTF_8));
        assertThat(small.headers().firstValue("content-encoding")).isEmpty();
    }

    @Test
    void aBinaryReplyIsCompressedAndTellsTheLengthOfItsJson() throws Exception {
        byte[] raw = new byte[5000];
        HttpResponse<byte[]> response =
                post(Map.of("Accept-Encoding", "gzip", "Inference-Header-Content-Length", "0"), raw);
        byte[] content = new GZIPInputStream(new ByteArrayInputStream(response.body())).readAllBytes();
        int json = Integer.parseInt(
                response.headers().firstValue("Inference-Header-Content-Length").orElseThrow());
        assertThat(slice(content, json, content.length)).isEqualTo(raw);
    }

    @Test
    void aLargeReplyIsCompressedToo() throws Exception {
        HttpResponse<byte[]> response =
                post(Map.of("Accept-Encoding", "gzip"), request(900_000).getBytes(UTF_8));
        assertThat(response.headers().firstValue("content-encoding")).contains("gzip");
        assertThat(new GZIPInputStream(new ByteArrayInputStream(response.body())).readAllBytes())
                .hasSizeGreaterThan(1_800_000);
    }

    @Test
    void aBombIsTooLarge() throws Exception {
        for (int size : new int[] {2_000_001, 100_000_000}) {
            HttpResponse<byte[]> response = post(Map.of("Content-Encoding", "gzip"), gzip(new byte[size]));
            assertThat(new String(response.body(), UTF_8))
                    .isEqualTo("{\"error\":\"the body is too large: expected at most 2000000 bytes, found more\"}");
            assertThat(response.statusCode()).isEqualTo(413);
        }
    }

    @Test
    void aBrokenStreamIsABadRequest() throws Exception {
        byte[] good = gzip(request(3).getBytes(UTF_8));
        HttpResponse<byte[]> cut = post(Map.of("Content-Encoding", "gzip"), slice(good, 0, good.length - 3));
        assertThat(cut.statusCode()).isEqualTo(400);
        assertThat(new String(cut.body(), UTF_8))
                .isEqualTo("{\"error\":\"Content-Encoding gzip: the stream ends early, after " + (good.length - 3)
                        + " bytes\"}");
        HttpResponse<byte[]> trailing = post(Map.of("Content-Encoding", "gzip"), joined(good, new byte[] {1}));
        assertThat(trailing.statusCode()).isEqualTo(400);
        assertThat(new String(trailing.body(), UTF_8))
                .isEqualTo("{\"error\":\"Content-Encoding gzip: 1 bytes follow the stream\"}");
    }

    private static HttpResponse<byte[]> post(Map<String, String> headers, byte[] body) throws Exception {
        Map<String, String> all = new HashMap<>(headers);
        all.put("Content-Type", "application/json");
        return server.send(INFER, all, body);
    }

    private static String request(int elements) {
        return "{\"inputs\":[{\"name\":\"x\",\"shape\":[" + elements + "],\"datatype\":\"INT8\",\"data\":["
                + "7,".repeat(elements - 1) + "7]}]}";
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(compressed)) {
            out.write(content);
        }
        return compressed.toByteArray();
    }

    private static byte[] deflate(byte[] content) throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(compressed)) {
            out.write(content);
        }
        return compressed.toByteArray();
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] joined = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }

    private static byte[] slice(byte[] bytes, int from, int to) {
        return Arrays.copyOfRange(bytes, from, to);
    }
}
