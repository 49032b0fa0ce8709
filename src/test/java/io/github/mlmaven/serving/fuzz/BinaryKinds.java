package io.github.mlmaven.serving.fuzz;

import static io.github.mlmaven.serving.fuzz.Wrong.exactly;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.mlmaven.model.Datatype;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Binary tensors whose lengths lie, or whose bytes are no elements. */
final class BinaryKinds {

    private static final String LENGTH = "Inference-Header-Content-Length";

    private static final List<Datatype> SIZED = Arrays.stream(Datatype.values())
            .filter(datatype -> datatype != Datatype.BYTES)
            .toList();

    private static final List<Datatype> WIDE =
            SIZED.stream().filter(datatype -> datatype.size() > 1).toList();

    private BinaryKinds() {}

    static List<Kind<Wrong>> kinds() {
        List<Kind<Wrong>> kinds = new ArrayList<>(lengths());
        kinds.addAll(strings());
        kinds.addAll(withoutJson());
        return kinds;
    }

    private static List<Kind<Wrong>> lengths() {
        return List.of(
                Kind.each(
                        "a length of JSON that is none",
                        List.of(
                                "-1",
                                "+5",
                                "0x10",
                                "1.0",
                                "1e2",
                                "abc",
                                "",
                                "5 5",
                                "5,5",
                                "99999",
                                "9999999999",
                                "99999999999999999999",
                                "٣"),
                        (dice, length) -> Wrong.of(
                                Post.infer("identity-fp32")
                                        .header(LENGTH + ": " + length)
                                        .body(json("FP32", "[1]", 4), new byte[4]),
                                400,
                                "^" + LENGTH + ": expected a number from 0 to the body's \\d+ bytes, found")),
                new Kind<>(
                        "a length of JSON given twice",
                        2,
                        (dice, turn) -> Wrong.of(
                                Post.infer("identity-fp32")
                                        .header(LENGTH + ": 5")
                                        .header(LENGTH + ": " + (5 + turn))
                                        .body("{}   "),
                                400,
                                "^" + LENGTH + " is given twice$")),
                new Kind<>("a length of JSON that is too small", 20, (dice, turn) -> {
                    byte[] json = json("FP32", "[1]", 4);
                    return infer(
                            "identity-fp32",
                            dice.between(1, json.length - 1),
                            json,
                            new byte[4],
                            "^not JSON, at line 1");
                }),
                new Kind<>("a length of JSON that is too large", 6, (dice, turn) -> {
                    byte[] json = json("FP32", "[2]", 8);
                    return infer(
                            "identity-fp32",
                            json.length + dice.between(1, 8),
                            json,
                            new byte[8],
                            "^input x: binary_data_size is 8, but only \\d bytes of the body remain$");
                }),
                new Kind<>("fewer bytes than announced", 20, (dice, turn) -> {
                    Datatype datatype = dice.oneOf(Datatype.values());
                    int size = dice.between(1, 40);
                    int bytes = dice.below(size);
                    return infer(
                            datatype,
                            "[1]",
                            size,
                            new byte[bytes],
                            "^input x: binary_data_size is " + size + ", but only " + bytes
                                    + " bytes of the body remain$");
                }),
                Kind.each(
                        "a size that no body has",
                        List.of(1L << 30, 1L << 31, 1L << 32, Long.MAX_VALUE),
                        (dice, size) -> infer(
                                Datatype.FP32,
                                "[1]",
                                size,
                                new byte[4],
                                "^input x: binary_data_size is " + size + ", but only 4 bytes of the body remain$")),
                new Kind<>("more bytes than announced", 20, (dice, turn) -> {
                    Datatype datatype = dice.oneOf(SIZED);
                    int more = dice.between(1, 40);
                    return infer(
                            datatype,
                            "[1]",
                            datatype.size(),
                            new byte[datatype.size() + more],
                            "^" + more
                                    + " bytes of the body belong to no input: expected inputs whose binary_data_size covers them$");
                }),
                new Kind<>("another size than the shape's", 30, (dice, turn) -> {
                    Datatype datatype = dice.oneOf(WIDE);
                    int n = dice.between(1, 5);
                    int bytes = n * datatype.size() + dice.oneOf(-1, 1, datatype.size(), -datatype.size());
                    String found = n + " elements of " + datatype.size() + " bytes for " + datatype + "[" + n
                            + "], found " + bytes + " bytes";
                    return infer(
                            datatype,
                            "[" + n + "]",
                            bytes,
                            new byte[bytes],
                            "^input x: expected " + exactly(found) + "$");
                }),
                Kind.each(
                        "huge dimensions of binary",
                        List.of("[9223372036854775807]", "[4611686018427387904]", "[1099511627776]", "[2147483648]"),
                        (dice, shape) -> infer(
                                Datatype.FP32,
                                shape,
                                4,
                                new byte[4],
                                "^input x: expected \\d+ elements of"
                                        + exactly(" 4 bytes for FP32" + shape + ", found 4 bytes"))),
                Kind.each(
                        "more elements of binary than a number counts",
                        List.of("[4611686018427387904,4]", "[9223372036854775807,9223372036854775807]"),
                        (dice, shape) -> infer(
                                Datatype.FP32,
                                shape,
                                4,
                                new byte[4],
                                "^" + exactly("input x: shape " + shape + " has too many elements") + "$")),
                new Kind<>("no truth value", 10, (dice, turn) -> {
                    int n = dice.between(1, 9);
                    byte[] bytes = new byte[n];
                    int at = dice.below(n);
                    int value = dice.between(2, 255);
                    bytes[at] = (byte) value;
                    return infer(
                            Datatype.BOOL,
                            "[" + n + "]",
                            n,
                            bytes,
                            "^input x: element " + at + " of BOOL: expected a byte 0 or 1, found " + value + "$");
                }),
                new Kind<>("one of two inputs", 2, (dice, turn) -> {
                    byte[] json = named("INPUT" + turn, json("INT32", "[1,16]", 64));
                    return infer(
                            "add-sub",
                            json.length,
                            json,
                            new byte[64],
                            "^" + exactly("missing input INPUT" + (1 - turn) + " INT32[batch,16]") + "$");
                }));
    }

