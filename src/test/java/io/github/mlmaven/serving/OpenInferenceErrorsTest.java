package io.github.mlmaven.serving;

import static io.github.mlmaven.serving.OpenInferenceTest.input;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every error of inference, against a server in a JVM of its own. */
class OpenInferenceErrorsTest {

    private static final String INFER = "/v2/models/add-sub/infer";

    @TempDir
    static Path folder;

    private static ForkedServer server;

    @BeforeAll
    static void start() throws Exception {
        ApplicationFolder application = ApplicationFolder.withModelFolder(folder)
                .add("add-sub", "1.4.0", Path.of("src/test/models/add-sub/model.onnx"))
                .add("add", "1", OnnxModels.add(folder.resolve("add")))
                .add("gather", "1", OnnxModels.gather(folder.resolve("gather")))
                .add("fill", "1", OnnxModels.unary(folder.resolve("fill"), "ConstantOfShape", 7, 1, "N"));
        server = ForkedServer.start(application.write(), folder, Map.of("ML_MAX_BODY_BYTES", "2000000"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    static Stream<List<String>> badRequests() {
        String a = input("INPUT0", "INT32", "[1,16]");
        String b = input("INPUT1", "INT32", "[1,16]");
        String spec = "INPUT0 INT32[batch,16], INPUT1 INT32[batch,16]";
        return Stream.of(
                List.of("{}", "the request has no \\\"inputs\\\""),
                List.of("[", "expected a JSON object, found an array"),
                List.of("{\"inputs\":[]}", "missing input " + spec),
                List.of("{\"inputs\":[" + a + "]}", "missing input INPUT1 INT32[batch,16]"),
                List.of("{\"inputs\":[" + a + "," + a + "]}", "input INPUT0 is given twice"),
                List.of(
                        "{\"inputs\":[" + a + "," + b + "," + input("z", "INT32", "[1,16]") + "]}",
                        "unknown input z: expected " + spec),
                List.of(
                        "{\"inputs\":[" + a + "," + input("INPUT1", "INT64", "[1,16]") + "]}",
                        "input INPUT1: expected datatype INT32, found INT64"),
                List.of(
                        "{\"inputs\":[" + a + "," + input("INPUT1", "INT32", "[16]") + "]}",
                        "input INPUT1: expected shape [batch,16], found [16]"),
                List.of(
                        "{\"inputs\":[" + a + "," + input("INPUT1", "INT32", "[2,8]") + "]}",
                        "input INPUT1: expected shape [batch,16], found [2,8]"),
                List.of(
                        "{\"inputs\":[" + input("INPUT0", "FP32", "[1,16]") + "," + input("INPUT1", "INT32", "[16]")
                                + "],\"outputs\":[{\"name\":\"q\"}]}",
                        "input INPUT0: expected datatype INT32, found FP32; input INPUT1: expected shape [batch,16], found"
                                + " [16]; unknown output q: expected OUTPUT0, OUTPUT1"),
                List.of(
                        "{\"inputs\":[" + input("INPUT0", "INT32", "[2,16]") + "]}",
                        "input INPUT0: data holds 16 elements; expected 32 for shape [2,16]"),
                List.of(
                        "{\"inputs\":[" + a.replace("[7,", "[2147483648,") + "]}",
                        "input INPUT0: element 0 of INT32: expected a whole number from -2147483648 to 2147483647,"
                                + " found 2147483648"),
                List.of(
                        "{\"inputs\":[" + a + "," + b
                                + "],\"outputs\":[{\"name\":\"OUTPUT0\"},{\"name\":\"OUTPUT0\"}]}",
                        "output OUTPUT0 is asked for twice"),
                List.of(
                        "{\"inputs\":[" + a.replace("}", ",\"shape\":[1,16]}") + "]}",
                        "input INPUT0: shape is given twice"),
                List.of(
                        "{\"a\":" + "[".repeat(100) + "]".repeat(100) + "}",
                        "JSON beyond a limit: Document nesting depth (81) exceeds the maximum allowed (80)"),
                List.of("{\"inputs\":[" + a + "," + b + "],\"outputs\":[{}]}", "outputs[0] has no name"),
                List.of(
                        "{\"inputs\":[" + a + "," + b + "],\"outputs\":{}}",
                        "outputs: expected an array, found an object"),
                List.of("{\"inputs\":[" + a + "," + b + "],\"id\":1}", "id: expected a string, found 1"));
    }

    @ParameterizedTest
    @MethodSource("badRequests")
    void aBadRequestIsToldWhatIsWrong(List<String> requestAndMessage) throws Exception {
        HttpResponse<String> response = server.post(INFER, requestAndMessage.get(0));
        assertThat(response.body()).isEqualTo("{\"error\":\"" + requestAndMessage.get(1) + "\"}");
        assertThat(response.statusCode()).isEqualTo(400);
    }

    @Test
    void textThatIsNotUtf8IsRefused() throws Exception {
        // A slash in two bytes, which Jackson would take.
        HttpResponse<byte[]> response =
                server.post(INFER, new byte[] {'{', '"', (byte) 0xC0, (byte) 0xAF, '"', ':', '1', '}'});
        assertThat(new String(response.body(), UTF_8))
                .isEqualTo("{\"error\":\"not JSON in UTF-8: byte 2 of the document, c0, begins no character\"}");
        assertThat(response.statusCode()).isEqualTo(400);
    }

    @Test
    void whatOnlyTheEngineCanTellIsABadRequestToo() throws Exception {
        HttpResponse<String> response = server.post(
                "/v2/models/add/infer",
                "{\"inputs\":[{\"name\":\"a\",\"shape\":[2],\"datatype\":\"FP32\",\"data\":[1,2]},"
                        + "{\"name\":\"b\",\"shape\":[3],\"datatype\":\"FP32\",\"data\":[1,2,3]}]}");
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body())
                .startsWith("{\"error\":\"the model cannot compute this request: ")
                .contains("Attempting to broadcast an axis by a dimension other than 1. 2 by 3");
    }

    @Test
    void anIndexOutOfRangeIsABadRequest() throws Exception {
        HttpResponse<String> response = server.post(
                "/v2/models/gather/infer",
                "{\"inputs\":[{\"name\":\"x\",\"shape\":[1],\"datatype\":\"INT64\",\"data\":[9]}]}");
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body())
                .startsWith("{\"error\":\"the model cannot compute this request: ")
                .contains("indices element out of data bounds, idx=9");
    }

    @Test
    void memoryThatTheEngineDoesNotGetIsTheServersFault() throws Exception {
        // More bytes than an address has bits for.
        HttpResponse<String> response = server.post(
                "/v2/models/fill/infer",
                "{\"inputs\":[{\"name\":\"x\",\"shape\":[1],\"datatype\":\"INT64\",\"data\":[70368744177664]}]}");
        assertThat(response.body()).startsWith("{\"error\":\"the engine failed: ");
        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(server.errors()).hasSize(1);
        assertThat(server.errors().get(0)).contains(" model fill failed: ");
    }

    @Test
    void otherContentIsRefused() throws Exception {
        HttpResponse<String> type = server.send("POST", INFER, Map.of("Content-Type", "text/csv"), "1,2");
        assertThat(type.statusCode()).isEqualTo(415);
        assertThat(type.body()).isEqualTo("{\"error\":\"expected Content-Type application/json, found text/csv\"}");
        HttpResponse<String> encoding = server.send("POST", INFER, Map.of("Content-Encoding", "br"), "1,2");
        assertThat(encoding.statusCode()).isEqualTo(415);
        assertThat(encoding.body())
                .isEqualTo("{\"error\":\"expected Content-Encoding gzip, deflate or identity, found br\"}");
        assertThat(encoding.headers().firstValue("accept-encoding")).contains("gzip, deflate");
        HttpResponse<String> charset =
                server.send("POST", INFER, Map.of("Content-Type", "Application/JSON; charset=utf-8"), "{}");
        assertThat(charset.statusCode()).isEqualTo(400);
    }

    @Test
    void aBodyThatSaysItIsTooLargeIsRefusedUnread() throws Exception {
        String head = "POST " + INFER + " HTTP/1.1\r\nHost: a\r\nContent-Length: 2000001\r\n\r\n";
        assertThat(RawHttp.exchange(server.port(), head))
                .startsWith("HTTP/1.1 413 ")
                .containsIgnoringCase("\r\nconnection: close\r\n")
                .endsWith("{\"error\":\"the body is too large: expected at most 2000000 bytes, found 2000001\"}");
    }

    @Test
    void aBodyWithoutALengthIsCounted() throws Exception {
        String chunk = "186a0\r\n" + " ".repeat(100_000) + "\r\n";
        String head = "POST " + INFER + " HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
        assertThat(RawHttp.exchange(server.port(), head + chunk.repeat(21)))
                .startsWith("HTTP/1.1 413 ")
                .endsWith("{\"error\":\"the body is too large: expected at most 2000000 bytes, found more\"}");
    }

    @Test
    void aBodyWhoseChunksAreNoneIsRefused() throws Exception {
        String head = "POST " + INFER + " HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
        assertThat(RawHttp.exchange(server.port(), head + "2\r\n{}\r\n-1\r\n"))
                .startsWith("HTTP/1.1 400 ")
                .containsIgnoringCase("\r\nconnection: close\r\n")
                .endsWith("{\"error\":\"the body is broken: Invalid character in chunk size\"}");
    }

    @Test
    void headersThatSayTwoThingsAreRefused() throws Exception {
        String head = "POST " + INFER + " HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n";
        String codings = "Content-Encoding: identity\r\nContent-Encoding: gzip\r\n\r\n{}";
        assertThat(RawHttp.exchange(server.port(), head + codings))
                .startsWith("HTTP/1.1 415 ")
                .endsWith("{\"error\":\"expected Content-Encoding gzip, deflate or identity, found identity, gzip\"}");
        String lengths = "Inference-Header-Content-Length: 2\r\nInference-Header-Content-Length: 0\r\n\r\n{}";
        assertThat(RawHttp.exchange(server.port(), head + lengths))
                .startsWith("HTTP/1.1 400 ")
                .endsWith("{\"error\":\"Inference-Header-Content-Length is given twice\"}");
    }

    @Test
    void aClientThatAsksFirstIsToldToContinue() throws Exception {
        String head = "POST " + INFER + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\nExpect: 100-continue\r\n"
                + "Content-Length: 2\r\n\r\n";
        assertThat(RawHttp.exchange(server.port(), head + "{}"))
                .startsWith("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 400 ");
    }
}
