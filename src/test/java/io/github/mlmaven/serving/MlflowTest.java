package io.github.mlmaven.serving;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

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

/** MLflow's and SageMaker's contract, against a server in a JVM of its own. */
class MlflowTest {

    private static final Path MODEL = Path.of("src/test/models/breast-cancer-lgbm");
    private static final String INVOCATIONS = "/invocations";

    @TempDir
    static Path folder;

    private static ForkedServer server;
    private static GoldenTable golden;
    private static String expected;

    @BeforeAll
    static void start() throws Exception {
        ApplicationFolder application =
                ApplicationFolder.withModelFolder(folder).add("breast-cancer", "1", MODEL.resolve("model.onnx"));
        server =
                ForkedServer.start(application.write(), folder, Map.of("ML_MAX_BODY_BYTES", Integer.toString(8 << 20)));
        List<Tensor> inputs = GoldenFiles.read(MODEL.resolve("test_data_set_0"), "input");
        golden = new GoldenTable(inputs);
        HttpResponse<byte[]> v2 = server.post("/v2/models/breast-cancer/infer", InferenceJson.request(inputs));
        expected = UTF_8.decode(Predictions.rows(
                        InferenceJson.tensors(v2.body(), "outputs"), golden.size(), ElementMemory.HEAP))
                .toString();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void everyFormGivesTheOutputsOfV2() throws Exception {
        assertThat(expected).startsWith("{\"predictions\":[{\"label\":");
        for (String request : List.of(golden.split(), golden.records(), golden.instances())) {
            HttpResponse<String> found = server.post(INVOCATIONS, request);
            assertThat(found.body()).isEqualTo(expected);
            assertThat(found.statusCode()).isEqualTo(200);
            assertThat(found.headers().firstValue("content-type")).contains("application/json");
        }
        String withParams = golden.split().replaceFirst("\\{", "{\"params\":{\"unknown\":[1]},");
        assertThat(server.post(INVOCATIONS, withParams).body()).isEqualTo(expected);
    }

    @Test
    void csvGivesTheOutputsOfV2() throws Exception {
        for (String type : List.of("text/csv", "Text/CSV; charset=\"UTF-8\"", "text/csv;")) {
            HttpResponse<String> found = server.send("POST", INVOCATIONS, Map.of("Content-Type", type), golden.csv());
            assertThat(found.body()).as(type).isEqualTo(expected);
        }
    }

    @Test
    void healthIsAnEmptyReply() throws Exception {
        for (String path : List.of("/ping", "/health")) {
            HttpResponse<String> response = server.get(path);
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).isEmpty();
            assertThat(server.post(path, "").headers().firstValue("allow")).contains("GET");
        }
    }

    @Test
    void theVersionIsPlainText() throws Exception {
        HttpResponse<String> response = server.get("/version");
        assertThat(response.body()).isEqualTo("development");
        assertThat(response.headers().firstValue("content-type")).contains("text/plain");
    }

    @Test
    void aBatchTransformIsToldWhatItMaySend() throws Exception {
        int cores = Runtime.getRuntime().availableProcessors();
        assertThat(server.get("/execution-parameters").body())
                .isEqualTo("{\"MaxConcurrentTransforms\":" + cores
                        + ",\"BatchStrategy\":\"MULTI_RECORD\",\"MaxPayloadInMB\":" + Math.min(8, 100 / cores) + "}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text/plain | expected Content-Type application/json or text/csv, found text/plain",
                "application/jsonlines | expected Content-Type application/json or text/csv, found application/jsonlines",
                "text/csv; charset=latin1 | expected Content-Type with charset utf-8, found text/csv; charset=latin1",
                "application/json; charset=utf-16 | expected Content-Type with charset utf-8, found application/json; charset=utf-16",
                "text/csv; header=absent | expected Content-Type without parameters but charset, found text/csv; header=absent",
                "application/json; format=pandas-split | expected Content-Type without parameters but charset, found application/json; format=pandas-split",
            })
    void otherContentIsRefused(String type, String message) throws Exception {
        HttpResponse<String> response = server.send("POST", INVOCATIONS, Map.of("Content-Type", type), "1");
        assertThat(response.body()).isEqualTo("{\"error\":\"" + message + "\"}");
        assertThat(response.statusCode()).isEqualTo(415);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/json | 200",
                "*/* | 200",
                "text/html, application/*;q=0.5 | 200",
                "text/html | 406",
                "application/json;q=0, */* | 406",
            })
    void acceptIsHonoured(String accept, int status) throws Exception {
        HttpResponse<String> response = server.send(
                "POST", INVOCATIONS, Map.of("Content-Type", "application/json", "Accept", accept), golden.instances());
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.body())
                .isEqualTo(
                        status == 200
                                ? expected
                                : "{\"error\":\"expected Accept to allow application/json, found " + accept + "\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[[1,2]] | expected a JSON object with exactly one of \"dataframe_split\", \"dataframe_records\", \"instances\", \"inputs\", found an array",
                "{\"columns\":[],\"data\":[]} | expected exactly one of \"dataframe_split\", \"dataframe_records\", \"instances\", \"inputs\", found none",
                "{\"dataframe_split\":{\"columns\":[\"a\",\"worst_fractal\"],\"data\":[[1,2]]}} | dataframe_split.columns: missing column features FP32[N,28], worst_symmetry_milli INT64[N,1]; unknown column a",
                "{\"dataframe_split\":{\"columns\":[\"a\",\"worst_symmetry_milli\",\"worst_fractal\"],\"data\":[[1,2,3]]}} | dataframe_split.columns: input features FP32[N,28]: expected 28 columns, found 1: a",
            })
    void aBadRequestIsToldWhatIsWrong(String body, String message) throws Exception {
        HttpResponse<String> response = server.post(INVOCATIONS, body);
        assertThat(response.body()).isEqualTo("{\"error\":\"" + message.replace("\"", "\\\"") + "\"}");
        assertThat(response.statusCode()).isEqualTo(400);
    }

    @Test
    void badCsvIsToldWhatIsWrong() throws Exception {
        String csv = golden.csv();
        HttpResponse<String> response = server.send(
                "POST", INVOCATIONS, Map.of("Content-Type", "text/csv"), csv.substring(0, csv.lastIndexOf(',')));
        assertThat(response.body())
                .isEqualTo("{\"error\":\"CSV, line " + (golden.size() + 1)
                        + ": expected 30 values as columns, found 29\"}");
        assertThat(response.statusCode()).isEqualTo(400);
    }

    @Test
    void otherMethodsAreNotAllowed() throws Exception {
        assertThat(server.get(INVOCATIONS).body())
                .isEqualTo("{\"error\":\"method GET is not allowed here; expected POST\"}");
    }

    @Test
    void vertexPathsAreUnknownElsewhere() throws Exception {
        assertThat(server.post("/predict", "{}").statusCode()).isEqualTo(404);
    }
}
