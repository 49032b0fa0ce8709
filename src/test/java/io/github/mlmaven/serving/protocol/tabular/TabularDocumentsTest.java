package io.github.mlmaven.serving.protocol.tabular;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.mlmaven.model.Contract;
import io.github.mlmaven.model.json.ElementMemory;
import io.github.mlmaven.model.json.InferenceJson;
import io.github.mlmaven.model.json.JsonText;
import io.github.mlmaven.model.json.TensorFormatException;
import java.util.EnumSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests in JSON, and what is wrong with them. Two tables, and so long. */
class TabularDocumentsTest {

    private static final String MIXED =
            tensors("features,[2,2],FP32,1.0|2.0|3.0|\"NaN\"", "count,[2,1],INT64,7|8", "ratio,[2],FP64,0.5|0.25");

    static Stream<Arguments> requests() {
        String matrix = tensors("x,[2,3],FP32,1.0|2.0|3.0|4.0|5.0|6.0");
        return Stream.of(
                // TensorFlow Serving's row form
                arguments(Contracts.MATRIX, "{`instances`:[[1,2,3],[4,5,6]]}", matrix),
                arguments(Contracts.MATRIX, "{`instances`:[{`x`:[1,2,3]},{`x`:[4,5,6]}],`signature_name`:`s`}", matrix),
                arguments(
                        Contracts.MIXED,
                        "{`instances`:[{`ratio`:0.5,`features`:[1,2],`count`:7},{`features`:[3,null],`count`:[8],`ratio`:0.25}]}",
                        MIXED),
                arguments(Contracts.IMAGE, "{`instances`:[[[1,2],[3,4]]]}", tensors("x,[1,2,2],FP32,1.0|2.0|3.0|4.0")),
                arguments(Contracts.FREE, "{`instances`:[[1],[2]]}", tensors("x,[2,1],INT64,1|2")),
                arguments(Contracts.FREE, "{`instances`:[[],[]]}", tensors("x,[2,0],INT64,")),
                arguments(
                        Contracts.TEXT,
                        "{`instances`:[`a`,{`b64`:`YsOk`},{`x`:`c`}]}",
                        tensors("x,[3],BYTES,`a`|`bä`|`c`")),
                arguments(Contracts.FIXED, "{`instances`:[[1,2]]}", tensors("x,[1,2],INT32,1|2")),
                arguments(
                        Contracts.HALF,
                        "{`instances`:[null,`-Infinity`]}",
                        tensors("x,[2],FP16,\"NaN\"|\"-Infinity\"")),
                // and its column form
                arguments(Contracts.MATRIX, "{`inputs`:[[1,2,3],[4,5,6]]}", matrix),
                arguments(Contracts.MATRIX, "{`parameters`:{`a`:[{}]},`inputs`:{`x`:[[1,2,3],[4,5,6]]}}", matrix),
                arguments(
                        Contracts.MIXED,
                        "{`inputs`:{`count`:[[7],8],`ratio`:[0.5,0.25],`features`:[[1,2],[3,`NaN`]]}}",
                        MIXED),
                arguments(Contracts.SCALAR, "{`inputs`:3}", tensors("x,[],FP32,3.0")),
                arguments(Contracts.MATRIX, "{`inputs`:[]}", tensors("x,[0,3],FP32,")),
                // tables, of pandas
                arguments(
                        Contracts.MATRIX,
                        "{`dataframe_split`:{`columns`:[`a`,`b`,`c`],`index`:[0,1],`data`:[[1,2,3],[4,5,6]]}}",
                        matrix),
                arguments(
                        Contracts.MATRIX,
                        "{`dataframe_split`:{`data`:[[1,2,3],[4,5,6]],`columns`:[0,1,2]},`params`:{}}",
                        matrix),
                arguments(
                        Contracts.MATRIX, "{`dataframe_split`:{`columns`:[`x`],`data`:[[[1,2,3]],[[4,5,6]]]}}", matrix),
                arguments(
                        Contracts.MIXED,
                        "{`dataframe_split`:{`columns`:[`a`,`count`,`b`,`ratio`],`data`:[[1,7,2,0.5],[3,8,null,0.25]]}}",
                        MIXED),
                arguments(Contracts.MATRIX, "{`dataframe_records`:[{`a`:1,`b`:2,`c`:3},{`a`:4,`b`:5,`c`:6}]}", matrix),
                arguments(
                        Contracts.MATRIX,
                        "{`params`:[],`dataframe_records`:[{`a`:1,`b`:2,`c`:3},{`a`:4,`c`:6,`b`:5}]}",
                        matrix),
                arguments(
                        Contracts.MIXED,
                        "{`dataframe_records`:[{`a`:1,`b`:2,`count`:7,`ratio`:0.5},{`ratio`:0.25,`b`:null,`count`:8,`a`:3}]}",
                        MIXED),
                arguments(
                        Contracts.WORDS,
                        "{`dataframe_records`:[{`b`:`B`,`a`:`A`}]}",
                        tensors("a,[1],BYTES,`A`", "b,[1,1],BYTES,`B`")),
                arguments(Contracts.TEXT, "{`dataframe_records`:[{`anything`:`A`}]}", tensors("x,[1],BYTES,`A`")));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void theValuesBecomeTensors(Contract contract, String request, String expected) throws Exception {
        assertThat(new String(InferenceJson.request(read(contract, request).inputs()), UTF_8))
                .isEqualTo(json(expected));
    }

    static Stream<Arguments> wrong() {
        String any = "exactly one of `dataframe_split`, `dataframe_records`, `instances`, `inputs`";
        String mixed = "features FP32[N,2], count INT64[N,1], ratio FP64[N]";
        return Stream.of(
                arguments(Contracts.MATRIX, "", "expected a JSON object with " + any + ", found nothing"),
                arguments(Contracts.MATRIX, "[[1,2,3]]", "expected a JSON object with " + any + ", found an array"),
                arguments(Contracts.MATRIX, "{}", "expected " + any + ", found none"),
                arguments(Contracts.MATRIX, "{`Instances`:[]}", "expected " + any + ", found none"),
                arguments(
                        Contracts.MATRIX,
                        "{`instances`:[[1,2,3]],`inputs`:1}",
                        "expected " + any + ", found `instances` and `inputs`"),
                arguments(Contracts.MATRIX, "{`instances`:[[1,2,3]]} {}", "expected nothing after the JSON object"),
                arguments(
                        Contracts.MATRIX,
                        "{`instances`:[[1,2,3]]",
                        "not JSON, at line 1, column 23: Unexpected end-of-input: expected close marker for Object"),
                arguments(
                        Contracts.MATRIX,
                        "{`instances`:[[1,2,",
                        "not JSON, at line 1, column 20: Unexpected end-of-input within/between Array entries"),
                arguments(
                        Contracts.MATRIX,
                        "{`instances`:{`x`:[[1,2,3]]}}",
                        "instances: expected an array, found an object"),
                arguments(Contracts.MATRIX, "{`instances`:[]}", "instances: expected at least one, found none"),
                arguments(
                        Contracts.MATRIX,
                        "{`instances`:[1,2,3]}",
                        "instances[0]: input x: expected shape [3], found 1 instead of an array at depth 1"),
                arguments(
                        Contracts.MATRIX,
                        "{`instances`:[[1,2,3],[1,2]]}",
                        "instances[1]: input x: expected shape [3], found an array of 2 at depth 1"),
                arguments(
                        Contracts.MATRIX,
                        "{`instances`:[[1,2,3,[4],{}]]}",
                        "instances[0]: input x: expected shape [3], found an array of 5 at depth 1"),
                arguments(
                        Contracts.MATRIX,
                        "{`instances`:[[[1,2,3]]]}",
                        "instances[0]: input x: element 0 of FP32: expected a number, found an array"),
                arguments(
                        Contracts.MATRIX,
                        "{`instances`:[[1,2,`a`]]}",
                        "instances[0]: input x: element 2 of FP32: expected a number, or one of `NaN`, `Infinity`, `-Infinity`, found `a`"),
                arguments(
                        Contracts.MATRIX,
                        "{`instances`:[[1,2,1e39]]}",
                        "instances[0]: input x: element 2 of FP32: expected a number in its range, found 1e39"),
                arguments(
                        Contracts.MATRIX,
                        "{`instances`:[[1,2,NaN]]}",
                        "not JSON, at line 1, column 23: Non-standard token 'NaN': enable `JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS` to allow"),
                arguments(
                        Contracts.IMAGE,
                        "{`instances`:[[[1,2],[3,4]],[[1,2],[3]]]}",
                        "instances[1]: input x: expected shape [2,2], found an array of 1 at depth 2"),
                arguments(
                        Contracts.FREE,
                        "{`instances`:[[1],[2,3]]}",
                        "instances[1]: input x: expected shape [1], found an array of 2 at depth 1"),
                arguments(
                        Contracts.FREE,
                        "{`instances`:[1]}",
                        "instances[0]: input x: expected shape [M], found 1 instead of an array at depth 1"),
                arguments(
                        Contracts.FREE,
                        "{`instances`:[[null]]}",
                        "instances[0]: input x: element 0 of INT64: expected a whole number from -9223372036854775808 to 9223372036854775807, found null"),
                arguments(
                        Contracts.FREE,
                        "{`instances`:[[1.0]]}",
                        "instances[0]: input x: element 0 of INT64: expected a whole number from -9223372036854775808 to 9223372036854775807, found 1.0"),
                arguments(
                        Contracts.SMALL,
                        "{`instances`:[255,256]}",
                        "instances[1]: input x: element 1 of UINT8: expected a whole number from 0 to 255, found 256"),
                arguments(
                        Contracts.UNSIGNED,
                        "{`instances`:[18446744073709551615,18446744073709551616]}",
                        "instances[1]: input x: element 1 of UINT64: expected a whole number from 0 to 18446744073709551615, found 18446744073709551616"),
                arguments(
                        Contracts.FLAGS,
                        "{`instances`:[[true,0]]}",
                        "instances[0]: input x: element 1 of BOOL: expected true or false, found 0"),
                arguments(
                        Contracts.FIXED,
                        "{`instances`:[[1,2],[3,4]]}",
                        "input x INT32[1,2]: expected 1 in the first dimension, found 2"),
                arguments(
                        Contracts.SCALAR,
                        "{`instances`:[1]}",
                        "input x FP32[] has no batch dimension: it cannot be given row by row"),
                arguments(
                        Contracts.MIXED,
                        "{`instances`:[[1,2]]}",
                        "instances[0]: expected an object with " + mixed + ", found an array"),
                arguments(
                        Contracts.MIXED,
                        "{`instances`:[{`count`:1,`features`:[1,2]}]}",
                        "instances[0]: missing input ratio FP64[N]"),
                arguments(
                        Contracts.MIXED,
                        "{`instances`:[{`count`:1,`count`:1}]}",
                        "instances[0]: input count is given twice"),
                arguments(
                        Contracts.MIXED,
                        "{`instances`:[{`counts`:1}]}",
                        "instances[0]: unknown input counts: expected " + mixed),
                arguments(
                        Contracts.TEXT,
                        "{`instances`:[{`b64`:`?`}]}",
                        "instances[0]: input x: element 0 of BYTES: expected a string, found a `b64` that is not Base64"),
                arguments(
                        Contracts.TEXT,
                        "{`instances`:[{`b64`:`YQ==`,`x`:1}]}",
                        "instances[0]: input x: element 0 of BYTES: expected a string, found an object other than {`b64`:`…`}"),
                arguments(
                        Contracts.MATRIX,
                        "{`inputs`:[[1,2,3],[4]]}",
                        "inputs: input x: expected shape [N,3], found an array of 1 at depth 2"),
                arguments(Contracts.MATRIX, "{`inputs`:{`y`:1}}", "inputs: unknown input y: expected x FP32[N,3]"),
                arguments(
                        Contracts.FIXED,
                        "{`inputs`:[[1,2],[3,4]]}",
                        "inputs: input x: expected shape [1,2], found an array of 2 at depth 1"),
                arguments(
                        Contracts.MIXED, "{`inputs`:{`count`:[1],`count`:[1]}}", "inputs: input count is given twice"),
                arguments(
                        Contracts.MIXED,
                        "{`inputs`:{`count`:[1]}}",
                        "inputs: missing input features FP32[N,2], ratio FP64[N]"),
                arguments(
                        Contracts.MIXED,
                        "{`inputs`:[1]}",
                        "inputs: expected an object with " + mixed + ", found an array"),
                arguments(
                        Contracts.MATRIX,
                        "{`dataframe_split`:[]}",
                        "dataframe_split: expected an object, found an array"),
                arguments(Contracts.MATRIX, "{`dataframe_split`:{`data`:[]}}", "dataframe_split has no `columns`"),
                arguments(
                        Contracts.MATRIX,
                        "{`dataframe_split`:{`columns`:[`a`,`b`,`c`]}}",
                        "dataframe_split has no `data`"),
                arguments(
                        Contracts.MATRIX,
                        "{`dataframe_split`:{`data`:[],`data`:[]}}",
                        "dataframe_split: `data` is given twice"),
                arguments(
                        Contracts.MATRIX,
                        "{`dataframe_split`:{`columns`:{}}}",
                        "dataframe_split.columns: expected an array, found an object"),
                arguments(
                        Contracts.MATRIX,
                        "{`dataframe_split`:{`columns`:[`a`,[]]}}",
                        "dataframe_split.columns[1]: expected a string, found an array"),
                arguments(
                        Contracts.MATRIX,
                        "{`dataframe_split`:{`columns`:[`a`,`b`,`a`]}}",
                        "dataframe_split.columns: column a is given twice"),
                arguments(
                        Contracts.MATRIX,
                        "{`dataframe_split`:{`columns`:[`a`,`b`]}}",
                        "dataframe_split.columns: input x FP32[N,3]: expected 3 columns, found 2: a, b"),
                arguments(
                        Contracts.MIXED,
                        "{`dataframe_split`:{`columns`:[`a`,`b`,`counts`,`ratio`]}}",
                        "dataframe_split.columns: missing column features FP32[N,2], count INT64[N,1]; unknown column a, b, counts"),
                arguments(
                        Contracts.MIXED,
                        "{`dataframe_split`:{`columns`:[`features`,`count`,`ratio`,`b`]}}",
                        "dataframe_split.columns: unknown column b"),
                arguments(
                        Contracts.MIXED,
                        "{`dataframe_split`:{`columns`:[`features`,`counts`,`ratio`]}}",
                        "dataframe_split.columns: missing column count INT64[N,1]; unknown column counts"),
                arguments(
                        Contracts.MATRIX,
                        "{`dataframe_split`:{`columns`:[`a`,`b`,`c`],`data`:{}}}",
                        "dataframe_split.data: expected an array, found an object"),
                arguments(
                        Contracts.MATRIX,
                        "{`dataframe_split`:{`columns`:[`a`,`b`,`c`],`data`:[]}}",
                        "dataframe_split.data: expected at least one row, found none"),
                arguments(
                        Contracts.MATRIX,
                        "{`dataframe_split`:{`columns`:[`a`,`b`,`c`],`data`:[1]}}",
                        "dataframe_split.data[0]: expected an array, found 1"),
                arguments(
                        Contracts.MATRIX,
                        "{`dataframe_split`:{`columns`:[`a`,`b`,`c`],`data`:[[1,2,3],[4,5]]}}",
                        "dataframe_split.data[1]: expected 3 values as columns, found 2"),
                arguments(
                        Contracts.MATRIX,
                        "{`dataframe_split`:{`data`:[[1,2,3,4]],`columns`:[`a`,`b`,`c`]}}",
                        "dataframe_split.data[0]: expected 3 values as columns, found 4"),
                arguments(
                        Contracts.MATRIX,
                        "{`dataframe_split`:{`columns`:[`a`,`b`,`c`],`data`:[[1,2,`3`]]}}",
                        "dataframe_split.data[0]: column c: input x: element 2 of FP32: expected a number, or one of `NaN`, `Infinity`, `-Infinity`, found `3`"),
                arguments(
                        Contracts.MATRIX,
                        "{`dataframe_records`:{}}",
                        "dataframe_records: expected an array, found an object"),
                arguments(
                        Contracts.MATRIX,
                        "{`dataframe_records`:[]}",
                        "dataframe_records: expected at least one, found none"),
                arguments(
                        Contracts.MATRIX,
                        "{`dataframe_records`:[{`a`:1,`b`:2,`c`:3},[]]}",
                        "dataframe_records[1]: expected an object, found an array"),
                arguments(
                        Contracts.MATRIX,
                        "{`dataframe_records`:[{`a`:1,`b`:2,`c`:3},{`a`:1,`b`:2}]}",
                        "dataframe_records[1]: missing column c"),
                arguments(
                        Contracts.MATRIX,
                        "{`dataframe_records`:[{`a`:1,`b`:2,`c`:3},{`c`:1,`b`:2}]}",
                        "dataframe_records[1]: missing column a"),
                arguments(
                        Contracts.MATRIX,
                        "{`dataframe_records`:[{`a`:1,`b`:2,`c`:3},{`a`:1,`b`:2,`c`:3,`d`:4}]}",
                        "dataframe_records[1]: column d is given twice, or not in the first record"),
                arguments(
                        Contracts.MATRIX,
                        "{`dataframe_records`:[{`a`:1,`b`:2,`c`:3},{`a`:1,`a`:2,`c`:3}]}",
                        "dataframe_records[1]: column a is given twice, or not in the first record"),
                arguments(
                        Contracts.MATRIX,
                        "{`dataframe_records`:[{`a`:1,`b`:2,`c`:3},{`c`:[],`b`:2,`a`:3}]}",
                        "dataframe_records[1]: column c: input x: element 5 of FP32: expected a number, found an array"),
                arguments(
                        Contracts.IMAGE,
                        "{`dataframe_records`:[{`a`:1}]}",
                        "dataframe_records: missing column x FP32[N,2,2]; unknown column a"));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void whatIsWrongIsSaid(Contract contract, String request, String message) {
        assertThatExceptionOfType(TensorFormatException.class)
                .isThrownBy(() -> read(contract, request))
                .withMessage(json(message));
    }

    @Test
    void aHostileHeaderIsNotListedInFull() {
        String columns = IntStream.range(0, 100)
                .mapToObj(i -> "`" + "c".repeat(50) + i + "`")
                .collect(Collectors.joining(","));
        String shown = "c".repeat(40) + "…, ";
        assertThatExceptionOfType(TensorFormatException.class)
                .isThrownBy(() -> read(Contracts.MATRIX, "{`dataframe_split`:{`columns`:[" + columns + "]}}"))
                .withMessage("dataframe_split.columns: input x FP32[N,3]: expected 3 columns, found 100: "
                        + shown.repeat(10) + "… (100)");
    }

    @Test
    void thereIsALimitOfColumns() {
        String columns = IntStream.rangeClosed(0, Columns.MAX)
                .mapToObj(Integer::toString)
                .collect(Collectors.joining(","));
        assertThatExceptionOfType(TensorFormatException.class)
                .isThrownBy(() -> read(Contracts.MATRIX, "{`dataframe_split`:{`columns`:[" + columns + "]}}"))
                .withMessage("dataframe_split.columns: expected at most 65536 columns");
    }

    @Test
    void halfASurrogatePairIsNoText() {
        assertThatExceptionOfType(TensorFormatException.class)
                .isThrownBy(() -> read(Contracts.TEXT, "{`instances`:[`\\ud800`]}"))
                .withMessageStartingWith("instances[0]: input x: element 0 of BYTES: expected a string of whole"
                        + " characters, without half a surrogate pair, found ");
    }

    @Test
    void nestingIsBounded() {
        assertThatExceptionOfType(TensorFormatException.class)
                .isThrownBy(() -> read(Contracts.MATRIX, "{`instances`:" + "[".repeat(100_000)))
                .withMessageStartingWith("instances[0]: input x: element 0 of FP32: expected a number, found an array");
        assertThatExceptionOfType(TensorFormatException.class)
                .isThrownBy(() -> read(Contracts.MATRIX, "{`params`:" + "[".repeat(100_000)))
                .withMessageContaining("Document nesting depth (81) exceeds the maximum allowed (80");
    }

    private static TabularRequest read(Contract contract, String request) throws TensorFormatException {
        return TabularDocuments.read(
                JsonText.of(json(request).getBytes(UTF_8)),
                EnumSet.allOf(TabularForm.class),
                contract,
                ElementMemory.HEAP);
    }

    /** Each {@code name,shape,datatype,data}. */
    static String tensors(String... specs) {
        return Stream.of(specs)
                .map(spec -> spec.split(",(?![^\\[]*\\])", 4))
                .map(p -> "{`name`:`" + p[0] + "`,`shape`:" + p[1] + ",`datatype`:`" + p[2] + "`,`data`:["
                        + p[3].replace('|', ',') + "]}")
                .collect(Collectors.joining(",", "{`inputs`:[", "]}"));
    }

    private static String json(String text) {
        return text.contains("JsonReadFeature") ? text : text.replace('`', '"');
    }
}
