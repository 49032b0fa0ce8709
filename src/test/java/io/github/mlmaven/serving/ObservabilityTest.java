package io.github.mlmaven.serving;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import io.github.mlmaven.model.Example;
import io.github.mlmaven.model.Tensor;
import io.github.mlmaven.model.json.ExampleJson;
import io.github.mlmaven.serving.grpc.wire.ModelInferRequest;
import io.github.mlmaven.serving.grpc.wire.ModelInferRequest.InferInputTensor;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a server that runs says of itself. */
@Timeout(120)
class ObservabilityTest {

    private static final Path MODEL = Path.of("src/test/models/breast-cancer-lgbm");
    private static final String INFER = "/v2/models/breast-cancer/infer";
    private static final String GRPC = "/inference.GRPCInferenceService/ModelInfer";
    private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path work;

    private ApplicationFolder application;

    @BeforeEach
    void application() throws Exception {
        application = ApplicationFolder.withModelFolder(work)
                .add("breast-cancer", "1.4.0", MODEL.resolve("model.onnx"))
                .write();
        Path golden = MODEL.resolve("test_data_set_0");
        Example example = new Example(GoldenFiles.read(golden, "input"), GoldenFiles.read(golden, "output"));
        Path resource = application.classes().resolve("META-INF/ml/example/breast-cancer.json");
        Files.createDirectories(resource.getParent());
        Files.write(resource, ExampleJson.write(example).orElseThrow());
    }

    @Test
    void theExampleOfItsOpenApiDocumentWorks() throws Exception {
        try (ForkedServer server = ForkedServer.start(application, work, Map.of())) {
            HttpResponse<String> document = server.get("/openapi.json");
            assertThat(document.statusCode()).isEqualTo(200);
            assertThat(document.headers().firstValue("Content-Type")).contains("application/json");
            JsonNode post = JSON.readTree(document.body()).at("/paths/~1v2~1models~1breast-cancer~1infer/post");
            JsonNode request = post.at("/requestBody/content/application~1json/example");
            JsonNode expected = post.at("/responses/200/content/application~1json/example");

            HttpResponse<String> reply = server.post(INFER, request.toString());

            assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
            JsonNode actual = JSON.readTree(reply.body());
            assertThat(actual.get("model_name")).isEqualTo(expected.get("model_name"));
            assertThat(actual.get("model_version")).isEqualTo(expected.get("model_version"));
            assertThat(actual.get("outputs")).hasSameSizeAs(expected.get("outputs"));
            for (int i = 0; i < expected.get("outputs").size(); i++) {
                JsonNode wanted = expected.at("/outputs/" + i);
                JsonNode found = actual.at("/outputs/" + i);
                assertThat(found.get("name")).isEqualTo(wanted.get("name"));
                assertThat(found.get("shape")).isEqualTo(wanted.get("shape"));
                for (int j = 0; j < wanted.get("data").size(); j++) {
                    assertThat(found.at("/data/" + j).asDouble())
                            .isCloseTo(wanted.at("/data/" + j).asDouble(), Offset.offset(1e-5));
                }
            }
        }
    }

    @Test
    void itsMetricsCountWhatItHasDone() throws Exception {
        try (ForkedServer server = ForkedServer.start(application, work, Map.of())) {
            String example = Files.readString(application.classes().resolve("META-INF/ml/example/breast-cancer.json"));
            assertThat(server.post(INFER, example.replaceAll(",\"outputs.*", "}"))
                            .statusCode())
                    .isEqualTo(200);
            assertThat(server.post(INFER, "{\"inputs\":[]}").statusCode()).isEqualTo(400);
            assertThat(server.post(INFER, "no JSON").statusCode()).isEqualTo(400);
            assertThat(server.post("/v2/models/nobody/infer", "{}").statusCode())
                    .isEqualTo(404);

            HttpResponse<String> text = server.get("/metrics");

            String series = "{model=\"breast-cancer\",version=\"1.4.0\",protocol=\"oip-rest\"";
            assertThat(text.headers().firstValue("Content-Type")).contains("text/plain; version=0.0.4; charset=utf-8");
            assertThat(text.body().lines())
                    .contains(
                            "ml_requests_total" + series + "} 2.0",
                            "ml_request_errors_total" + series + ",kind=\"invalid\"} 1.0",
                            "ml_inference_duration_seconds_count" + series + "} 1",
                            "ml_requests_refused_total{protocol=\"oip-rest\",code=\"400\"} 1.0",
                            "ml_requests_refused_total{protocol=\"http\",code=\"404\"} 1.0",
                            "ml_queue_depth{model=\"breast-cancer\"} 0.0",
                            "ml_models_ready 1.0")
                    .anyMatch(line -> line.startsWith("ml_model_load_seconds{model=\"breast-cancer\""))
                    .anyMatch(line -> line.startsWith("process_resident_memory_bytes "))
                    .noneMatch(line -> line.contains("nobody"));
            HttpResponse<String> open =
                    server.send("GET", "/metrics", Map.of("Accept", "application/openmetrics-text"), "");
            assertThat(open.headers().firstValue("Content-Type"))
                    .contains("application/openmetrics-text; version=1.0.0; charset=utf-8");
            assertThat(open.body()).contains("# TYPE ml_requests counter\n").endsWith("# EOF\n");
            assertThat(server.post("/metrics", "").statusCode()).isEqualTo(405);
        }
    }

