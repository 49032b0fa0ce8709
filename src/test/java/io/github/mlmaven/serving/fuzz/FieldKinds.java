package io.github.mlmaven.serving.fuzz;

import static io.github.mlmaven.serving.fuzz.Wrong.exactly;

import io.github.mlmaven.model.Datatype;
import java.util.Arrays;
import java.util.List;

/** JSON of the Open Inference Protocol in which a field of an input is none, is missing or is another one. */
final class FieldKinds {

    /** What an input is called before and after its name is known. */
    private static final String X = "input(s\\[0\\]| x)";

    private FieldKinds() {}

    static List<Kind<Wrong>> kinds() {
        return List.of(
                Kind.each(
                        "a field is missing",
                        List.of("name", "shape", "datatype", "data"),
                        (dice, field) -> Document.identity(dice)
                                .without(field)
                                .wrong(
                                        field.equals("name")
                                                ? "^" + exactly("inputs[0] has no name")
                                                : "^input x has no " + field)),
                Kind.each("a field is given twice", List.of("name", "shape", "datatype", "data"), (dice, field) -> {
                    Document document = Document.identity(dice);
                    String text = document.toString();
                    String pair = text.replaceFirst(".*(\"" + field + "\":(\\[.*?\\]|\".*?\")).*", "$1");
                    return Wrong.of(
                            document.post(text.replace(pair, pair + "," + pair)),
                            400,
                            X + ": " + field + " is given twice");
                }),
                Kind.each(
                        "a name that is none",
                        List.of("7", "null", "[]", "{}", "true"),
                        (dice, name) -> Document.identity(dice)
                                .x("name", name)
                                .wrong(exactly("inputs[0]: name: expected a string, found "))),
                new Kind<>(
                        "an empty name",
                        1,
                        (dice, turn) -> Document.identity(dice)
                                .x("name", "\"\"")
                                .wrong("^" + exactly("inputs[0] has no name"))),
                Kind.each(
                        "a shape that is none",
                        List.of("3", "null", "\"[3]\"", "{}", "true"),
                        (dice, shape) -> Document.identity(dice)
                                .x("shape", shape)
                                .wrong(X + ": shape: expected an array, found .")),
                Kind.each(
                        "data that are none",
                        List.of("3", "null", "\"abc\"", "{}", "true", "{\"0\":1}"),
                        (dice, data) -> Document.identity(dice)
                                .x("data", data)
                                .wrong("^input x: data: expected an array, found .")),
                Kind.each(
                        "an unknown datatype",
                        List.of("\"FLOAT\"", "\"fp32\"", "\"\"", "\"TYPE_FP32\"", "\"FP32 \"", "\"STRING\"", "\"FP8\""),
                        (dice, datatype) -> Document.identity(dice)
                                .x("datatype", datatype)
                                .wrong(X + exactly(": datatype: expected one of [BOOL, INT8, ") + ".*, found "
                                        + exactly(datatype))),
                Kind.each(
                        "a datatype that is none",
                        List.of("1", "null", "[\"FP32\"]", "{}"),
                        (dice, datatype) -> Document.identity(dice)
                                .x("datatype", datatype)
                                .wrong(X + ": datatype: expected a string, found .")),
                Kind.each("another datatype", Arrays.asList(Datatype.values()), (dice, datatype) -> {
                    Datatype other = datatype == Datatype.FP64 ? Datatype.FP32 : Datatype.FP64;
                    return Wrong.of(
                            Post.infer(Document.model(other))
                                    .body(Document.identity(dice, datatype, 2).toString()),
                            400,
                            "^input x: expected datatype " + other + ", found " + datatype + "$");
                }),
                Kind.each(
                        "parameters that are none",
                        List.of("1", "\"a\"", "[]", "true"),
                        (dice, value) -> Document.identity(dice)
                                .x("parameters", value)
                                .wrong(X + ": parameters: expected an object, found .")),
                Kind.each(
                        "a binary size that is none",
                        List.of("-1", "1.5", "\"4\"", "null", "1e3", "99999999999999999999", "[]"),
                        (dice, size) -> Document.identity(dice)
                                .without("data")
                                .x("parameters", "{\"binary_data_size\":" + size + "}")
                                .wrong(X + ": binary_data_size: expected a whole number of 0 or more, found .")),
                new Kind<>(
                        "binary without the header",
                        5,
                        (dice, turn) -> Document.identity(dice)
                                .without("data")
                                .x("parameters", "{\"binary_data_size\":4}")
                                .wrong("^input x: binary_data_size needs the header Inference-Header-Content-Length$")),
                new Kind<>(
                        "data twice, in JSON and binary",
                        3,
                        (dice, turn) -> Document.identity(dice)
                                .x("parameters", "{\"binary_data_size\":4}")
                                .wrong(
                                        "^input x: expected either data or the parameter binary_data_size, found both$")),
                new Kind<>(
                        "shared memory",
                        2,
                        (dice, turn) -> Document.identity(dice)
                                .x("parameters", "{\"shared_memory_region\":\"a\"}")
                                .wrong(X + ": shared_memory_region is not supported")));
    }
}
