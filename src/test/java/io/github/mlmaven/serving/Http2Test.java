package io.github.mlmaven.serving;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.protobuf.ByteString;
import io.github.mlmaven.serving.grpc.wire.ModelInferRequest;
import io.github.mlmaven.serving.grpc.wire.ModelInferRequest.InferInputTensor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** REST over HTTP/2 without TLS, as clients come to it: by an upgrade, and knowing before. */
@Timeout(120)
class Http2Test {

    private static final String INFER = "/v2/models/same/infer";
    private static final String GRPC = "/inference.GRPCInferenceService/ModelInfer";
    private static final String BODY =
            "{\"inputs\":[{\"name\":\"x\",\"shape\":[1],\"datatype\":\"FP32\",\"data\":[3.0]}]}";
    private static final String LARGE = " ".repeat(2000);
    private static final Map<String, String> JSON = Map.of("content-type", "application/json");

    @TempDir
    Path work;

    private ApplicationFolder application;

    @BeforeEach
    void application() throws Exception {
        application = ApplicationFolder.withModelFolder(work)
                .add("same", "1", OnnxModels.unary(work.resolve("1.onnx"), "Identity", 1, 1, "N"))
                .write();
    }

    @Test
    void javasOwnClientUpgradesWithItsFirstPost() throws Exception {
        HttpClient client = HttpClient.newHttpClient();
        try (ForkedServer server = start()) {
            for (int i = 0; i < 3; i++) {
                HttpResponse<String> reply = post(client, server, INFER, BODY);
                assertThat(reply.version()).isEqualTo(HttpClient.Version.HTTP_2);
                assertThat(reply.statusCode()).isEqualTo(200);
                assertThat(reply.body()).endsWith("\"data\":[3.0]}]}");
            }
            assertThat(post(client, server, "/v2/models/none/infer", BODY).body())
                    .isEqualTo("{\"error\":\"unknown model none: expected same\"}");
            HttpResponse<String> large = post(client, server, INFER, LARGE);
            assertThat(large.statusCode()).isEqualTo(413);
            assertThat(large.body())
                    .isEqualTo("{\"error\":\"the body is too large: expected at most 1000 bytes, found 2000\"}");
            assertThat(post(client, server, INFER, BODY).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aFirstPostThatIsRefusedIsAnsweredToo() throws Exception {
        try (ForkedServer server = start()) {
            HttpClient one = HttpClient.newHttpClient();
            assertThat(post(one, server, "/v2/models/none/infer", BODY).statusCode())
                    .isEqualTo(404);
            assertThat(post(one, server, INFER, BODY).statusCode()).isEqualTo(200);
            HttpClient two = HttpClient.newHttpClient();
            assertThat(post(two, server, INFER, LARGE).statusCode()).isEqualTo(413);
            assertThat(post(two, server, INFER, BODY).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void curlKnowsBefore() throws Exception {
        assumeTrue(curl("--version").contains("HTTP2"), "no curl that speaks HTTP/2");
        try (ForkedServer server = start()) {
            String root = "http://127.0.0.1:" + server.port();
            assertThat(curl("-d", BODY, root + INFER)).endsWith("\"data\":[3.0]}]} 2 200");
            assertThat(curl("-d", BODY, root + "/v2/models/none/infer"))
                    .isEqualTo("{\"error\":\"unknown model none: expected same\"} 2 404");
            assertThat(curl("-d", LARGE, root + INFER))
                    .isEqualTo("{\"error\":\"the body is too large: expected at most 1000 bytes, found 2000\"} 2 413");
            assertThat(curl(root + "/v2/health/ready")).isEqualTo("{\"ready\":true} 2 200");
        }
    }

    @Test
    void aTerminatedServerAnswersTheStreamsThatAreOpenAndSaysThatItGoes() throws Exception {
        byte[] json = BODY.getBytes(UTF_8);
        byte[] message = Http2Client.framed(
                0,
                ModelInferRequest.newBuilder()
                        .setModelName("same")
                        .addInputs(InferInputTensor.newBuilder()
                                .setName("x")
                                .setDatatype("FP32")
                                .addShape(1))
                        .addRawInputContents(ByteString.copyFrom(new byte[4]))
                        .build()
                        .toByteArray());
        try (ForkedServer server = start();
                Http2Client client = new Http2Client(server.port())) {
            List<Open> early = new ArrayList<>();
            List<Open> late = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                List<Open> open = i % 2 == 0 ? early : late;
                open.add(new Open(client, INFER, JSON, json));
                open.add(new Open(client, GRPC, Map.of("content-type", "application/grpc"), message));
            }
            assertThat(ready(client)).isEqualTo(200);

            server.process().destroy();
            while (ready(client) == 200) {
                Thread.sleep(1);
            }
            early.forEach(Open::finish);
            for (Open stream : early) {
                stream.assertAnswered();
            }
            assertThat(client.goAway().get(30, TimeUnit.SECONDS)).isZero();
            late.forEach(Open::finish);
            for (Open stream : late) {
                stream.assertAnswered();
            }
            client.closed().get(30, TimeUnit.SECONDS);
            assertThat(server.exitCode()).isZero();
        }
    }

    /** A request of which all but the last byte is sent. */
    private static final class Open {
        private final HttpClientRequest request;
        private final CompletableFuture<Http2Client.Answer> answer;
        private final Buffer last;
        private final boolean grpc;

        private Open(Http2Client client, String path, Map<String, String> headers, byte[] body) {
            grpc = path.equals(GRPC);
            request = client.open("POST", path, headers);
            answer = client.answer(request);
            Http2Client.await(request.setChunked(true).write(Buffer.buffer(body).slice(0, body.length - 1)));
            last = Buffer.buffer(body).slice(body.length - 1, body.length);
        }

        private void finish() {
            request.end(last);
        }

        private void assertAnswered() throws Exception {
            Http2Client.Answer got = answer.get(30, TimeUnit.SECONDS);
            assertThat(got.status()).isEqualTo(200);
            if (grpc) {
                assertThat(got.grpc()).isEqualTo("0");
            } else {
                assertThat(got.body().toString()).endsWith("\"data\":[3.0]}]}");
            }
        }
    }

    private static int ready(Http2Client client) throws Exception {
        return client.send("GET", "/v2/health/ready", Map.of(), new byte[0])
                .get(30, TimeUnit.SECONDS)
                .status();
    }

    private ForkedServer start() throws IOException {
        return ForkedServer.start(application, work, Map.of("ML_MAX_BODY_BYTES", "1000"));
    }

    private static HttpResponse<String> post(HttpClient client, ForkedServer server, String path, String body)
            throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    /** What it prints, and HTTP's version and status. */
    private static String curl(String... args) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of("curl", "-sS", "--http2-prior-knowledge", "-H", "Content-Type: application/json", "-w"));
        command.add(" %{http_version} %{http_code}");
        command.addAll(List.of(args));
        try {
            Process curl = new ProcessBuilder(command).redirectErrorStream(true).start();
            String printed = new String(curl.getInputStream().readAllBytes(), UTF_8);
            curl.waitFor();
            return printed;
        } catch (IOException e) {
            return "";
        }
    }
}