    @Test
    void eachFailureIsALineInTheLogAndNothingElseIs() throws Exception {
        try (ForkedServer server = ForkedServer.start(application, work, Map.of())) {
            Map<String, String> headers =
                    Map.of("Content-Type", "application/json", "X-Request-Id", "r-1", "traceparent", TRACE);
            String example = Files.readString(application.classes().resolve("META-INF/ml/example/breast-cancer.json"));
            server.send("POST", INFER, headers, example.replaceAll(",\"outputs.*", "}"));
            server.send("POST", INFER, headers, "{\"inputs\":7}");
            server.send("POST", INFER, Map.of("Content-Type", "text/html", "traceparent", "00-x"), "");
            server.send("POST", "/v2/models/nobody/infer", headers, "");
            server.get("/v2/nothing");

            List<JsonNode> lines = linesAtTheEnd(server);

            assertThat(lines).extracting(line -> line.get("status").asInt()).containsExactly(400, 415, 404);
            assertThat(lines).allMatch(line -> line.get("event").asText().equals("request_failed"));
            JsonNode first = lines.get(0);
            assertThat(first.get("protocol").asText()).isEqualTo("oip-rest");
            assertThat(first.get("method").asText()).isEqualTo("POST");
            assertThat(first.get("path").asText()).isEqualTo(INFER);
            assertThat(first.get("model").asText()).isEqualTo("breast-cancer");
            assertThat(first.get("kind").asText()).isEqualTo("invalid");
            assertThat(first.get("message").asText()).isEqualTo("inputs: expected an array, found 7");
            assertThat(first.get("request_id").asText()).isEqualTo("r-1");
            assertThat(first.get("trace_id").asText()).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
            assertThat(first.get("parent_id").asText()).isEqualTo("00f067aa0ba902b7");
            assertThat(first.get("duration_ms").asDouble()).isPositive();
            assertThat(lines.get(1).get("message").asText())
                    .isEqualTo("expected Content-Type application/json, found text/html");
            assertThat(lines.get(1).has("trace_id")).isFalse();
            assertThat(lines.get(2).get("message").asText()).isEqualTo("unknown model nobody: expected breast-cancer");
        }
    }

    @Test
    void theAccessLogHasALineForEachRequest() throws Exception {
        try (ForkedServer server = ForkedServer.start(application, work, Map.of("ML_ACCESS_LOG", "on"))) {
            String example = Files.readString(application.classes().resolve("META-INF/ml/example/breast-cancer.json"));
            server.post(INFER, example.replaceAll(",\"outputs.*", "}"));
            server.post(INFER, "[]");

            List<JsonNode> lines = linesAtTheEnd(server);

            assertThat(lines)
                    .extracting(line -> line.get("event").asText())
                    .containsExactly("request", "request_failed");
            assertThat(lines.get(0).get("status").asInt()).isEqualTo(200);
            assertThat(lines.get(0).has("kind")).isFalse();
        }
    }

