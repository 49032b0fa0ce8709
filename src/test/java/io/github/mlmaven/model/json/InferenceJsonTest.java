package io.github.mlmaven.model.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mlmaven.model.Datatype;
import io.github.mlmaven.model.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class InferenceJsonTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "BOOL   | true,false | true,false",
                "INT8   | -128,127 | -128,127",
                "INT16  | -32768,32767 | -32768,32767",
                "INT32  | -2147483648,2147483647 | -2147483648,2147483647",
                "INT64  | -9223372036854775808,9223372036854775807 | -9223372036854775808,9223372036854775807",
                "UINT8  | 0,255 | 0,255",
                "UINT16 | 0,65535 | 0,65535",
                "UINT32 | 0,4294967295 | 0,4294967295",
                "UINT64 | 0,18446744073709551615 | 0,18446744073709551615",
                "FP16   | 65504,-0.1 | 65504.0,-0.099975586",
                "FP16   | 6e-8,65519.9 | 5.9604645E-8,65504.0",
                "BF16   | 1,3.39e38 | 1.0,3.3895314E38",
                "FP32   | 3.4028235e38,0.1 | 3.4028235E38,0.1",
                "FP32   | 16777217,1e-50 | 1.6777216E7,0.0",
                "FP64   | 1.7976931348623157e308,5e-324 | 1.7976931348623157E308,4.9E-324",
                "FP32   | \"NaN\",\"-Infinity\" | \"NaN\",\"-Infinity\"",
                "FP16   | \"Infinity\",\"NaN\" | \"Infinity\",\"NaN\"",
                "FP64   | \"Infinity\",-0.0 | \"Infinity\",-0.0",
                "BYTES  | \"\",\"ä😀\\u0000\" | \"\",\"ä😀\\u0000\"",
            })
    void everyDatatypeIsReadAndWritten(String datatype, String read, String written) throws Exception {
        List<Tensor> tensors = inputs(tensor(datatype, "[2]", "[" + read + "]"));
        assertThat(new String(InferenceJson.request(tensors), UTF_8))
                .isEqualTo("{\"inputs\":[" + tensor(datatype, "[2]", "[" + written + "]") + "]}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "BOOL   | 1 | true or false | 1",
                "INT8   | 128 | a whole number from -128 to 127 | 128",
                "INT16  | -32769 | a whole number from -32768 to 32767 | -32769",
                "INT32  | 2147483648 | a whole number from -2147483648 to 2147483647 | 2147483648",
                "INT64  | 9223372036854775808 | a whole number from -9223372036854775808 to 9223372036854775807"
                        + " | 9223372036854775808",
                "INT64  | 1.0 | a whole number from -9223372036854775808 to 9223372036854775807 | 1.0",
                "UINT8  | -1 | a whole number from 0 to 255 | -1",
                "UINT16 | 65536 | a whole number from 0 to 65535 | 65536",
                "UINT32 | 4294967296 | a whole number from 0 to 4294967295 | 4294967296",
                "UINT64 | 18446744073709551616 | a whole number from 0 to 18446744073709551615 | 18446744073709551616",
                "UINT64 | -1 | a whole number from 0 to 18446744073709551615 | -1",
                "FP16   | 65520 | a number in its range | 65520",
                "BF16   | 3.38e38,3.4e38 | a number in its range | 3.4e38",
                "FP32   | 3.5e38 | a number in its range | 3.5e38",
                "FP64   | 1e309 | a number in its range | 1e309",
                "FP32   | null | a number | null",
                "FP32   | true | a number | true",
                "FP32   | {} | a number | an object",
                "FP32   | \"1\" | a number, or one of \"NaN\", \"Infinity\", \"-Infinity\" | \"1\"",
                "BYTES  | 1 | a string | 1",
                "BYTES  | \"\\ud800\" | a string of whole characters, without half a surrogate pair | \"\ud800\"",
            })
    void aValueThatDoesNotFitIsNamed(String datatype, String value, String expected, String found) {
        int at = value.contains(",") ? 1 : 0;
        assertThatThrownBy(() -> inputs(tensor(datatype, "[" + (at + 1) + "]", "[" + value + "]")))
                .isInstanceOf(TensorFormatException.class)
                .hasMessage(
                        "input x: element " + at + " of " + datatype + ": expected " + expected + ", found " + found);
    }

    @Test
    void dataMayBeFlatOrNestedAsItsShape() throws Exception {
        for (String data : List.of("[1,2,3,4,5,6]", "[[1,2,3],[4,5,6]]")) {
            assertThat(ints(inputs(tensor("INT32", "[2,3]", data)).get(0))).containsExactly(1, 2, 3, 4, 5, 6);
        }
        assertThat(ints(inputs(tensor("INT32", "[1,2,1]", "[[[7],[8]]]")).get(0)))
                .containsExactly(7, 8);
        assertThat(ints(inputs(tensor("INT32", "[]", "7")).get(0))).containsExactly(7);
        assertThat(ints(inputs(tensor("INT32", "[]", "[7]")).get(0))).containsExactly(7);
        assertThat(ints(inputs(tensor("INT32", "[0,3]", "[]")).get(0))).isEmpty();
        assertThat(ints(inputs(tensor("INT32", "[2,0]", "[[],[]]")).get(0))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[2,3] | [[1,2],[3,4],[5,6]] | data: expected arrays of 3 at depth 2 as shape [2,3], found one of 2",
                "[2,3] | [[1,2,3]] | data: expected arrays of 2 at depth 1 as shape [2,3], found one of 1",
                "[2,2] | [[1,2],3] | data: expected flat elements or arrays nested 2 deep as shape [2,2], found 3 at"
                        + " depth 1",
                "[2,2] | [[[1,2]],[[3,4]]] | element 0 of INT32: expected a whole number from -2147483648 to"
                        + " 2147483647, found an array",
                "[2]   | [[1,2]] | element 0 of INT32: expected a whole number from -2147483648 to 2147483647, found"
                        + " an array",
                "[2]   | [1] | data holds 1 elements; expected 2 for shape [2]",
                "[2]   | [1,2,3] | data holds more than the 2 elements of shape [2]",
                "[2]   | 1 | data: expected an array, found 1",
                "[-1]  | [1] | shape: expected whole numbers of 0 or more, found -1",
                "[1.5] | [1] | shape: expected whole numbers of 0 or more, found 1.5",
                "3     | [1] | shape: expected an array, found 3",
                "[4294967296,4294967296] | [1] | shape [4294967296,4294967296] has too many elements",
                "[9000000000000000000] | [1] | data holds 1 elements; expected 9000000000000000000 for shape"
                        + " [9000000000000000000]",
            })
    void dataThatDoesNotFitTheShapeIsNamed(String shape, String data, String message) {
        assertThatThrownBy(() -> inputs(tensor("INT32", shape, data)))
                .isInstanceOf(TensorFormatException.class)
                .hasMessage("input x: " + message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[]              | the document has no \"inputs\"",
                "{\"inputs\":{}} | inputs: expected an array, found an object",
                "{\"inputs\":[1]} | inputs[0]: expected an object, found 1",
                "{\"inputs\":[{}]} | inputs[0] has no name",
                "{\"inputs\":[{\"name\":\"x\"}]} | input x has no datatype",
                "{\"inputs\":[{\"name\":\"x\",\"datatype\":\"FP32\"}]} | input x has no shape",
                "{\"inputs\":[{\"name\":\"x\",\"datatype\":\"FP32\",\"shape\":[1]}]} | input x has no data",
                "{\"inputs\":[{\"name\":\"x\",\"datatype\":\"FP31\"}]} | input x: datatype: expected one of [BOOL, INT8,"
                        + " INT16, INT32, INT64, UINT8, UINT16, UINT32, UINT64, FP16, BF16, FP32, FP64, BYTES], found"
                        + " \"FP31\"",
                "{} | the document has no \"inputs\"",
                "1 | expected a JSON object",
                "{} {} | expected nothing after the JSON object",
            })
    void aDocumentThatIsNotARequestIsNamed(String document, String message) {
        assertThatThrownBy(
                        () -> InferenceJson.tensors(document.replace("[]", "{}").getBytes(UTF_8), "inputs"))
                .isInstanceOf(TensorFormatException.class)
                .hasMessage(message);
    }

    @Test
    void whatIsNotJsonIsNamedWithItsPlace() {
        assertThatThrownBy(() -> InferenceJson.tensors("{\"inputs\":[}".getBytes(UTF_8), "inputs"))
                .isInstanceOf(TensorFormatException.class)
                .hasMessage("not JSON, at line 1, column 12: Unexpected close marker '}': expected ']'");
        assertThatThrownBy(() -> InferenceJson.tensors(new byte[0], "inputs"))
                .isInstanceOf(TensorFormatException.class);
        assertThatThrownBy(() -> InferenceJson.tensors("{\"a\":".repeat(100).getBytes(UTF_8), "inputs"))
                .isInstanceOf(TensorFormatException.class)
                .hasMessageContaining("nesting depth");
    }

    @Test
    void keysMayComeInAnyOrder() throws Exception {
        String tensor =
                "{\"parameters\":{\"a\":[1]},\"data\":[[1],[2]],\"shape\":[2,1],\"datatype\":\"INT32\",\"name\":\"x\"}";
        assertThat(ints(inputs(tensor).get(0))).containsExactly(1, 2);
        String wrong = "{\"name\":\"ä\",\"data\":[1],\"datatype\":\"INT32\",\"shape\":[2]}";
        assertThatThrownBy(() -> inputs(wrong)).hasMessage("input ä: data holds 1 elements; expected 2 for shape [2]");
    }

    @Test
    void aTensorGivenTwiceIsNamed() {
        String tensor = tensor("INT32", "[1]", "[1]");
        assertThatThrownBy(() -> inputs(tensor + "," + tensor)).hasMessage("input x is given twice");
    }

    @Test
    void bytesThatAreNotUtf8CannotBeWritten() {
        ByteBuffer data = ByteBuffer.allocate(5)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(1)
                .put((byte) 0xFF)
                .flip();
        Tensor tensor = new Tensor("x", Datatype.BYTES, new long[] {1}, data);
        assertThatThrownBy(() -> InferenceJson.request(List.of(tensor)))
                .isInstanceOf(TensorFormatException.class)
                .hasMessage("tensor x: element 0 of BYTES is not UTF-8, which JSON cannot carry");
    }

    @ParameterizedTest
    @EnumSource(
            value = Datatype.class,
            names = {"BYTES", "BOOL"},
            mode = EnumSource.Mode.EXCLUDE)
    void whatIsWrittenIsReadBitByBit(Datatype datatype) throws Exception {
        int elements = datatype == Datatype.FP16 || datatype == Datatype.BF16 ? 1 << 16 : 10_000;
        ByteBuffer data = ByteBuffer.allocate(elements * datatype.size()).order(ByteOrder.LITTLE_ENDIAN);
        Random random = new Random(1);
        for (int i = 0; i < elements; i++) {
            switch (datatype) {
                case FP16, BF16 -> {
                    SmallFloat format = SmallFloat.valueOf(datatype.name());
                    short every = (short) i;
                    data.putShort(Float.isNaN(format.decode(every)) ? 0 : every);
                }
                case FP32 -> {
                    float value = Float.intBitsToFloat(random.nextInt());
                    data.putFloat(Float.isNaN(value) ? 0 : value);
                }
                case FP64 -> {
                    double value = Double.longBitsToDouble(random.nextLong());
                    data.putDouble(Double.isNaN(value) ? 0 : value);
                }
                default -> {
                    for (int b = 0; b < datatype.size(); b++) {
                        data.put((byte) random.nextInt());
                    }
                }
            }
        }
        Tensor tensor = new Tensor("x", datatype, new long[] {elements}, data.flip());
        Tensor read = InferenceJson.tensors(InferenceJson.request(List.of(tensor)), "inputs")
                .get(0);
        assertThat(read.data()).isEqualTo(tensor.data());
    }

    private static String tensor(String datatype, String shape, String data) {
        return "{\"name\":\"x\",\"shape\":" + shape + ",\"datatype\":\"" + datatype + "\",\"data\":" + data + "}";
    }

    private static List<Tensor> inputs(String tensors) throws TensorFormatException {
        return InferenceJson.tensors(("{\"id\":\"1\",\"inputs\":[" + tensors + "]}").getBytes(UTF_8), "inputs");
    }

    private static int[] ints(Tensor tensor) {
        int[] ints = new int[(int) tensor.elements()];
        tensor.data().asIntBuffer().get(ints);
        return ints;
    }
}
