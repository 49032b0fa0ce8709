package io.github.mlmaven.serving.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mlmaven.model.Contract;
import io.github.mlmaven.model.Datatype;
import io.github.mlmaven.model.Dimension;
import io.github.mlmaven.model.Shape;
import io.github.mlmaven.model.Tensor;
import io.github.mlmaven.model.TensorSpec;
import io.github.mlmaven.model.json.ElementMemory;
import io.github.mlmaven.model.json.TensorFormatException;
import io.github.mlmaven.serving.Tensors;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BinaryRequestTest {

    private static final Contract NO_CONTRACT = new Contract(List.of(), List.of());

    @Test
    void binaryInputsAreViewsOfTheBody() throws Exception {
        String json = "{\"inputs\":[" + input("a", "INT32", "[1,2]", 8) + "," + input("b", "UINT8", "[3]", 3) + "]}";
        byte[] body = body(json, "0100000002000000" + "070809");
        List<Tensor> inputs = read(body, json.length()).request().inputs();
        assertThat(inputs).extracting(Tensor::name).containsExactly("a", "b");
        assertThat(inputs.get(0).shape()).containsExactly(1, 2);
        assertThat(inputs.get(0).data().asIntBuffer().get(1)).isEqualTo(2);
        assertThat(Tensors.bytes(inputs.get(1))).containsExactly(7, 8, 9);
        body[body.length - 1] = 99;
        assertThat(Tensors.bytes(inputs.get(1))).containsExactly(7, 8, 99);
    }

    @Test
    void binaryAndJsonInputsMayBeMixed() throws Exception {
        String json = "{\"inputs\":[" + input("a", "INT16", "[1]", 2)
                + ",{\"name\":\"j\",\"shape\":[2],\"datatype\":\"INT8\",\"data\":[5,6]},"
                + input("b", "INT16", "[1]", 2)
                + "]}";
        List<Tensor> inputs =
                read(body(json, "0100" + "0200"), json.length()).request().inputs();
        assertThat(inputs).extracting(Tensor::name).containsExactly("a", "j", "b");
        assertThat(Tensors.bytes(inputs.get(0))).containsExactly(1, 0);
        assertThat(Tensors.bytes(inputs.get(1))).containsExactly(5, 6);
        assertThat(Tensors.bytes(inputs.get(2))).containsExactly(2, 0);
    }

    @Test
    void aTensorWithoutElementsHasNoBytes() throws Exception {
        String json = "{\"inputs\":[" + input("a", "BYTES", "[0]", 0) + "," + input("b", "FP64", "[3,0]", 0) + "]}";
        assertThat(read(body(json, ""), json.length()).request().inputs())
                .extracting(tensor -> tensor.data().remaining())
                .containsExactly(0, 0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "INT32 | [3]   | 8  | 0100000002000000 | input x: expected 3 elements of 4 bytes for INT32[3], found 8"
                        + " bytes",
                "INT32 | [1]   | 3  | 010000 | input x: expected 1 elements of 4 bytes for INT32[1], found 3 bytes",
                "FP64  | [4611686018427387904,2] | 0 | '' | input x: shape [4611686018427387904,2] has too many"
                        + " elements",
                "FP64  | [4611686018427387904] | 1 | 00 | input x: expected 4611686018427387904 elements of 8 bytes for"
                        + " FP64[4611686018427387904], found 1 bytes",
                "INT32 | [3]   | 12 | 0100000002000000 | input x: binary_data_size is 12, but only 8 bytes of the body"
                        + " remain",
                "INT32 | [1]   | 9223372036854775807 | 01000000 | input x: binary_data_size is 9223372036854775807, but"
                        + " only 4 bytes of the body remain",
                "INT32 | [1]   | -4 | 01000000 | input x: binary_data_size: expected a whole number of 0 or more, found"
                        + " -4",
                "INT32 | [1]   | 4.0 | 01000000 | input x: binary_data_size: expected a whole number of 0 or more, found"
                        + " 4.0",
                "INT32 | [1]   | \"4\" | 01000000 | input x: binary_data_size: expected a whole number of 0 or more,"
                        + " found \"4\"",
                "INT32 | [1]   | 99999999999999999999 | 01000000 | input x: binary_data_size: expected a whole number"
                        + " of 0 or more, found 99999999999999999999",
                "INT32 | [1]   | 4  | 0100000002 | 1 bytes of the body belong to no input: expected inputs whose"
                        + " binary_data_size covers them",
                "BOOL  | [3]   | 3  | 000102 | input x: element 2 of BOOL: expected a byte 0 or 1, found 2",
                "BOOL  | [1]   | 1  | FF | input x: element 0 of BOOL: expected a byte 0 or 1, found 255",
                "BYTES | [1]   | 5  | 0200000061 | input x: element 0 of BYTES: its length is 2, but only 1 bytes follow",
                "BYTES | [2]   | 9  | 01000000 61 FFFFFFFF | input x: element 1 of BYTES: its length is 4294967295, but"
                        + " only 0 bytes follow",
                "BYTES | [1]   | 4  | 00000080 | input x: element 0 of BYTES: its length is 2147483648, but only 0 bytes"
                        + " follow",
                "BYTES | [1]   | 3  | 000000 | input x: element 0 of BYTES: expected a length of 4 bytes, found 3",
                "BYTES | [2]   | 5  | 0100000061 | input x: data holds 1 elements; expected 2 for shape [2]",
                "BYTES | [1]   | 10 | 0100000061 0100000062 | input x: 5 bytes follow the 1 elements of shape [1]",
                "BYTES | [0]   | 1  | 00 | input x: 1 bytes follow the 0 elements of shape [0]",
            })
    void sizesThatLieAreNamed(String datatype, String shape, String size, String hex, String message) {
        String json = "{\"inputs\":[{\"name\":\"x\",\"shape\":" + shape + ",\"datatype\":\"" + datatype
                + "\",\"parameters\":{\"binary_data_size\":" + size + "}}]}";
        assertThatThrownBy(() -> read(body(json, hex.replace(" ", "")), json.length()))
                .isInstanceOf(TensorFormatException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "13 | Inference-Header-Content-Length: expected a number from 0 to the body's 12 bytes, found 13",
                "-1 | Inference-Header-Content-Length: expected a number from 0 to the body's 12 bytes, found -1",
                "+1 | Inference-Header-Content-Length: expected a number from 0 to the body's 12 bytes, found +1",
                "x  | Inference-Header-Content-Length: expected a number from 0 to the body's 12 bytes, found x",
                "'' | Inference-Header-Content-Length: expected a number from 0 to the body's 12 bytes, found ",
                "99999999999999999999 | Inference-Header-Content-Length: expected a number from 0 to the body's 12"
                        + " bytes, found 99999999999999999999",
                "10 | not JSON, at line 1, column 11: Unexpected end-of-input: expected close marker for Array",
            })
    void aJsonLengthThatLiesIsNamed(String length, String message) {
        byte[] body = "{\"inputs\":[]".getBytes(UTF_8);
        assertThatThrownBy(
                        () -> InferenceDocuments.binary(ByteBuffer.wrap(body), length, NO_CONTRACT, ElementMemory.HEAP))
                .isInstanceOf(TensorFormatException.class)
                .message()
                .startsWith(length.equals("10") ? "not JSON, at line 1" : message);
    }

    @Test
    void dataAndBinaryDataExcludeEachOther() {
        String json = "{\"inputs\":[{\"name\":\"x\",\"shape\":[1],\"datatype\":\"INT8\",\"data\":[1],"
                + "\"parameters\":{\"binary_data_size\":1}}]}";
        assertThatThrownBy(() -> read(body(json, "01"), json.length()))
                .hasMessage("input x: expected either data or the parameter binary_data_size, found both");
    }

    @Test
    void binaryDataNeedsItsHeader() {
        String json = "{\"inputs\":[" + input("x", "INT8", "[1]", 1) + "]}";
        assertThatThrownBy(() -> InferenceDocuments.read(json.getBytes(UTF_8)))
                .hasMessage("input x: binary_data_size needs the header Inference-Header-Content-Length");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"parameters\":{\"binary_data_output\":1} | parameters: binary_data_output: expected true or false,"
                        + " found 1",
                "\"parameters\":[] | parameters: expected an object, found an array",
                "\"outputs\":[{\"name\":\"y\",\"parameters\":{\"binary_data\":\"yes\"}}] | outputs[0]: binary_data:"
                        + " expected true or false, found \"yes\"",
                "\"outputs\":[{\"name\":\"y\",\"parameters\":{\"classification\":3}}] | outputs[0]: classification is"
                        + " not supported",
                "\"outputs\":[{\"name\":\"y\",\"parameters\":{\"shared_memory_region\":\"r\"}}] | outputs[0]:"
                        + " shared_memory_region is not supported",
                "\"outputs\":[{\"name\":\"y\",\"parameters\":1}] | outputs[0]: parameters: expected an object, found 1",
                "\"inputs\":[{\"name\":\"x\",\"parameters\":1}] | input x: parameters: expected an object, found 1",
                "\"inputs\":[{\"name\":\"x\",\"parameters\":{\"shared_memory_region\":\"r\"}}] | input x:"
                        + " shared_memory_region is not supported",
                "\"inputs\":[],\"inputs\":[] | inputs are given twice",
            })
    void parametersOfAnotherTypeAreNamed(String fields, String message) {
        assertThatThrownBy(() -> InferenceDocuments.read(("{" + fields + "}").getBytes(UTF_8)))
                .isInstanceOf(TensorFormatException.class)
                .hasMessage(message);
    }

    @Test
    void unknownParametersAndNullsAreIgnored() throws Exception {
        String json = "{\"id\":null,\"outputs\":null,\"parameters\":{\"priority\":1,\"a\":{\"b\":[]}},\"inputs\":"
                + "[{\"name\":\"x\",\"shape\":[1],\"datatype\":\"INT8\",\"parameters\":null,\"data\":[1]}]}";
        InferenceRequest request = InferenceDocuments.read(json.getBytes(UTF_8));
        assertThat(request.id()).isEmpty();
        assertThat(request.outputs()).isEmpty();
        assertThat(request.inputs()).hasSize(1);
    }

    @Test
    void anOutputsOwnParameterGoesBeforeTheRequests() throws Exception {
        String json = "{\"parameters\":{\"binary_data_output\":true},\"inputs\":[],\"outputs\":["
                + "{\"name\":\"a\"},{\"name\":\"b\",\"parameters\":{\"binary_data\":false}}]}";
        BinaryOutputs binary = read(body(json, ""), json.length()).binary();
        assertThat(binary).isEqualTo(new BinaryOutputs(true, Map.of("b", false)));
        assertThat(binary.contains("a")).isTrue();
        assertThat(binary.contains("b")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "INT32 | 1,2    | 0100000002000000 | 1,2",
                "INT32 | -1,2   | 0100000002000000 | 1,2",
                "INT32 | -1,2   | 01000000020000000300000004000000 | 2,2",
                "INT32 | -1,2   | '' | 0,2",
                "INT16 | -1,-1  | 010002000300 | 1,3",
                "INT16 | -1,2,-1 | 01000200 | 1,2,1",
                "UINT8 | ''     | 07 | ''",
            })
    void aBodyWithoutJsonIsTheOnlyInput(String datatype, String shape, String hex, String found) throws Exception {
        OpenInferenceRequest request = raw(datatype, shape, hex);
        Tensor input = request.request().inputs().get(0);
        assertThat(input.shape()).isEqualTo(dimensions(found));
        assertThat(Tensors.bytes(input)).isEqualTo(HexFormat.of().parseHex(hex));
        assertThat(request.binary().contains("anything")).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"-1, 1", "1, 1", "'-1,1', '1,1'", "'', ''"})
    void aBodyWithoutJsonIsOneString(String shape, String found) throws Exception {
        Tensor input = raw("BYTES", shape, "616263").request().inputs().get(0);
        assertThat(input.shape()).isEqualTo(dimensions(found));
        assertThat(Tensors.strings(input)).containsExactly("abc");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "INT32 | -1,2    | 01000000 | input x INT32[?,2]: expected a multiple of 8 bytes, found 4",
                "INT32 | 2       | 01000000 | input x: expected 2 elements of 4 bytes for INT32[2], found 4 bytes",
                "INT32 | 2,-1,-1 | 01000000 | input x INT32[2,?,?]: a request without JSON cannot tell its shape: it has"
                        + " more than one variable dimension",
                "INT32 | -1,-1,-1 | 01000000 | input x INT32[?,?,?]: a request without JSON cannot tell its shape: it"
                        + " has more than one variable dimension",
                "INT32 | -1,0    | 01000000 | input x INT32[?,0]: expected a multiple of 0 bytes, found 4",
                "BOOL  | -1      | 0002 | input x: element 1 of BOOL: expected a byte 0 or 1, found 2",
                "BYTES | 2       | 6162 | input x BYTES[2]: a request without JSON holds one element of BYTES only",
            })
    void aBodyWithoutJsonThatDoesNotFitIsNamed(String datatype, String shape, String hex, String message) {
        assertThatThrownBy(() -> raw(datatype, shape, hex))
                .isInstanceOf(TensorFormatException.class)
                .hasMessage(message);
    }

    @Test
    void aBodyWithoutJsonNeedsAModelOfOneInput() {
        TensorSpec spec = new TensorSpec("x", Datatype.INT8, new Shape(List.of()));
        assertThatThrownBy(() -> InferenceDocuments.binary(
                        ByteBuffer.allocate(1), "0", new Contract(List.of(spec, spec), List.of()), ElementMemory.HEAP))
                .hasMessage("a request without JSON needs a model with exactly one input: this one has 2");
    }

    private static OpenInferenceRequest raw(String datatype, String shape, String hex) throws TensorFormatException {
        List<Dimension> dimensions = new ArrayList<>();
        for (long dimension : dimensions(shape)) {
            dimensions.add(dimension < 0 ? new Dimension.Symbolic("") : new Dimension.Fixed(dimension));
        }
        TensorSpec spec = new TensorSpec("x", Datatype.valueOf(datatype), new Shape(dimensions));
        return InferenceDocuments.binary(
                ByteBuffer.wrap(HexFormat.of().parseHex(hex)),
                "0",
                new Contract(List.of(spec), List.of()),
                ElementMemory.HEAP);
    }

    private static long[] dimensions(String shape) {
        return shape.isEmpty()
                ? new long[0]
                : List.of(shape.split(",")).stream().mapToLong(Long::parseLong).toArray();
    }

    private static String input(String name, String datatype, String shape, int size) {
        return "{\"name\":\"" + name + "\",\"shape\":" + shape + ",\"datatype\":\"" + datatype
                + "\",\"parameters\":{\"binary_data_size\":" + size + "}}";
    }

    private static byte[] body(String json, String hex) {
        byte[] head = json.getBytes(UTF_8);
        byte[] tail = HexFormat.of().parseHex(hex);
        return ByteBuffer.allocate(head.length + tail.length)
                .put(head)
                .put(tail)
                .array();
    }

    private static OpenInferenceRequest read(byte[] body, int jsonLength) throws TensorFormatException {
        return InferenceDocuments.binary(
                ByteBuffer.wrap(body), Integer.toString(jsonLength), NO_CONTRACT, ElementMemory.HEAP);
    }
}
