package io.github.mlmaven.serving.fuzz;

import static io.github.mlmaven.serving.fuzz.Wrong.exactly;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** What KServe v1, MLflow, SageMaker and Vertex AI send, made wrong. A table, and so long. */
final class TabularKinds {

    private static final String PREDICT = "/v1/models/add-sub:predict";
    private static final String INVOCATIONS = "/invocations";
    private static final String ROW = "[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16]";
    private static final String INSTANCE = "{\"INPUT0\":" + ROW + ",\"INPUT1\":" + ROW + "}";
    private static final String SPECS = "INPUT0 INT32[batch,16], INPUT1 INT32[batch,16]";
    private static final String NOT_JSON = "^not JSON, at line \\d+, column \\d+: .";

    private TabularKinds() {}

    static List<Kind<Wrong>> kinds() {
        List<Kind<Wrong>> kinds = new ArrayList<>(instances());
        kinds.addAll(tables());
        kinds.addAll(csv());
        return kinds;
    }

    private static List<Kind<Wrong>> instances() {
        String whole = "{\"instances\":[" + INSTANCE + "]}";
        return List.of(
                new Kind<>(
                        "instances cut off",
                        30,
                        (dice, turn) -> predict(whole.substring(0, dice.between(1, whole.length() - 1)), NOT_JSON)),
                Kind.each(
                        "no instances",
                        List.of("{}", "{\"instance\":[1]}", "{\"dataframe_split\":{}}", "{\"signature_name\":\"a\"}"),
                        (dice, text) ->
                                predict(text, "^expected exactly one of \"instances\", \"inputs\", found none$")),
                Kind.each(
                        "no object of instances",
                        List.of("", "[1]", "7", "null", "\"instances\""),
                        (dice, text) -> predict(
                                text,
                                "^expected a JSON object with exactly one of \"instances\", \"inputs\"," + " found .")),
                new Kind<>(
                        "instances and inputs",
                        2,
                        (dice, turn) -> predict(
                                "{\"instances\":[" + INSTANCE + "],\"" + dice.oneOf("inputs", "instances") + "\":["
                                        + INSTANCE + "]}",
                                "^expected exactly one of \"instances\", \"inputs\", found \"instances\" and \"in")),
                Kind.each(
                        "instances that are none",
                        List.of("7", "{}", "null", "\"a\""),
                        (dice, value) ->
                                predict("{\"instances\":" + value + "}", "^instances: expected an array, found .")),
                new Kind<>(
                        "not one instance",
                        1,
                        (dice, turn) ->
                                predict("{\"instances\":[]}", "^instances: expected at least one, found none$")),
                Kind.each(
                        "an instance without names",
                        List.of("7", ROW, "null", "\"a\"", "true"),
                        (dice, value) -> predict(
                                "{\"instances\":[" + INSTANCE + "," + value + "]}",
                                "^" + exactly("instances[1]: expected an object with " + SPECS + ", found "))),
                Kind.each(
                        "an instance with other names",
                        List.of("input0", "INPUT2", "", "ä"),
                        (dice, name) -> predict(
                                "{\"instances\":[{\"" + name + "\":" + ROW + "}]}",
                                "^" + exactly("instances[0]: unknown input " + name + ": expected " + SPECS) + "$")),
                new Kind<>(
                        "an instance with an input twice",
                        1,
                        (dice, turn) -> predict(
                                "{\"instances\":[" + INSTANCE.replace("INPUT1", "INPUT0") + "]}",
                                "^" + exactly("instances[0]: input INPUT0 is given twice") + "$")),
                new Kind<>(
                        "an instance without an input",
                        2,
                        (dice, turn) -> predict(
                                "{\"instances\":[" + INSTANCE + ",{\"INPUT" + turn + "\":" + ROW + "}]}",
                                "^" + exactly("instances[1]: missing input INPUT" + (1 - turn) + " INT32[batch,16]")
                                        + "$")),
                Kind.each(
                        "a row of another length",
                        List.of("[]", "[1]", "[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17]"),
                        (dice, row) -> predict(
                                "{\"instances\":[" + INSTANCE.replace(ROW, row) + "]}",
                                "^" + exactly("instances[0]: input INPUT0: expected shape [16], found an array of ")
                                        + "\\d+ at depth 1$")),
                Kind.each(
                        "a row that is none",
                        List.of("7", "\"a\"", "null", "{\"b64\":\"\"}"),
                        (dice, row) -> predict(
                                "{\"instances\":[" + INSTANCE.replace(ROW, row) + "]}",
                                "^" + exactly("instances[0]: input INPUT0: expected shape [16], found ")
                                        + ".+ instead of an" + " array at depth 1$")),
                Kind.each(
                        "an element that is none",
                        List.of("2147483648", "1.5", "\"1\"", "null", "[1]", "{}"),
                        (dice, value) -> predict(
                                "{\"instances\":[" + INSTANCE.replaceFirst("\\b3\\b", value) + "]}",
                                "^"
                                        + exactly(
                                                "instances[0]: input INPUT0: element 2 of INT32: expected a whole number from"
                                                        + " -2147483648 to 2147483647, found "))),
                Kind.each(
                        "deep instances",
                        List.of(3, 70, 1000),
                        (dice, depth) -> predict(
                                "{\"instances\":[{\"INPUT0\":" + "[".repeat(depth) + "1" + "]".repeat(depth) + "}]}",
                                "^" + exactly("instances[0]: input INPUT0: element 0 of INT32")
                                        + ".*found an array$|nesting" + " depth")),
                Kind.each(
                        "inputs of another shape",
                        List.of("[[1]]", "[" + ROW + ",[1]]", "7"),
                        (dice, value) -> predict(
                                "{\"inputs\":{\"INPUT1\":[" + ROW + "],\"INPUT0\":" + value + "}}",
                                "^" + exactly("inputs: input INPUT0: expected shape [") + ".*, found .+ at depth [12]$"
                                        + "|^the model cannot compute")),
                Kind.each(
                        "base64 that is none",
                        List.of("{\"b64\":\"!\"}", "{\"b64\":7}", "{\"b64\":\"YQ==\",\"a\":1}"),
                        (dice, value) -> Wrong.of(
                                Post.to("/v1/models/identity-bytes:predict").body("{\"instances\":[" + value + "]}"),
                                400,
                                "^" + exactly("instances[0]: input x: element 0 of BYTES: expected a string, found a")
                                        + ".*b64")),
                new Kind<>(
                        "instances that are not UTF-8",
                        1,
                        (dice, turn) -> Wrong.of(
                                Post.to("/v1/models/identity-bytes:predict")
                                        .body(
                                                "{\"instances\":[\"".getBytes(UTF_8),
                                                HexFormat.of().parseHex("c0af"),
                                                "\"]}".getBytes(UTF_8)),
                                400,
                                "^not JSON in UTF-8: byte 15 of the document, c0, begins no character$")),
                Kind.each(
                        "Vertex AI without instances",
                        List.of("{}", "{\"inputs\":[1]}", "{\"parameters\":{}}"),
                        (dice, text) ->
                                Wrong.of(Post.to("/vertex").body(text), 400, "^expected \"instances\", found none$")));
    }

