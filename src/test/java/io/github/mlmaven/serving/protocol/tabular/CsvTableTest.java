package io.github.mlmaven.serving.protocol.tabular;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.mlmaven.model.Contract;
import io.github.mlmaven.model.json.ElementMemory;
import io.github.mlmaven.model.json.InferenceJson;
import io.github.mlmaven.model.json.TensorFormatException;
import java.nio.ByteBuffer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests in CSV, and what is wrong with them. */
class CsvTableTest {

    static Stream<Arguments> requests() {
        String matrix = TabularDocumentsTest.tensors("x,[2,3],FP32,1.0|2.5|-0.003|4.0|`NaN`|`Infinity`");
        return Stream.of(
                arguments(Contracts.MATRIX, "a,b,c\n1,2.5,-3e-3\n4,,inf\n", matrix),
                arguments(Contracts.MATRIX, "\uFEFFa,b,c\r\n1, 2.5,-.003\r\n4.,NaN,Infinity", matrix),
                arguments(
                        Contracts.MATRIX,
                        "\"a\",\"b \"\"quoted\"\"\",\"c,d\"\n\"1\",+2.5,-0.003\n\n4,nan,\"inf\"\n",
                        matrix),
                arguments(Contracts.MATRIX, "0,1,2\n1,2.5,-0.003\n4,NA,inf\n", matrix),
                arguments(
                        Contracts.MIXED,
                        "count,a,b,ratio\n7,1,2,0.5\n-8,3,4,\n",
                        TabularDocumentsTest.tensors(
                                "features,[2,2],FP32,1.0|2.0|3.0|4.0",
                                "count,[2,1],INT64,7|-8",
                                "ratio,[2],FP64,0.5|`NaN`")),
                arguments(
                        Contracts.WORDS,
                        "b,a\n\"two\nlines\", ä \n,\"\"\n",
                        TabularDocumentsTest.tensors("a,[2],BYTES,` ä `|``", "b,[2,1],BYTES,`two\\nlines`|``")),
                arguments(
                        Contracts.FLAGS, "a,b\nTrue,false\n", TabularDocumentsTest.tensors("x,[1,2],BOOL,true|false")),
                arguments(
                        Contracts.UNSIGNED,
                        "x\n18446744073709551615\n",
                        TabularDocumentsTest.tensors("x,[1],UINT64,18446744073709551615")));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void theRowsBecomeTensors(Contract contract, String csv, String expected) throws Exception {
        assertThat(new String(
                        InferenceJson.request(
                                read(contract, csv.getBytes(UTF_8)).inputs()),
                        UTF_8))
                .isEqualTo(expected.replace('`', '"'));
    }

    static Stream<Arguments> wrong() {
        String need = "CSV: expected a line with the columns' names and at least one row, found ";
        return Stream.of(
                arguments(Contracts.MATRIX, "", need + "nothing"),
                arguments(Contracts.MATRIX, "\n\n", need + "nothing"),
                arguments(Contracts.MATRIX, "a,b,c\n", need + "no row"),
                arguments(
                        Contracts.MATRIX, "1.5,2,3\n1,2,3", "CSV, line 1: expected the columns' names, found numbers"),
                arguments(Contracts.MATRIX, "a,b\n1,2\n", "CSV: input x FP32[N,3]: expected 3 columns, found 2: a, b"),
                arguments(
                        Contracts.MATRIX,
                        ",a,b,c\n0,1,2,3\n",
                        "CSV: input x FP32[N,3]: expected 3 columns, found 4: , a, b, c"),
                arguments(Contracts.MATRIX, "a,b,a\n", "CSV: column a is given twice"),
                arguments(
                        Contracts.MATRIX, "a,b,c\n1,2,3\n4,5\n", "CSV, line 3: expected 3 values as columns, found 2"),
                arguments(Contracts.MATRIX, "a,b,c\n1,2,3,4\n", "CSV, line 2: expected 3 values as columns, found 4"),
                arguments(
                        Contracts.MATRIX,
                        "a,b,c\n1,2,x\n",
                        "CSV, line 2: column c: input x: element 2 of FP32: expected a number, found \"x\""),
                arguments(
                        Contracts.MATRIX,
                        "a,b,c\n1,2,1e39\n",
                        "CSV, line 2: column c: input x: element 2 of FP32: expected a number, found \"1e39\""),
                arguments(
                        Contracts.MATRIX,
                        "a,b,c\n1,2,0x1p3\n",
                        "CSV, line 2: column c: input x: element 2 of FP32: expected a number, found \"0x1p3\""),
                arguments(
                        Contracts.SMALL,
                        "x\n1\n\"\"\n",
                        "CSV, line 3: column x: input x: element 1 of UINT8: expected a whole number from 0 to 255, found an"
                                + " empty cell"),
                arguments(
                        Contracts.SMALL,
                        "x\n1\n256\n",
                        "CSV, line 3: column x: input x: element 1 of UINT8: expected a whole number from 0 to 255, found"
                                + " \"256\""),
                arguments(
                        Contracts.FLAGS,
                        "a,b\n1,0\n",
                        "CSV, line 2: column a: input x: element 0 of BOOL: expected true or false, found \"1\""),
                arguments(
                        Contracts.MATRIX,
                        "x\n1\n",
                        "CSV: column x: a cell holds one value, too little for input x FP32[N,3]"),
                arguments(
                        Contracts.SCALAR,
                        "x\n1\n",
                        "input x FP32[] has no batch dimension: it cannot be given row by row"),
                arguments(
                        Contracts.FIXED,
                        "a,b\n1,2\n3,4\n",
                        "input x INT32[1,2]: expected 1 in the first dimension, found 2"));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void whatIsWrongIsSaid(Contract contract, String csv, String message) {
        assertThatExceptionOfType(TensorFormatException.class)
                .isThrownBy(() -> read(contract, csv.getBytes(UTF_8)))
                .withMessage(message);
    }

    @Test
    void quotesThatDoNotCloseAreAnError() {
        assertThatExceptionOfType(TensorFormatException.class)
                .isThrownBy(() -> read(Contracts.MATRIX, "a,b,c\n1,2,\"3\n".getBytes(UTF_8)))
                .withMessage("not CSV: Unclosed quoted field at end of input (record starting at line 2)");
        assertThatExceptionOfType(TensorFormatException.class)
                .isThrownBy(() -> read(Contracts.MATRIX, "a,b,c\n1,2,\"3\"4\n".getBytes(UTF_8)))
                .withMessageStartingWith("not CSV: ");
    }

    @Test
    void anotherCharsetIsAnError() {
        assertThatExceptionOfType(TensorFormatException.class)
                .isThrownBy(() -> read(Contracts.TEXT, "x\nä\n".getBytes(ISO_8859_1)))
                .withMessage("not CSV in UTF-8");
    }

    private static TabularRequest read(Contract contract, byte[] csv) throws TensorFormatException {
        return CsvTable.read(ByteBuffer.wrap(csv), contract, ElementMemory.HEAP);
    }
}
