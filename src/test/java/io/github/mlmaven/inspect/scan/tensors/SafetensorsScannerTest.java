package io.github.mlmaven.inspect.scan.tensors;

import static io.github.mlmaven.inspect.scan.tensors.Safetensors.file;
import static io.github.mlmaven.inspect.scan.tensors.Safetensors.tensor;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mlmaven.inspect.scan.Kind;
import io.github.mlmaven.inspect.scan.ScanResult;
import io.github.mlmaven.inspect.scan.read.Bytes;
import io.github.mlmaven.inspect.scan.read.Scanned;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SafetensorsScannerTest {

    private static final String A = tensor("a", "F32", "[2]", 0, 8);

    @TempDir
    Path folder;

    @Test
    void soundWeightsAreRecognisedAndNotServed() throws Exception {
        ScanResult result = Scanned.of(folder, "model.safetensors", Safetensors.sound());

        assertThat(result.kind()).isEqualTo(Kind.OTHER_MODEL);
        assertThat(result.format()).isEqualTo("safetensors weights, 2 tensors");
        assertThat(Scanned.lines(result))
                .containsExactly("ML-MODEL-UNSERVED: m/model.safetensors: the format is recognised but not served;"
                        + " expected an ONNX model, found safetensors weights, 2 tensors."
                        + " Convert the model that the weights belong to: `optimum-cli export onnx --model DIR out/`.");
    }

    static List<Arguments> broken() {
        return List.of(
                Arguments.of(
                        "ML-MODEL-CORRUPT: m/w: the header is longer than the format allows;"
                                + " expected at most 100000000 bytes, found 18446744073709551615 bytes.",
                        new Bytes().u64(-1).text("{\"a\":1}").toBytes()),
                Arguments.of(
                        "ML-MODEL-TRUNCATED: m/w: it ends too early; expected a header of 4096 bytes,"
                                + " found 7 bytes for it.",
                        new Bytes().u64(4096).text("{\"a\":1}").toBytes()),
                Arguments.of(
                        "ML-MODEL-CORRUPT: m/w: the header is not JSON; expected JSON,"
                                + " found something else before character 5.",
                        file("{\"a\":x}", 0)),
                Arguments.of(
                        "ML-MODEL-CORRUPT: m/w: something follows the header's object; expected only spaces,"
                                + " found something else.",
                        file("{} {}", 0)),
                Arguments.of(
                        "ML-MODEL-CORRUPT: m/w: the header has a key twice; expected each key once, found another 'a'.",
                        file("{" + A + "," + tensor("a", "F32", "[2]", 8, 16) + "}", 16)),
                Arguments.of(
                        "ML-MODEL-CORRUPT: m/w: tensor 'a' has dtype twice; expected it once, found something else.",
                        file("{\"a\":{\"dtype\":\"F32\",\"dtype\":\"I8\"}}", 0)),
                Arguments.of(
                        "ML-MODEL-CORRUPT: m/w: tensor 'a' has a key that the format does not have;"
                                + " expected dtype, shape and data_offsets, found 'code'.",
                        file("{\"a\":{\"code\":\"F32\"}}", 0)),
                Arguments.of(
                        "ML-MODEL-CORRUPT: m/w: tensor 'a' has no shape; expected dtype, shape and data_offsets,"
                                + " found no shape.",
                        file("{\"a\":{\"dtype\":\"F32\",\"data_offsets\":[0,0]}}", 0)),
                Arguments.of(
                        "ML-MODEL-CORRUPT: m/w: tensor 'a' has an unknown dtype; expected a dtype of safetensors, such"
                                + " as F32, found 'F33'.",
                        file("{" + tensor("a", "F33", "[2]", 0, 8) + "}", 8)),
                Arguments.of(
                        "ML-MODEL-CORRUPT: m/w: tensor 'a' has another size than its shape and dtype;"
                                + " expected 8 bytes, found 4 bytes.",
                        file("{" + tensor("a", "F32", "[2]", 0, 4) + "}", 4)),
                Arguments.of(
                        "ML-MODEL-CORRUPT: m/w: tensor 'a' has more elements than can be counted;"
                                + " expected at most 2^63-1 bits, found more.",
                        file("{" + tensor("a", "F32", "[4294967296,4294967296]", 0, 8) + "}", 8)),
                Arguments.of(
                        "ML-MODEL-CORRUPT: m/w: tensor 'a' does not fill its last byte;"
                                + " expected a multiple of 8 bits, found 12 bits.",
                        file("{" + tensor("a", "F4", "[3]", 0, 2) + "}", 2)),
                Arguments.of(
                        "ML-MODEL-CORRUPT: m/w: tensor 'a' has an impossible number in its data_offsets;"
                                + " expected 0 to 2^63-1, found '-8'.",
                        file("{" + tensor("a", "F32", "[2]", -8, 0) + "}", 8)),
                Arguments.of(
                        "ML-MODEL-CORRUPT: m/w: tensor 'a' ends before it starts; expected an end from 8 on, found 0.",
                        file("{" + tensor("a", "F32", "[2]", 8, 0) + "}", 8)),
                Arguments.of(
                        "ML-MODEL-CORRUPT: m/w: tensor 'b' lies within another one; expected a start at byte 8,"
                                + " found byte 4.",
                        file("{" + tensor("b", "F32", "[2]", 4, 12) + "," + A + "}", 12)),
                Arguments.of(
                        "ML-MODEL-CORRUPT: m/w: there are bytes of no tensor before tensor 'b';"
                                + " expected a start at byte 8, found byte 12.",
                        file("{" + A + "," + tensor("b", "F32", "[2]", 12, 20) + "}", 20)),
                Arguments.of(
                        "ML-MODEL-CORRUPT: m/w: there are bytes of no tensor at the end;"
                                + " expected 8 bytes behind the header, found 9 bytes.",
                        file("{" + A + "}", 9)),
                Arguments.of(
                        "ML-MODEL-TRUNCATED: m/w: it ends too early; expected 8 bytes behind the header, found 7 bytes.",
                        file("{" + A + "}", 7)),
                Arguments.of(
                        "ML-MODEL-CORRUPT: m/w: __metadata__ holds more than texts; expected a text,"
                                + " found another value of 'x\\u001b'.",
                        file("{\"__metadata__\":{\"x\\u001b\":{}}}", 0)),
                Arguments.of(
                        "ML-MODEL-CORRUPT: m/w: __metadata__ has a key twice; expected each key once,"
                                + " found another 'x'.",
                        file("{\"__metadata__\":{\"x\":\"1\",\"x\":\"2\"}}", 0)));
    }

    @ParameterizedTest
    @MethodSource("broken")
    void aBrokenHeaderIsSaidExactly(String expected, byte[] bytes) throws Exception {
        ScanResult result = Scanned.of(folder, "w", bytes);

        assertThat(result.kind()).isEqualTo(Kind.OTHER_MODEL);
        assertThat(Scanned.lines(result)).singleElement().asString().startsWith(expected);
    }

    @Test
    void aHundredThousandTensorsInAnyOrderAreHeldAgainstEachOther() throws Exception {
        String header = IntStream.range(0, 100_000)
                .map(i -> 99_999 - i)
                .mapToObj(i -> tensor("t" + i, "U8", "[1]", i, i + 1))
                .collect(Collectors.joining(",", "{", "}"));

        assertThat(Scanned.of(folder, "w", file(header, 100_000)).format())
                .isEqualTo("safetensors weights, 100000 tensors");
    }

    @Test
    void emptyTensorsTakeNoPlace() throws Exception {
        byte[] bytes = file("{" + tensor("e", "F32", "[0,3]", 8, 8) + "," + A + "}", 8);

        assertThat(Scanned.of(folder, "w", bytes).format()).isEqualTo("safetensors weights, 2 tensors");
    }

    @Test
    void textWithABraceAtThisPlaceIsText() throws Exception {
        assertThat(Scanned.of(folder, "a.js", "var a = {\"a\": 1}").format()).isEqualTo("text");
    }
}
