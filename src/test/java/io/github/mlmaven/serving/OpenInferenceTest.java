package io.github.mlmaven.serving;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mlmaven.model.Datatype;
import io.github.mlmaven.model.Tensor;
import io.github.mlmaven.model.json.InferenceJson;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every route and every error of inference, against a server in a JVM of its own. */
class OpenInferenceTest {

    private static final Path MODELS = Path.of("src/test/models");
    private static final String INFER = "/v2/models/add-sub/infer";

    @TempDir
    static Path folder;

    private static ForkedServer server;

    @BeforeAll
    static void start() throws Exception {
        ApplicationFolder application = ApplicationFolder.withModelFolder(folder);
        for (String model : List.of("add-sub", "breast-cancer-lgbm", "digits-cnn")) {
            application.add(model, "1.4.0", MODELS.resolve(model).resolve("model.onnx"));
        }
        for (Datatype datatype : Datatype.values()) {
            String name = "identity-" + datatype.name().toLowerCase(Locale.ROOT);
            application.add(name, "1", OnnxModels.identity(folder.resolve(name), datatype));
        }
        application.add("add", "1", OnnxModels.add(folder.resolve("add")));
        server = ForkedServer.start(application.write(), folder, Map.of("ML_MAX_BODY_BYTES", "2000000"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/v2 | 200 | {\"name\":\"ml-maven-plugin\",\"version\":\"development\",\"extensions\":[\"binary_tensor_data\",\"statistics\"]}",
                "/v2/ | 200 | {\"name\":\"ml-maven-plugin\",\"version\":\"development\",\"extensions\":[\"binary_tensor_data\",\"statistics\"]}",
                "/v2/health/live | 200 | {\"live\":true}",
                "/v2/health/ready | 200 | {\"ready\":true}",
                "/v2/models/digits-cnn/ready | 200 | {\"name\":\"digits-cnn\",\"ready\":true}",
                "/v2/models/digits-cnn/versions/1.4.0/ready | 200 | {\"name\":\"digits-cnn\",\"ready\":true}",
                "/v2/models/digits%2Dcnn/ready?a=b | 200 | {\"name\":\"digits-cnn\",\"ready\":true}",
                "/v2/models/digits-cnn/versions/2 | 404 | {\"error\":\"unknown version 2 of model digits-cnn: expected"
                        + " 1.4.0\"}",
                "/v2/models/digits-cnn/versions/2/infer | 404 | {\"error\":\"unknown version 2 of model digits-cnn:"
                        + " expected 1.4.0\"}",
                "/v2/models/digits-cnn/versions/2/stats | 404 | {\"error\":\"unknown version 2 of model digits-cnn:"
                        + " expected 1.4.0\"}",
                "/x | 404 | {\"error\":\"no such path: /x\"}",
                "/v3/models | 404 | {\"error\":\"no such path: /v3/models\"}",
                "/v2/health | 404 | {\"error\":\"no such path: /v2/health\"}",
                "/v2/health/sick | 404 | {\"error\":\"no such path: /v2/health/sick\"}",
                "/v2/models/add-sub/nothing | 404 | {\"error\":\"no such path: /v2/models/add-sub/nothing\"}",
                "/v2/models/add-sub/versions | 404 | {\"error\":\"no such path: /v2/models/add-sub/versions\"}",
                "/v2/models/add-sub/infer | 405 | {\"error\":\"method GET is not allowed here; expected POST\"}",
            })
    void everyPathAnswers(String path, int status, String body) throws Exception {
        HttpResponse<String> response = server.get(path);
        assertThat(response.body()).isEqualTo(body);
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("content-type")).contains("application/json");
    }

    @Test
    void metadataIsTheContract() throws Exception {
        String expected = "{\"name\":\"breast-cancer-lgbm\",\"versions\":[\"1.4.0\"],\"platform\":\"onnxruntime_onnx\","
                + "\"inputs\":[{\"name\":\"features\",\"datatype\":\"FP32\",\"shape\":[-1,28]},"
                + "{\"name\":\"worst_symmetry_milli\",\"datatype\":\"INT64\",\"shape\":[-1,1]},"
                + "{\"name\":\"worst_fractal\",\"datatype\":\"FP64\",\"shape\":[-1,1]}],\"outputs\":";
        assertThat(server.get("/v2/models/breast-cancer-lgbm").body()).startsWith(expected);
        assertThat(server.get("/v2/models/breast-cancer-lgbm/versions/1.4.0").body())
                .startsWith(expected);
        assertThat(server.get("/v2/models").body())
                .startsWith("{\"models\":[\"add-sub\",\"breast-cancer-lgbm\",\"digits-cnn\",");
    }

    @Test
    void anUnknownModelIsNamed() throws Exception {
        HttpResponse<String> response = server.post("/v2/models/nothing/infer", "{}");
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body()).startsWith("{\"error\":\"unknown model nothing: expected add-sub, breast-");
    }

