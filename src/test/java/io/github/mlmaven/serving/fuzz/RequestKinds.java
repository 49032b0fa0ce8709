package io.github.mlmaven.serving.fuzz;

import static io.github.mlmaven.serving.fuzz.Wrong.exactly;

import java.util.Collections;
import java.util.List;

/** JSON of the Open Inference Protocol that asks for what the model has not, or gives it what it cannot take. */
final class RequestKinds {

    private static final String SPECS = "INPUT0 INT32[batch,16], INPUT1 INT32[batch,16]";

    private RequestKinds() {}

    static List<Kind<Wrong>> kinds() {
        return List.of(
                Kind.each(
                        "no inputs",
                        List.of("{}", "{\"input\":[]}", "{\"Inputs\":[]}", "{\"outputs\":[]}", "{\"instances\":[1]}"),
                        (dice, text) -> addSub(text, "^the request has no \"inputs\"$")),
                Kind.each(
                        "inputs that are none",
                        List.of("{}", "7", "\"a\"", "null", "false"),
                        (dice, value) -> addSub("{\"inputs\":" + value + "}", "^inputs: expected an array, found .")),
                Kind.each(
                        "an input that is none",
                        List.of("1", "\"x\"", "null", "[]", "true"),
                        (dice, value) -> addSub(
                                "{\"inputs\":[" + value + "]}",
                                "^" + exactly("inputs[0]: expected an object, found "))),
                new Kind<>("inputs twice", 2, (dice, turn) -> {
                    Document document = Document.identity(dice);
                    return document.field("a", "1,\"inputs\":" + document.inputs())
                            .wrong("^inputs are given twice$");
                }),
                new Kind<>("an input twice", 10, (dice, turn) -> {
                    Document twice = dice.below(2) == 0 ? Document.identity(dice) : Document.addSub(dice, 1);
                    return twice.again(0).wrong("^input (x|INPUT0) is given twice$");
                }),
                new Kind<>("too many inputs", 1, (dice, turn) -> {
                    StringBuilder many = new StringBuilder("{\"inputs\":[");
                    for (int i = 0; i <= 1 << 14; i++) {
                        many.append(i == 0 ? "" : ",")
                                .append("{\"name\":\"")
                                .append(i)
                                .append("\",\"shape\":[0]," + "\"datatype\":\"INT8\",\"data\":[]}");
                    }
                    return addSub(many + "]}", "^inputs: expected at most 16384$");
                }),
                new Kind<>(
                        "an input is missing",
                        4,
                        (dice, turn) -> Document.addSub(dice, 1)
                                .withoutInput(turn % 2)
                                .wrong("^" + exactly("missing input INPUT" + turn % 2 + " INT32[batch,16]") + "$")),
                new Kind<>(
                        "no input at all",
                        1,
                        (dice, turn) -> addSub("{\"inputs\":[]}", "^" + exactly("missing input " + SPECS))),
                Kind.each(
                        "an unknown input",
                        List.of("INPUT2", "input0", "ä", "x y", "\\u0000", "OUTPUT0"),
                        (dice, name) -> Document.addSub(dice, 1)
                                .x("name", '"' + name + '"')
                                .wrong("^unknown input .+: " + exactly("expected " + SPECS))),
                Kind.each("batches of different sizes", List.of(2, 3, 7), (dice, rows) -> {
                    Document one = Document.addSub(dice, 1);
                    return one.x("shape", "[" + rows + ",16]")
                            .x("data", Collections.nCopies(rows * 16, 1).toString())
                            .input(1, "shape", "[" + (rows + 1) + ",16]")
                            .input(
                                    1,
                                    "data",
                                    Collections.nCopies(rows * 16 + 16, 1).toString())
                            .wrong("^the model cannot compute this request: .+");
                }),
                Kind.each(
                        "an index out of bounds",
                        List.of("1", "-2", "9223372036854775807", "-9223372036854775808"),
                        (dice, index) -> Wrong.of(
                                Post.infer("gather")
                                        .body(
                                                "{\"inputs\":[{\"name\":\"x\",\"shape\":[1],\"datatype\":\"INT64\",\"data\":["
                                                        + index + "]}]}"),
                                400,
                                "^the model cannot compute this request: .*idx=" + index)),
                Kind.each(
                        "outputs that are none",
                        List.of("{}", "7", "\"y\"", "true"),
                        (dice, value) -> Document.identity(dice)
                                .field("outputs", value)
                                .wrong("^outputs: expected an array, found .")),
                Kind.each(
                        "an output that is none",
                        List.of("7", "\"y\"", "null", "[]"),
                        (dice, value) -> Document.identity(dice)
                                .field("outputs", "[" + value + "]")
                                .wrong("^" + exactly("outputs[0]: expected an object with a name, found "))),
                Kind.each(
                        "an output without a name",
                        List.of("{}", "{\"Name\":\"y\"}", "{\"parameters\":{}}"),
                        (dice, value) -> Document.identity(dice)
                                .field("outputs", "[" + value + "]")
                                .wrong("^" + exactly("outputs[0] has no name") + "$")),
                new Kind<>(
                        "an unknown output",
                        3,
                        (dice, turn) -> Document.identity(dice)
                                .field("outputs", "[{\"name\":\"z\"}]")
                                .wrong("^unknown output z: expected y$")),
                new Kind<>(
                        "an output twice",
                        3,
                        (dice, turn) -> Document.identity(dice)
                                .field("outputs", "[{\"name\":\"y\"},{\"name\":\"y\"}]")
                                .wrong("^output y is asked for twice$")),
                Kind.each(
                        "parameters of an output",
                        List.of(
                                "{\"binary_data\":1}",
                                "{\"binary_data\":\"true\"}",
                                "{\"classification\":3}",
                                "{\"shared_memory_region\":\"a\"}",
                                "7"),
                        (dice, value) -> Document.identity(dice)
                                .field("outputs", "[{\"name\":\"y\",\"parameters\":" + value + "}]")
                                .wrong("^" + exactly("outputs[0]: ")
                                        + "(binary_data: expected true or false, found .|.+ is not"
                                        + " supported|parameters: expected an object, found 7)")),
                Kind.each(
                        "an id that is none",
                        List.of("7", "[]", "{}", "true"),
                        (dice, value) ->
                                Document.identity(dice).field("id", value).wrong("^id: expected a string, found .")),
                Kind.each(
                        "parameters of the request",
                        List.of("7", "[]", "\"a\"", "{\"binary_data_output\":1}", "{\"binary_data_output\":null}"),
                        (dice, value) -> Document.identity(dice)
                                .field("parameters", value)
                                .wrong(
                                        "^parameters: (binary_data_output: expected true or false|expected an object), found .")));
    }

    private static Wrong addSub(String body, String message) {
        return Wrong.of(Post.infer("add-sub").body(body), 400, message);
    }
}
