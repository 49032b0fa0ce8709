package io.github.mlmaven.serving;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mlmaven.image.Tool;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A client that is not ours: what the protocols' documentation has as its examples, sent by curl. */
@Timeout(120)
class CurlTest {

    private static final String ROW = "1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16";
    private static final String ONES = "1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1";

    /** Triton's model "simple", which its clients' examples ask, in the form of the Open Inference Protocol's text. */
    private static final String SIMPLE =
            "{\"id\":\"42\",\"inputs\":[{\"name\":\"INPUT0\",\"shape\":[1,16],\"datatype\":\"INT32\",\"data\":[" + ROW
                    + "]},{\"name\":\"INPUT1\",\"shape\":[1,16],\"datatype\":\"INT32\",\"data\":[" + ONES
                    + "]}],\"outputs\":[{\"name\":\"OUTPUT0\"}]}";

    private static final String SUM = "2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17";
    private static final String COLUMNS =
            "\"sepal length (cm)\",\"sepal width (cm)\",\"petal length (cm)\",\"petal width (cm)\"";

    @TempDir
    static Path folder;

    private static ForkedServer server;

    @BeforeAll
    static void start() throws Exception {
        Tool.require("curl", "--version");
        // A model of irises as the examples take it: four measures in each row. It gives them back.
        ApplicationFolder application = ApplicationFolder.withModelFolder(folder)
                .add("simple", "1", Path.of("src/test/models/add-sub/model.onnx"))
                .add("iris", "1", OnnxModels.unary(folder.resolve("iris"), "Identity", 1, 1, "N", "4"));
        server = ForkedServer.start(
                application.write(),
                folder,
                Map.of("ML_DEFAULT_MODEL", "iris", "AIP_MODE", "PREDICTION", "AIP_HTTP_PORT", "0"));
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void theSimpleExampleOfTheOpenInferenceProtocol() throws Exception {
        assertThat(curl("/v2/models/simple/versions/1/infer", "-d", SIMPLE))
                .isEqualTo("{\"model_name\":\"simple\",\"model_version\":\"1\",\"id\":\"42\",\"outputs\":[{\"name\":"
                        + "\"OUTPUT0\",\"shape\":[1,16],\"datatype\":\"INT32\",\"data\":[" + SUM + "]}]}\n200");
    }

    @Test
    void overHttp2() throws Exception {
        assertThat(curl("/v2/models/simple/infer", "--http2-prior-knowledge", "-d", SIMPLE))
                .endsWith("\"data\":[" + SUM + "]}]}\n200");
        assertThat(curl("/v2/models/simple/infer", "--http2", "-d", SIMPLE)).endsWith("\"data\":[" + SUM + "]}]}\n200");
        assertThat(curl("/v2/health/ready", "--http2-prior-knowledge", "-I"))
                .startsWith("HTTP/2 200")
                .endsWith("\n200");
    }

    @Test
    void compressedBothWays() throws Exception {
        String rows = String.join(
                ",", Arrays.asList(new String[40]).stream().map(none -> ROW).toList());
        String json = "{\"inputs\":[{\"name\":\"INPUT0\",\"shape\":[40,16],\"datatype\":\"INT32\",\"data\":[" + rows
                + "]},{\"name\":\"INPUT1\",\"shape\":[40,16],\"datatype\":\"INT32\",\"data\":[" + rows + "]}]}";
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(json.getBytes(UTF_8));
        }
        Path body = Files.write(folder.resolve("request.gz"), compressed.toByteArray());
        Path head = folder.resolve("head");
        String plain = curl("/v2/models/simple/infer", "-d", json);
        assertThat(plain).endsWith("\n200");
        assertThat(curl(
                        "/v2/models/simple/infer",
                        "--compressed",
                        "-H",
                        "Content-Encoding: gzip",
                        "--data-binary",
                        "@" + body,
                        "-D",
                        head.toString()))
                .isEqualTo(plain);
        assertThat(Files.readString(head)).containsIgnoringCase("\r\ncontent-encoding: ");
    }