    @Test
    void otherMethodsAreNotAllowed() throws Exception {
        for (String path : List.of("/v2", "/v2/health/live", "/v2/models", "/v2/models/add-sub")) {
            HttpResponse<String> response = server.post(path, "{}");
            assertThat(response.statusCode()).isEqualTo(405);
            assertThat(response.headers().firstValue("allow")).contains("GET");
            assertThat(response.body()).isEqualTo("{\"error\":\"method POST is not allowed here; expected GET\"}");
        }
        assertThat(server.get(INFER).headers().firstValue("allow")).contains("POST");
    }

    static Stream<Path> goldenCases() throws Exception {
        try (Stream<Path> paths = Files.walk(MODELS, 2)) {
            return paths
                    .filter(p -> p.getFileName().toString().startsWith("test_data_set_"))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("goldenCases")
    void goldenInputsGiveGoldenOutputs(Path golden) throws Exception {
        String model = String.valueOf(golden.getParent().getFileName());
        HttpResponse<byte[]> response = server.post(
                "/v2/models/" + model + "/versions/1.4.0/infer",
                InferenceJson.request(GoldenFiles.read(golden, "input")));
        assertThat(response.statusCode()).as(new String(response.body(), UTF_8)).isEqualTo(200);
        List<Tensor> expected = GoldenFiles.read(golden, "output");
        List<Tensor> found = InferenceJson.tensors(response.body(), "outputs");
        assertThat(found).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            assertThat(found.get(i).name()).isEqualTo(expected.get(i).name());
            assertThat(found.get(i).shape()).isEqualTo(expected.get(i).shape());
            assertThat(found.get(i).datatype()).isEqualTo(expected.get(i).datatype());
            assertClose(found.get(i), expected.get(i));
        }
    }

    private static void assertClose(Tensor found, Tensor expected) {
        if (expected.datatype() != Datatype.FP32) {
            assertThat(found.data()).isEqualTo(expected.data());
            return;
        }
        ByteBuffer actual = found.data();
        ByteBuffer golden = expected.data();
        while (golden.hasRemaining()) {
            float wanted = golden.getFloat();
            assertThat((double) Math.abs(actual.getFloat() - wanted))
                    .isLessThanOrEqualTo(1e-5 + 1e-4 * Math.abs(wanted));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "BOOL   | [true,false,true]",
                "INT8   | [-128,0,127]",
                "INT16  | [-32768,0,32767]",
                "INT32  | [-2147483648,0,2147483647]",
                "INT64  | [-9223372036854775808,0,9223372036854775807]",
                "UINT8  | [0,1,255]",
                "UINT16 | [0,1,65535]",
                "UINT32 | [0,1,4294967295]",
                "UINT64 | [0,1,18446744073709551615]",
                "FP16   | [-65504.0,0.5,\"NaN\"]",
                "BF16   | [1.0,-0.5,\"Infinity\"]",
                "FP32   | [3.4028235E38,0.1,\"-Infinity\"]",
                "FP64   | [1.7976931348623157E308,0.1,\"NaN\"]",
                "BYTES  | [\"\",\"a\\\"b\",\"äöü€\"]",
            })
    void everyDatatypeGoesThrough(String datatype, String data) throws Exception {
        String model = "identity-" + datatype.toLowerCase(Locale.ROOT);
        String tensor = "\"shape\":[3],\"datatype\":\"" + datatype + "\",\"data\":" + data + "}";
        HttpResponse<String> response =
                server.post("/v2/models/" + model + "/infer", "{\"inputs\":[{\"name\":\"x\"," + tensor + "]}");
        assertThat(response.body())
                .isEqualTo("{\"model_name\":\"" + model + "\",\"model_version\":\"1\",\"outputs\":[{\"name\":\"y\","
                        + tensor + "]}");
    }

    @Test
    void outputsAreSelectedInTheOrderAskedForAndTheIdIsEchoed() throws Exception {
        String inputs =
                "\"inputs\":[" + input("INPUT1", "INT32", "[1,16]") + "," + input("INPUT0", "INT32", "[1,16]") + "]";
        HttpResponse<String> one = server.post(
                INFER, "{\"outputs\":[{\"name\":\"OUTPUT1\",\"parameters\":{}}],\"id\":\"a\\\"1\"," + inputs + "}");
        assertThat(one.body())
                .isEqualTo("{\"model_name\":\"add-sub\",\"model_version\":\"1.4.0\",\"id\":\"a\\\"1\",\"outputs\":["
                        + "{\"name\":\"OUTPUT1\",\"shape\":[1,16],\"datatype\":\"INT32\","
                        + "\"data\":[0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0]}]}");
        HttpResponse<String> two =
                server.post(INFER, "{" + inputs + ",\"outputs\":[{\"name\":\"OUTPUT1\"},{\"name\":\"OUTPUT0\"}]}");
        assertThat(InferenceJson.tensors(two.body().getBytes(UTF_8), "outputs"))
                .extracting(Tensor::name)
                .containsExactly("OUTPUT1", "OUTPUT0");
    }

    /** An input of 16 sevens as JSON. */
    static String input(String name, String datatype, String shape) {
        return "{\"name\":\"" + name + "\",\"datatype\":\"" + datatype + "\",\"shape\":" + shape
                + ",\"data\":[7,7,7,7,7,7,7,7,7,7,7,7,7,7,7,7]}";
    }
}