    @Test
    void callsOfGrpcThatFailAreCountedAndLoggedToo() throws Exception {
        Map<String, String> headers = Map.of("x-request-id", "r-2", "traceparent", TRACE);
        byte[] unknown = message(ModelInferRequest.newBuilder().setModelName("nobody"));
        byte[] empty = message(ModelInferRequest.newBuilder().setModelName("breast-cancer"));
        try (ForkedServer server = ForkedServer.start(application, work, Map.of());
                Http2Client client = new Http2Client(server.port())) {
            assertThat(client.call(GRPC, headers, unknown).grpc()).startsWith("5 ");
            assertThat(client.call(GRPC, headers, empty).grpc()).startsWith("3 ");
            assertThat(client.call(GRPC, Map.of("grpc-timeout", "soon"), empty).grpc())
                    .startsWith("3 ");
            assertThat(client.call(GRPC, Map.of(), new byte[] {0, 0}).grpc()).startsWith("3 ");
            assertThat(client.call("/inference.GRPCInferenceService/Guess", headers, empty)
                            .grpc())
                    .startsWith("12 ");
            assertThat(client.call(GRPC, Map.of("content-type", "application/json"), empty)
                            .status())
                    .isEqualTo(415);
            // Neither inference, nor meant to be.
            assertThat(client.call("/inference.GRPCInferenceService/ModelReady", headers, unknown)
                            .grpc())
                    .startsWith("5 ");

            assertThat(server.get("/metrics").body().lines())
                    .contains(
                            "ml_requests_refused_total{protocol=\"oip-grpc\",code=\"5\"} 1.0",
                            "ml_requests_refused_total{protocol=\"oip-grpc\",code=\"3\"} 2.0",
                            "ml_requests_refused_total{protocol=\"oip-grpc\",code=\"12\"} 1.0",
                            "ml_requests_refused_total{protocol=\"http\",code=\"415\"} 1.0",
                            "ml_request_errors_total{model=\"breast-cancer\",version=\"1.4.0\",protocol=\"oip-grpc\","
                                    + "kind=\"invalid\"} 1.0")
                    .noneMatch(line -> line.contains("nobody"));
            List<JsonNode> lines = linesAtTheEnd(server);

            assertThat(lines).extracting(line -> line.get("status").asInt()).containsExactly(5, 3, 3, 3, 12, 415);
            assertThat(lines)
                    .extracting(line -> line.path("kind").asText())
                    .containsExactly("not_found", "invalid", "invalid", "invalid", "invalid", "invalid");
            assertThat(lines).allMatch(line -> line.get("event").asText().equals("request_failed"));
            JsonNode first = lines.get(0);
            assertThat(first.get("level").asText()).isEqualTo("WARN");
            assertThat(first.get("protocol").asText()).isEqualTo("oip-grpc");
            assertThat(first.get("path").asText()).isEqualTo(GRPC);
            assertThat(first.has("method")).isFalse();
            assertThat(first.has("model")).isFalse();
            assertThat(first.get("message").asText()).isEqualTo("unknown model nobody: expected breast-cancer");
            assertThat(first.get("request_id").asText()).isEqualTo("r-2");
            assertThat(first.get("trace_id").asText()).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
            assertThat(first.get("parent_id").asText()).isEqualTo("00f067aa0ba902b7");
            assertThat(first.get("duration_ms").asDouble()).isPositive();
            assertThat(lines.get(1).get("model").asText()).isEqualTo("breast-cancer");
            assertThat(lines.get(1).get("message").asText()).startsWith("missing input features FP32[N,28], ");
        }
    }

    @Test
    void theAccessLogHasALineForEachCallOfGrpc() throws Exception {
        List<Tensor> inputs = GoldenFiles.read(MODEL.resolve("test_data_set_0"), "input");
        ModelInferRequest.Builder request = ModelInferRequest.newBuilder().setModelName("breast-cancer");
        for (Tensor input : inputs) {
            request.addInputs(InferInputTensor.newBuilder()
                            .setName(input.name())
                            .setDatatype(input.datatype().name())
                            .addAllShape(Arrays.stream(input.shape()).boxed().toList()))
                    .addRawInputContents(ByteString.copyFrom(Tensors.bytes(input)));
        }
        try (ForkedServer server = ForkedServer.start(application, work, Map.of("ML_ACCESS_LOG", "on"));
                Http2Client client = new Http2Client(server.port())) {
            assertThat(client.call(GRPC, Map.of("traceparent", TRACE), message(request))
                            .grpc())
                    .isEqualTo("0");
            assertThat(client.call("/inference.GRPCInferenceService/ServerLive", Map.of(), message(request))
                            .grpc())
                    .isEqualTo("0");

            List<JsonNode> lines = linesAtTheEnd(server);

            assertThat(lines).hasSize(1);
            JsonNode line = lines.get(0);
            assertThat(line.get("event").asText()).isEqualTo("request");
            assertThat(line.get("level").asText()).isEqualTo("INFO");
            assertThat(line.get("protocol").asText()).isEqualTo("oip-grpc");
            assertThat(line.get("model").asText()).isEqualTo("breast-cancer");
            assertThat(line.get("status").asInt()).isZero();
            assertThat(line.get("trace_id").asText()).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
        }
    }

    private static byte[] message(ModelInferRequest.Builder request) {
        return Http2Client.framed(0, request.build().toByteArray());
    }

    /** The log is written behind the replies, and to its end before the process ends. */
    private static List<JsonNode> linesAtTheEnd(ForkedServer server) throws Exception {
        server.process().destroy();
        assertThat(server.exitCode()).isZero();
        List<JsonNode> lines = new ArrayList<>();
        assertThat(server.errors()).isEmpty();
        for (String line : server.requestLog()) {
            lines.add(JSON.readTree(line));
        }
        return lines;
    }
}