    @Test
    void tensorsInBinaryFromAFile() throws Exception {
        String json = "{\"inputs\":[{\"name\":\"INPUT0\",\"shape\":[1,16],\"datatype\":\"INT32\",\"parameters\":"
                + "{\"binary_data_size\":64}},{\"name\":\"INPUT1\",\"shape\":[1,16],\"datatype\":\"INT32\",\"parameters\":"
                + "{\"binary_data_size\":64}}],\"outputs\":[{\"name\":\"OUTPUT0\",\"parameters\":{\"binary_data\":false}}]}";
        ByteBuffer tensors = ByteBuffer.allocate(128).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 1; i <= 16; i++) {
            tensors.putInt(i);
        }
        for (int i = 1; i <= 16; i++) {
            tensors.putInt(1);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(json.getBytes(UTF_8));
        bytes.writeBytes(tensors.array());
        Path body = Files.write(folder.resolve("request.bin"), bytes.toByteArray());
        assertThat(curl(
                        "/v2/models/simple/infer",
                        "-H",
                        "Inference-Header-Content-Length: " + json.length(),
                        "-H",
                        "Content-Type: application/octet-stream",
                        "--data-binary",
                        "@" + body))
                .endsWith("\"data\":[" + SUM + "]}]}\n200");
    }

    @Test
    void theFormsOfMlflow() throws Exception {
        String expected = "{\"predictions\":[[5.1,3.5,1.4,0.2],[4.9,3.0,1.4,0.2]]}\n200";
        for (String json : List.of(
                "{\"dataframe_split\": {\"columns\": [" + COLUMNS
                        + "], \"data\": [[5.1, 3.5, 1.4, 0.2], [4.9, 3.0, 1.4, 0.2]], \"index\": [0, 1]}}",
                "{\"dataframe_records\": [{\"a\": 5.1, \"b\": 3.5, \"c\": 1.4, \"d\": 0.2},"
                        + " {\"a\": 4.9, \"b\": 3.0, \"c\": 1.4, \"d\": 0.2}]}",
                "{\"instances\": [[5.1, 3.5, 1.4, 0.2], [4.9, 3.0, 1.4, 0.2]]}",
                "{\"inputs\": [[5.1, 3.5, 1.4, 0.2], [4.9, 3.0, 1.4, 0.2]], \"params\": {\"temperature\": 0.1}}")) {
            assertThat(curl("/invocations", "-d", json)).as(json).isEqualTo(expected);
        }
        Path csv = Files.writeString(folder.resolve("data.csv"), COLUMNS + "\n5.1,3.5,1.4,0.2\n4.9,3.0,1.4,0.2\n");
        assertThat(curl("/invocations", "-H", "Content-Type: text/csv", "--data-binary", "@" + csv))
                .isEqualTo(expected);
    }

    @Test
    void theInstancesOfKServeAndOfVertex() throws Exception {
        String instances = "{\"instances\": [[6.8, 2.8, 4.8, 1.4], [6.0, 3.4, 4.5, 1.6]]";
        String expected = "{\"predictions\":[[6.8,2.8,4.8,1.4],[6.0,3.4,4.5,1.6]]}\n200";
        assertThat(curl("/v1/models/iris:predict", "-d", instances + "}")).isEqualTo(expected);
        assertThat(curl("/predict", "-d", instances + ", \"parameters\": {\"sampleCount\": 1}}"))
                .isEqualTo(expected);
    }

    @Test
    void anErrorIsReadWhole() throws Exception {
        assertThat(curl("/v2/models/simple/infer", "-H", "Content-Type: text/csv", "-d", "1,2"))
                .isEqualTo("{\"error\":\"expected Content-Type application/json, found text/csv\"}\n415");
    }

    @Test
    void healthAsLoadBalancersAskForIt() throws Exception {
        for (String path : List.of("/v2/health/live", "/v2/health/ready", "/ping", "/health")) {
            assertThat(curl(path, "--head")).startsWith("HTTP/1.1 200 OK").endsWith("\n200");
        }
    }

    /** What it prints: the body, and the status in a line of its own. */
    private static String curl(String path, String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of("curl", "-sS", "--max-time", "30", "-w", "\n%{http_code}"));
        if (Arrays.asList(options).contains("-d") && !Arrays.asList(options).contains("-H")) {
            command.addAll(List.of("-H", "Content-Type: application/json"));
        }
        command.addAll(List.of(options));
        if (command.contains("Content-Encoding: gzip")) {
            command.addAll(List.of("-H", "Content-Type: application/json"));
        }
        command.add("http://127.0.0.1:" + server.port() + path);
        return Tool.run(command.toArray(String[]::new));
    }
}