    private static List<Kind<Wrong>> tables() {
        String split = "{\"dataframe_split\":{\"columns\":" + quoted(Csv.COLUMNS) + ",\"data\":[[" + Csv.ROW + "]]}}";
        String records = "{\"dataframe_records\":[{" + record(0) + "}]}";
        return List.of(
                new Kind<>(
                        "a table cut off",
                        20,
                        (dice, turn) -> invoke(split.substring(0, dice.between(1, split.length() - 1)), NOT_JSON)),
                new Kind<>(
                        "records cut off",
                        20,
                        (dice, turn) -> invoke(records.substring(0, dice.between(1, records.length() - 1)), NOT_JSON)),
                Kind.each(
                        "a table that is none",
                        List.of("7", "[]", "null", "\"a\""),
                        (dice, value) -> invoke(
                                "{\"dataframe_split\":" + value + "}",
                                "^dataframe_split: expected an object, found .")),
                Kind.each(
                        "records that are none",
                        List.of("7", "{}", "null", "\"a\""),
                        (dice, value) -> invoke(
                                "{\"dataframe_records\":" + value + "}",
                                "^dataframe_records: expected an array, found .")),
                Kind.each(
                        "a part of a table is missing",
                        List.of("columns", "data"),
                        (dice, field) -> invoke(
                                split.replace("\"" + field + "\"", "\"x\""),
                                "^dataframe_split has no \"" + field + "\"$")),
                Kind.each(
                        "a part of a table is given twice",
                        List.of("columns", "data"),
                        (dice, field) -> invoke(
                                split.replace("]]}", "]],\"" + field + "\":[]}"),
                                "^dataframe_split: \"" + field + "\" is given twice$")),
                Kind.each(
                        "a row that is no array",
                        List.of("7", "{}", "null"),
                        (dice, row) -> invoke(
                                split.replace("[[", "[" + row + ",["),
                                "^" + exactly("dataframe_split.data[0]: expected an array, found "))),
                Kind.each(
                        "rows of another length",
                        List.of("", "1", Csv.ROW + ",7"),
                        (dice, row) -> invoke(
                                split.replace("]]", "],[" + row + "]]"),
                                "^" + exactly("dataframe_split.data[1]: expected 30 values as columns, found ")
                                        + "(0|1|31)$")),
                Kind.each(
                        "a cell that is none",
                        List.of("\"a\"", "[1]", "{}", "true", "1e39"),
                        (dice, cell) -> invoke(
                                split.replace("[[0,", "[[" + cell + ","),
                                "^"
                                        + exactly(
                                                "dataframe_split.data[0]: column f0: input features: element 0 of FP32: expected a"
                                                        + " number")
                                        + ".*, found .")),
                Kind.each(
                        "a column that is no name",
                        List.of("null", "[]", "1.5", "true"),
                        (dice, name) -> invoke(
                                split.replace("\"f3\"", name),
                                "^" + exactly("dataframe_split.columns[3]: expected a string, found "))),
                new Kind<>(
                        "a column twice",
                        1,
                        (dice, turn) -> invoke(
                                split.replace("\"f3\"", "\"f2\""),
                                "^" + exactly("dataframe_split.columns: column f2 is given twice") + "$")),
                new Kind<>(
                        "a column is missing",
                        1,
                        (dice, turn) -> invoke(
                                split.replace("\"worst_fractal\"", "\"other\""),
                                "^dataframe_split.columns: missing column features .*; unknown column f0, .*other|^dataframe_split.columns")),
                Kind.each(
                        "a record that is none",
                        List.of("7", "[]", "null"),
                        (dice, value) -> invoke(
                                records.replace("]}", "," + value + "]}"),
                                "^" + exactly("dataframe_records[1]: expected an object, found "))),
                new Kind<>(
                        "records of other columns",
                        1,
                        (dice, turn) -> invoke(
                                records.replace("]}", ",{\"other\":1}]}"),
                                "^"
                                        + exactly(
                                                "dataframe_records[1]: column other is given twice, or not in the first record")
                                        + "$")),
                new Kind<>(
                        "no record",
                        1,
                        (dice, turn) -> invoke(
                                "{\"dataframe_records\":[]}",
                                "^dataframe_records: expected at least one, found none$")));
    }

