package io.github.mlmaven.serving.fuzz;

import static io.github.mlmaven.serving.fuzz.Wrong.exactly;

import io.github.mlmaven.model.Datatype;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** JSON of the Open Inference Protocol whose elements or shapes are none, or not the model's. */
final class TensorKinds {

    /** What an input is called before and after its name is known. */
    private static final String X = "input(s\\[0\\]| x)";

    private TensorKinds() {}

    static List<Kind<Wrong>> kinds() {
        List<Kind<Wrong>> kinds = new ArrayList<>(elements());
        kinds.addAll(shapes());
        return kinds;
    }

    private static List<Kind<Wrong>> elements() {
        List<Kind<Wrong>> kinds = new ArrayList<>();
        for (Datatype datatype : Datatype.values()) {
            kinds.add(Kind.each(
                    "overflow of " + datatype,
                    Values.overflowing(datatype),
                    (dice, value) -> element(dice, datatype, value, "")));
            kinds.add(Kind.each(
                    "another type than " + datatype,
                    Values.ofAnotherType(datatype),
                    (dice, value) -> element(dice, datatype, value, ".*")));
        }
        kinds.add(Kind.each(
                "half a character",
                List.of("\"\\ud800\"", "\"\\udc00a\"", "\"a\\udbff\"", "\"\\ude00\\ud83d\""),
                (dice, value) ->
                        element(dice, Datatype.BYTES, value, " of whole characters, without half a surrogate pair")));
        return kinds;
    }

    private static Wrong element(Dice dice, Datatype datatype, String value, String more) {
        int n = dice.between(1, 5);
        int at = dice.below(n);
        return Document.identity(dice, datatype, n)
                .element(at, value)
                .wrong("^"
                        + exactly("input x: element " + at + " of " + datatype + ": expected " + Values.range(datatype))
                        + more + ".*, found .");
    }

    private static List<Kind<Wrong>> shapes() {
        return List.of(
                Kind.each(
                        "dimensions that are none",
                        List.of(
                                "-1",
                                "-9223372036854775808",
                                "9223372036854775808",
                                "-1" + "0".repeat(30),
                                "1.0",
                                "1e3",
                                "\"1\"",
                                "null",
                                "true",
                                "[1]",
                                "{}"),
                        (dice, dimension) -> Document.identity(dice)
                                .x("shape", dice.oneOf("[" + dimension + "]", "[1," + dimension + "]"))
                                .wrong(X + ": shape: expected whole numbers of 0 or more, found .")),
                Kind.each(
                        "more elements than a number counts",
                        List.of(
                                "[4611686018427387904,4]",
                                "[9223372036854775807,2]",
                                "[3037000500,3037000500]",
                                "[4294967296,4294967296]",
                                "[9223372036854775807,9223372036854775807]"),
                        (dice, shape) -> Document.identity(dice)
                                .x("shape", shape)
                                .wrong("^" + exactly("input x: shape " + shape + " has too many elements"))),
                Kind.each(
                        "huge dimensions",
                        List.of("1099511627776", "2147483647", "9223372036854775807", "4611686018427387904", "1000000"),
                        (dice, dimension) -> Document.identity(dice)
                                .x("shape", "[" + dimension + "]")
                                .wrong("^input x: data holds \\d elements; expected " + dimension
                                        + exactly(" for shape [" + dimension + "]"))),
                Kind.each(
                        "too many dimensions",
                        List.of(65, 100, 10_000),
                        (dice, rank) -> Document.identity(dice)
                                .x("shape", Collections.nCopies(rank, 1).toString())
                                .wrong(X + ": shape: expected at most 64 dimensions")),
                Kind.each(
                        "another rank",
                        List.of("[1,3]", "[3,1]", "[1,1,3]", "[3,1,1,1,1,1,1,1,1]"),
                        (dice, shape) -> Document.identity(dice, dice.oneOf(Datatype.values()), 3)
                                .x("shape", shape)
                                .wrong("^" + exactly("input x: expected shape [N], found " + shape) + "$")),
                new Kind<>("another shape", 10, (dice, turn) -> {
                    int rows = dice.between(1, 3);
                    String shape = dice.oneOf("[" + rows * 16 + "]", "[" + rows * 8 + ",2]", "[16," + rows + ",1]");
                    return Document.addSub(dice, rows)
                            .x("shape", shape)
                            .wrong("^" + exactly("input INPUT0: expected shape [batch,16], found " + shape) + "$");
                }),
                new Kind<>("fewer elements", 15, (dice, turn) -> {
                    int n = dice.between(1, 5);
                    int more = dice.between(1, 9);
                    return Document.identity(dice, dice.oneOf(Datatype.values()), n)
                            .x("shape", "[" + (n + more) + "]")
                            .wrong("^"
                                    + exactly("input x: data holds " + n + " elements; expected " + (n + more)
                                            + " for shape [" + (n + more) + "]")
                                    + "$");
                }),
                new Kind<>("more elements", 15, (dice, turn) -> {
                    int n = dice.between(1, 5);
                    int less = dice.between(1, n);
                    return Document.identity(dice, dice.oneOf(Datatype.values()), n)
                            .x("shape", "[" + (n - less) + "]")
                            .wrong("^"
                                    + exactly("input x: data holds more than the " + (n - less) + " elements of shape ["
                                            + (n - less) + "]")
                                    + "$");
                }),
                new Kind<>("ragged arrays", 10, (dice, turn) -> {
                    int short_ = dice.between(1, 2);
                    String row = Collections.nCopies(16, 1).toString();
                    String ragged = Collections.nCopies(16 - short_, 1).toString();
                    return Document.addSub(dice, 2)
                            .x(
                                    "data",
                                    dice.below(2) == 0
                                            ? "[" + ragged + "," + row + "]"
                                            : "[" + row + "," + ragged + "]")
                            .wrong("^"
                                    + exactly("input INPUT0: data: expected arrays of 16 at depth 2 as shape [2,16],"
                                            + " found one of " + (16 - short_))
                                    + "$");
                }),
                Kind.each(
                        "arrays and elements mixed",
                        List.of(
                                "[[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16],7]",
                                "[[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16],\"\"]"),
                        (dice, data) -> Document.addSub(dice, 2)
                                .x("data", data)
                                .wrong("^"
                                        + exactly(
                                                "input INPUT0: data: expected flat elements or arrays nested 2 deep as"
                                                        + " shape [2,16], found ")
                                        + ".+" + exactly(" at depth 1"))));
    }
}