    private static List<Kind<Wrong>> strings() {
        return List.of(
                new Kind<>("a string longer than what follows", 20, (dice, turn) -> {
                    int follow = dice.below(20);
                    int length =
                            dice.oneOf(follow + 1, follow + 1000, Integer.MAX_VALUE, -1, Integer.MIN_VALUE, 1 << 30);
                    return strings(
                            1,
                            prefixed(length, follow),
                            "^input x: element 0 of BYTES: its length is " + Integer.toUnsignedString(length)
                                    + ", but only " + follow + " bytes follow$");
                }),
                new Kind<>(
                        "a second string longer than what follows",
                        10,
                        (dice, turn) -> strings(
                                2,
                                Post.joined(prefixed(3, 3), prefixed(dice.between(6, 1 << 30), 5)),
                                "^input x: element 1 of BYTES: its length is \\d+, but only 5 bytes follow$")),
                new Kind<>(
                        "a length that is cut off",
                        6,
                        (dice, turn) -> strings(
                                1,
                                new byte[turn % 3 + 1],
                                "^input x: element 0 of BYTES: expected a length of 4 bytes, found " + (turn % 3 + 1)
                                        + "$")),
                new Kind<>("a big-endian length", 4, (dice, turn) -> {
                    int length = dice.between(1, 20);
                    return strings(
                            1,
                            prefixed(Integer.reverseBytes(length), length),
                            "^input x: element 0 of BYTES: its" + " length is \\d+, but only " + length
                                    + " bytes follow$");
                }),
                new Kind<>("fewer strings than the shape has", 8, (dice, turn) -> {
                    int n = dice.between(2, 9);
                    return strings(
                            n,
                            prefixed(2, 2),
                            "^" + exactly("input x: data holds 1 elements; expected " + n + " for shape [" + n + "]")
                                    + "$");
                }),
                new Kind<>(
                        "more strings than the shape has",
                        8,
                        (dice, turn) -> strings(
                                1,
                                Post.joined(prefixed(2, 2), prefixed(0, turn)),
                                "^" + exactly("input x: " + (4 + turn) + " bytes follow the 1 elements of shape [1]")
                                        + "$")));
    }

    private static List<Kind<Wrong>> withoutJson() {
        return List.of(
                new Kind<>(
                        "no JSON for several inputs",
                        3,
                        (dice, turn) -> infer(
                                dice.oneOf("add-sub", "breast-cancer-lgbm"),
                                0,
                                new byte[0],
                                new byte[64 * turn],
                                "^a request without JSON needs a model with exactly one input: this one has [23]$")),
                new Kind<>("no JSON and parts of elements", 15, (dice, turn) -> {
                    Datatype datatype = dice.oneOf(WIDE);
                    int bytes = datatype.size() * dice.below(9) + dice.between(1, datatype.size() - 1);
                    return infer(
                            Document.model(datatype),
                            0,
                            new byte[0],
                            new byte[bytes],
                            "^"
                                    + exactly("input x " + datatype + "[N]: expected a multiple of " + datatype.size()
                                            + " bytes, found " + bytes)
                                    + "$");
                }),
                new Kind<>(
                        "no JSON and no truth value",
                        4,
                        (dice, turn) -> infer(
                                "identity-bool",
                                0,
                                new byte[0],
                                new byte[] {1, 0, (byte) dice.between(2, 255)},
                                "^input x: element 2 of BOOL: expected a byte 0 or 1, found \\d+$")));
    }

    private static byte[] json(String datatype, String shape, long size) {
        return ("{\"inputs\":[{\"name\":\"x\",\"shape\":" + shape + ",\"datatype\":\"" + datatype
                        + "\",\"parameters\":{\"binary_data_size\":" + size + "}}]}")
                .getBytes(UTF_8);
    }

    private static byte[] named(String name, byte[] json) {
        return new String(json, UTF_8).replace("\"x\"", '"' + name + '"').getBytes(UTF_8);
    }

    private static Wrong infer(Datatype datatype, String shape, long size, byte[] bytes, String message) {
        byte[] json = json(datatype.name(), shape, size);
        return infer(Document.model(datatype), json.length, json, bytes, message);
    }

    private static Wrong infer(String model, int length, byte[] json, byte[] bytes, String message) {
        return Wrong.of(Post.infer(model).header(LENGTH + ": " + length).body(json, bytes), 400, message);
    }

    private static Wrong strings(int n, byte[] bytes, String message) {
        return infer(Datatype.BYTES, "[" + n + "]", bytes.length, bytes, message);
    }

    private static byte[] prefixed(int length, int follow) {
        return ByteBuffer.allocate(Integer.BYTES + follow)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(length)
                .array();
    }
}
