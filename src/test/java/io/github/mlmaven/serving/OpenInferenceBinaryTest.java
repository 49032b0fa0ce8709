package io.github.mlmaven.serving;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mlmaven.model.Datatype;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tensors in binary, both ways, against a server in a JVM of its own. */
class OpenInferenceBinaryTest {

    private static final String HEADER = "Inference-Header-Content-Length";

    @TempDir
    static Path folder;

    private static ForkedServer server;

    @BeforeAll
    static void start() throws Exception {
        ApplicationFolder application = ApplicationFolder.withModelFolder(folder)
                .add("add-sub", "1", Path.of("src/test/models/add-sub/model.onnx"));
        for (Datatype datatype : Datatype.values()) {
            String name = "identity-" + datatype.name().toLowerCase(Locale.ROOT);
            application.add(name, "1", OnnxModels.identity(folder.resolve(name), datatype));
        }
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
                "BOOL   | 2 | 0100",
                "INT8   | 2 | 807f",
                "INT16  | 2 | 0080ff7f",
                "INT32  | 2 | 00000080ffffff7f",
                "INT64  | 2 | 0000000000000080ffffffffffffff7f",
                "UINT8  | 2 | 00ff",
                "UINT16 | 2 | 0000ffff",
                "UINT32 | 2 | 00000000ffffffff",
                "UINT64 | 2 | 0000000000000000ffffffffffffffff",
                "FP16   | 3 | ff7b0100007c",
                "BF16   | 3 | 7f7f010080ff",
                "FP32   | 3 | ffff7f7f010000000000807f",
                "FP64   | 2 | ffffffffffffef7f0100000000000080",
                "BYTES  | 3 | 00000000010000006103000000e282ac",
                "INT32  | 0 | ''",
            })
    void everyDatatypeGoesThroughBitByBit(String datatype, int elements, String hex) throws Exception {
        String model = "identity-" + datatype.toLowerCase(Locale.ROOT);
        byte[] raw = HexFormat.of().parseHex(hex);
        String head = "\"shape\":[" + elements + "],\"datatype\":\"" + datatype
                + "\",\"parameters\":{\"binary_data_size\":" + raw.length + "}}]}";
        String json = "{\"parameters\":{\"binary_data_output\":true},\"inputs\":[{\"name\":\"x\"," + head;
        HttpResponse<byte[]> response = infer(model, json, raw);
        String expected =
                "{\"model_name\":\"" + model + "\",\"model_version\":\"1\",\"outputs\":[{\"name\":\"y\"," + head;
        assertThat(json(response)).isEqualTo(expected);
        assertThat(response.headers().firstValue("content-type")).contains("application/octet-stream");
        assertThat(HexFormat.of().formatHex(tail(response))).isEqualTo(hex);
    }

    @Test
    void inputsAndOutputsMayBeMixed() throws Exception {
        String json = "{\"id\":\"7\",\"inputs\":["
                + "{\"name\":\"INPUT0\",\"shape\":[1,16],\"datatype\":\"INT32\",\"parameters\":{\"binary_data_size\":64}},"
                + OpenInferenceTest.input("INPUT1", "INT32", "[1,16]") + "],\"outputs\":[{\"name\":\"OUTPUT0\"},"
                + "{\"name\":\"OUTPUT1\",\"parameters\":{\"binary_data\":true}}]}";
        HttpResponse<byte[]> response = infer("add-sub", json, new byte[64]);
        assertThat(json(response))
                .isEqualTo("{\"model_name\":\"add-sub\",\"model_version\":\"1\",\"id\":\"7\",\"outputs\":["
                        + "{\"name\":\"OUTPUT0\",\"shape\":[1,16],\"datatype\":\"INT32\",\"data\":"
                        + "[7,7,7,7,7,7,7,7,7,7,7,7,7,7,7,7]},{\"name\":\"OUTPUT1\",\"shape\":[1,16],"
                        + "\"datatype\":\"INT32\",\"parameters\":{\"binary_data_size\":64}}]}");
        assertThat(HexFormat.of().formatHex(tail(response))).isEqualTo("f9ffffff".repeat(16));
    }

    @Test
    void binaryInputsGiveJsonUnlessBinaryIsAskedFor() throws Exception {
        String json = "{\"inputs\":[{\"name\":\"x\",\"shape\":[2],\"datatype\":\"INT8\","
                + "\"parameters\":{\"binary_data_size\":2}}]}";
        HttpResponse<byte[]> response = infer("identity-int8", json, new byte[] {1, -1});
        assertThat(new String(response.body(), UTF_8))
                .isEqualTo("{\"model_name\":\"identity-int8\",\"model_version\":\"1\",\"outputs\":["
                        + "{\"name\":\"y\",\"shape\":[2],\"datatype\":\"INT8\",\"data\":[1,-1]}]}");
        assertThat(response.headers().firstValue("content-type")).contains("application/json");
        assertThat(response.headers().firstValue(HEADER)).isEmpty();
    }

    @Test
    void aBodyWithoutJsonIsTheOnlyInputAndTheReplyIsBinary() throws Exception {
        HttpResponse<byte[]> numbers = infer("identity-int16", "", new byte[] {1, 0, 2, 0});
        assertThat(json(numbers)).contains("\"shape\":[2],\"datatype\":\"INT16\"");
        assertThat(tail(numbers)).containsExactly(1, 0, 2, 0);
        HttpResponse<byte[]> string = infer("identity-bytes", "", "äb".getBytes(UTF_8));
        assertThat(json(string)).contains("\"shape\":[1],\"datatype\":\"BYTES\"");
        assertThat(HexFormat.of().formatHex(tail(string))).isEqualTo("03000000c3a462");
    }

    @Test
    void errorsAreJson() throws Exception {
        HttpResponse<byte[]> two = infer("add-sub", "", new byte[4]);
        assertThat(two.statusCode()).isEqualTo(400);
        assertThat(two.headers().firstValue("content-type")).contains("application/json");
        assertThat(new String(two.body(), UTF_8))
                .isEqualTo("{\"error\":\"a request without JSON needs a model with exactly one input: this one has"
                        + " 2\"}");
        HttpResponse<byte[]> lie = server.send(
                "/v2/models/add-sub/infer",
                Map.of(HEADER, "3", "Content-Type", "application/octet-stream"),
                "{}".getBytes(UTF_8));
        assertThat(lie.statusCode()).isEqualTo(400);
        assertThat(new String(lie.body(), UTF_8))
                .isEqualTo("{\"error\":\"" + HEADER + ": expected a number from 0 to the body's 2 bytes, found 3\"}");
    }

    private static HttpResponse<byte[]> infer(String model, String json, byte[] tail) throws Exception {
        byte[] head = json.getBytes(UTF_8);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(head);
        body.writeBytes(tail);
        Map<String, String> headers =
                Map.of(HEADER, Integer.toString(head.length), "Content-Type", "application/octet-stream");
        return server.send("/v2/models/" + model + "/infer", headers, body.toByteArray());
    }

    private static int jsonLength(HttpResponse<byte[]> response) {
        assertThat(response.statusCode()).as(new String(response.body(), UTF_8)).isEqualTo(200);
        return Integer.parseInt(response.headers().firstValue(HEADER).orElseThrow());
    }

    private static String json(HttpResponse<byte[]> response) {
        return new String(response.body(), 0, jsonLength(response), UTF_8);
    }

    private static byte[] tail(HttpResponse<byte[]> response) {
        return Arrays.copyOfRange(response.body(), jsonLength(response), response.body().length);
    }
}
