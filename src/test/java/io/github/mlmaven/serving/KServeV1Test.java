package io.github.mlmaven.serving;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mlmaven.model.Datatype;
import io.github.mlmaven.model.Tensor;
import io.github.mlmaven.model.json.ElementMemory;
import io.github.mlmaven.model.json.InferenceJson;
import io.github.mlmaven.serving.protocol.tabular.Predictions;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** KServe's v1 protocol, against a server in a JVM of its own. */
class KServeV1Test {

    private static final Path MODELS = Path.of("src/test/models");

    @TempDir
    static Path folder;

    private static ForkedServer server;

    @BeforeAll
    static void start() throws Exception {
        ApplicationFolder application = ApplicationFolder.withModelFolder(folder);
        for (String model : List.of("add-sub", "breast-cancer-lgbm", "digits-cnn")) {
            application.add(model, "1.4.0", MODELS.resolve(model).resolve("model.onnx"));
        }
        application.add("echo", "1", OnnxModels.identity(folder.resolve("echo"), Datatype.BYTES));
        application.add("a:predict", "1", OnnxModels.identity(folder.resolve("a"), Datatype.INT8));
        server = ForkedServer.start(application.write(), folder, Map.of());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/v1/models | 200 | {\"models\":[\"add-sub\",\"breast-cancer-lgbm\",\"digits-cnn\",\"echo\",\"a:predict\"]}",
                "/v1/models/ | 200 | {\"models\":[\"add-sub\",\"breast-cancer-lgbm\",\"digits-cnn\",\"echo\",\"a:predict\"]}",
                "/v1/models/add-sub | 200 | {\"name\":\"add-sub\",\"ready\":true}",
                "/v1/models/add%2Dsub | 200 | {\"name\":\"add-sub\",\"ready\":true}",
                "/v1/models/a:predict | 200 | {\"name\":\"a:predict\",\"ready\":true}",
                "/v1/models/none | 404 | {\"error\":\"unknown model none: expected add-sub, breast-cancer-lgbm, digits-cnn, echo, a:predict\"}",
                "/v1/models/add-sub:explain | 404 | {\"error\":\"no such path: /v1/models/add-sub:explain\"}",
                "/v1/models/add-sub/versions/1.4.0 | 404 | {\"error\":\"no such path: /v1/models/add-sub/versions/1.4.0\"}",
                "/v1/models/% | 404 | {\"error\":\"no such path: /v1/models/%\"}",
                "/v1/other | 404 | {\"error\":\"no such path: /v1/other\"}",
                "/v1/models/add-sub:predict | 405 | {\"error\":\"method GET is not allowed here; expected POST\"}",
            })
    void pathsAreAnsweredInFull(String path, int status, String body) throws Exception {
        String response =
                RawHttp.exchange(server.port(), "GET " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        assertThat(response).startsWith("HTTP/1.1 " + status + " ").endsWith("\r\n\r\n" + body);
    }

    @Test
    void otherMethodsAreNotAllowed() throws Exception {
        for (String path : List.of("/v1/models", "/v1/models/add-sub")) {
            HttpResponse<String> response = server.post(path, "{}");
            assertThat(response.statusCode()).isEqualTo(405);
            assertThat(response.headers().firstValue("allow")).contains("GET");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"add-sub", "breast-cancer-lgbm"})
    void instancesGiveTheOutputsOfV2RowByRow(String model) throws Exception {
        List<Tensor> inputs = GoldenFiles.read(MODELS.resolve(model + "/test_data_set_0"), "input");
        GoldenTable table = new GoldenTable(inputs);
        HttpResponse<String> found = server.post("/v1/models/" + model + ":predict", table.instances());
        assertThat(found.body())
                .startsWith("{\"predictions\":[{\"")
                .isEqualTo(predictions(model, inputs, table.size()));
        assertThat(found.statusCode()).isEqualTo(200);
        assertThat(found.headers().firstValue("content-type")).contains("application/json");
    }

    @Test
    void anImageIsANestedInstance() throws Exception {
        List<Tensor> inputs = GoldenFiles.read(MODELS.resolve("digits-cnn/test_data_set_0"), "input");
        String flat = new GoldenTable(inputs).instances();
        assertThat(inputs.get(0).shape()).containsExactly(inputs.get(0).shape()[0], 1, 8, 8);
        List<String> numbers = List.of(flat.replaceAll("[^-0-9.E,]", "").split(",", -1));
        StringBuilder nested = new StringBuilder("{\"instances\":[");
        int rows = numbers.size() / 64;
        for (int row = 0; row < rows; row++) {
            nested.append(row == 0 ? "[[" : ",[[");
            for (int y = 0; y < 8; y++) {
                int from = row * 64 + y * 8;
                nested.append(y == 0 ? "[" : ",[")
                        .append(String.join(",", numbers.subList(from, from + 8)))
                        .append(']');
            }
            nested.append("]]");
        }
        HttpResponse<String> found = server.post("/v1/models/digits-cnn:predict", nested + "]}");
        assertThat(found.body()).isEqualTo(predictions("digits-cnn", inputs, rows));
    }

    @Test
    void inputsGiveOutputs() throws Exception {
        String row = "[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16]";
        String zeros = "[0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0]";
        HttpResponse<String> found = server.post(
                "/v1/models/add-sub:predict", "{\"inputs\":{\"INPUT1\":[" + zeros + "],\"INPUT0\":[" + row + "]}}");
        assertThat(found.body()).isEqualTo("{\"outputs\":{\"OUTPUT0\":[" + row + "],\"OUTPUT1\":[" + row + "]}}");
        assertThat(server.post("/v1/models/echo:predict", "{\"inputs\":[\"a\",{\"b64\":\"Yg==\"}]}")
                        .body())
                .isEqualTo("{\"outputs\":[\"a\",\"b\"]}");
    }

    @Test
    void aModelNamedLikeTheVerbIsAskedAll() throws Exception {
        assertThat(server.post("/v1/models/a:predict:predict", "{\"instances\":[1,-1]}")
                        .body())
                .isEqualTo("{\"predictions\":[1,-1]}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | expected exactly one of \"instances\", \"inputs\", found none",
                "[1] | expected a JSON object with exactly one of \"instances\", \"inputs\", found an array",
                "{\"instances\":[],\"inputs\":[]} | instances: expected at least one, found none",
                "{\"instances\":[1],\"inputs\":[]} | instances[0]: expected an object with INPUT0 INT32[batch,16], INPUT1 INT32[batch,16], found 1",
                "{\"dataframe_split\":{}} | expected exactly one of \"instances\", \"inputs\", found none",
                "{\"inputs\":{\"INPUT0\":[[1]]}} | inputs: input INPUT0: expected shape [batch,16], found an array of 1 at depth 2",
            })
    void aBadRequestIsToldWhatIsWrong(String body, String message) throws Exception {
        HttpResponse<String> response = server.post("/v1/models/add-sub:predict", body);
        assertThat(response.body()).isEqualTo("{\"error\":\"" + message.replace("\"", "\\\"") + "\"}");
        assertThat(response.statusCode()).isEqualTo(400);
    }

    @Test
    void otherContentIsRefused() throws Exception {
        HttpResponse<String> response =
                server.send("POST", "/v1/models/add-sub:predict", Map.of("Content-Type", "text/csv"), "1");
        assertThat(response.statusCode()).isEqualTo(415);
        assertThat(response.body()).isEqualTo("{\"error\":\"expected Content-Type application/json, found text/csv\"}");
    }

    private static String predictions(String model, List<Tensor> inputs, long rows) throws Exception {
        HttpResponse<byte[]> v2 = server.post("/v2/models/" + model + "/infer", InferenceJson.request(inputs));
        return UTF_8.decode(Predictions.rows(InferenceJson.tensors(v2.body(), "outputs"), rows, ElementMemory.HEAP))
                .toString();
    }
}