    private static List<Kind<Wrong>> csv() {
        String header = String.join(",", Csv.COLUMNS);
        return List.of(
                Kind.each(
                        "CSV without rows",
                        List.of("", "\n", "\r\n\r\n", header, header + "\n"),
                        (dice, text) -> Csv.wrong(
                                text, "^CSV: expected a line with the columns' names and at least one row, found no")),
                new Kind<>("CSV cut off", 20, (dice, turn) -> {
                    String row = Csv.ROW.substring(0, dice.below(Csv.ROW.lastIndexOf(',')));
                    return Csv.wrong(header + "\n" + row, "^CSV, line 2: |^CSV: expected a line");
                }),
                Kind.each(
                        "cells that are no numbers",
                        List.of("x", "1.2.3", "0x1p3", "--1", "1e39", "\"1,5\"", "true"),
                        (dice, cell) -> Csv.wrong(
                                header + "\n" + cell + Csv.ROW.substring(1),
                                "^"
                                        + exactly(
                                                "CSV, line 2: column f0: input features: element 0 of FP32: expected a number, found "))),
                Kind.each(
                        "cells that are no whole numbers",
                        List.of("", "1.5", "9223372036854775808", "-9223372036854775809", "1e2", "NaN"),
                        (dice, cell) -> Csv.wrong(
                                header + "\n" + Csv.ROW.replaceFirst(",\\d+,(\\d+)$", "," + cell + ",$1"),
                                "^"
                                        + exactly(
                                                "CSV, line 2: column worst_symmetry_milli: input worst_symmetry_milli: element 0 of"
                                                        + " INT64: expected a whole number from ")
                                        + ".*, found .")),
                Kind.each(
                        "rows of CSV of another length",
                        List.of("1", "1,2,3", Csv.ROW + ",1", ",,"),
                        (dice, row) -> Csv.wrong(
                                header + "\n" + Csv.ROW + "\n" + row,
                                "^CSV, line 3: expected 30 values as columns, found \\d+$")),
                new Kind<>(
                        "CSV without names",
                        1,
                        (dice, turn) -> Csv.wrong(
                                Csv.ROW + ".5\n" + Csv.ROW,
                                "^CSV, line 1: expected the columns' names, found numbers$")),
                new Kind<>(
                        "CSV with a name twice",
                        1,
                        (dice, turn) -> Csv.wrong(
                                header.replace("f1,", "f2,") + "\n" + Csv.ROW, "^CSV: column f2 is given twice$")),
                new Kind<>(
                        "CSV with another number of columns",
                        2,
                        (dice, turn) -> Csv.wrong(
                                (turn == 0 ? header.substring(3) : "extra," + header) + "\n" + Csv.ROW,
                                "^" + exactly("CSV: input features FP32[N,28]: expected 28 columns, found ")
                                        + "(27|29)")),
                Kind.each(
                        "CSV with a quote that is not closed",
                        List.of("\"", "\"1", "1,\"2"),
                        (dice, row) -> Csv.wrong(header + "\n" + row, "^not CSV: .")),
                Kind.each(
                        "CSV that is not UTF-8",
                        List.of("ff", "c0af", "c3", "eda080"),
                        (dice, hex) -> Wrong.of(
                                Csv.post()
                                        .body(
                                                (header + "\n").getBytes(UTF_8),
                                                HexFormat.of().parseHex(hex)),
                                400,
                                "^not CSV in UTF-8$")));
    }

    private static Wrong predict(String body, String message) {
        return Wrong.of(Post.to(PREDICT).body(body), 400, message);
    }

    private static Wrong invoke(String body, String message) {
        return Wrong.of(
                Post.to(INVOCATIONS).header("Content-Type: application/json").body(body), 400, message);
    }

    private static String quoted(List<String> names) {
        return "[\"" + String.join("\",\"", names) + "\"]";
    }

    private static String record(int value) {
        return '"' + String.join("\":" + value + ",\"", Csv.COLUMNS) + "\":" + value;
    }
}
