package io.github.mlmaven.serving.fuzz;

import static io.github.mlmaven.serving.fuzz.Wrong.exactly;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.mlmaven.model.Datatype;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** JSON that is none, whatever the protocol makes of it: cut off, with a byte changed, too deep, not UTF-8. */
final class JsonKinds {

    private static final String NOT_JSON = "not JSON, at line \\d+, column \\d+: .";

    private static final String TOO_DEEP =
            "^JSON beyond a limit: Document nesting depth \\(81\\) exceeds the maximum allowed \\(80\\)$";

    /** A wrong byte may also change what the fields are, which is said first where it comes first. */
    private static final String NOT_JSON_OR_UNEXPECTED = NOT_JSON
            + "|: expected .*, found .|not JSON in UTF-8: byte \\d+|expected nothing after|has no |is given twice";

    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private static final byte[] STRUCTURE = "{}[]:,\"".getBytes(UTF_8);

    private static final String WHOLE = "{\"inputs\":[{\"name\":\"x\",\"shape\":[2],\"datatype\":\"FP32\",\"data\":"
            + "[1.5,-2e3]}],\"id\":\"a\\u00e9\",\"parameters\":{\"a\":[true,null]}}";

    private JsonKinds() {}

    static List<Kind<Wrong>> kinds() {
        return List.of(
                new Kind<>(
                        "cut off at every byte",
                        WHOLE.length(),
                        (dice, at) -> fp32(WHOLE.substring(0, at), cutOff(at))),
                new Kind<>("cut off anywhere", 40, (dice, turn) -> cutOff(dice, Document.identity(dice))),
                new Kind<>("cut off with several inputs", 20, (dice, turn) -> cutOff(dice, Document.addSub(dice, 2))),
                new Kind<>("structure changed", 80, (dice, turn) -> broken(dice, JsonKinds::structureChanged)),
                new Kind<>("structure removed", 40, (dice, turn) -> broken(dice, JsonKinds::structureRemoved)),
                new Kind<>("byte inserted", 60, (dice, turn) -> broken(dice, JsonKinds::byteInserted)),
                new Kind<>("byte flipped", 80, (dice, turn) -> broken(dice, JsonKinds::byteFlipped)),
                Kind.each(
                        "no object",
                        List.of("[]", "[{}]", "\"{}\"", "7", "-1.5", "null", "true"),
                        (dice, text) -> fp32(text, "^expected a JSON object, found .")),
                Kind.each(
                        "nothing",
                        List.of("", " ", "\n\t\r "),
                        (dice, text) ->
                                fp32(text, "an object, found nothing|" + "^expected a JSON object, found nothing$")),
                Kind.each(
                        "more than one document",
                        List.of("{}", "[]", "1", " null", "\"a\""),
                        (dice, more) -> fp32(WHOLE + more, "^expected nothing after the JSON object$")),
                Kind.each(
                        "garbage after the document",
                        List.of("}", "]", ",", "x", "\u0000", "/* */", "#"),
                        (dice, more) -> fp32(WHOLE + more, NOT_JSON)),
                Kind.each(
                        "numbers that JSON has not",
                        List.of(
                                "NaN",
                                "Infinity",
                                "-Infinity",
                                "nan",
                                "+1",
                                ".5",
                                "1.",
                                "01",
                                "-01",
                                "0x10",
                                "1e",
                                "1e+",
                                "-",
                                "--1",
                                "1_000",
                                "1,,1",
                                "1f",
                                "٣",
                                "½",
                                "1e+-1"),
                        (dice, number) -> Document.identity(dice, dice.oneOf(Datatype.FP32, Datatype.INT64), 3)
                                .element(dice.below(3), number)
                                .wrong(NOT_JSON)),
                Kind.each(
                        "numbers that are too long",
                        List.of(
                                "9".repeat(2000),
                                "-" + "9".repeat(1001),
                                "0." + "3".repeat(2000),
                                "1e" + "1".repeat(1500)),
                        (dice, number) -> Document.identity(dice, dice.oneOf(Datatype.FP32, Datatype.INT64), 3)
                                .element(dice.below(3), number)
                                .wrong(
                                        "^JSON beyond a limit: Number value length .* exceeds the maximum allowed \\(1000\\)$")),
                Kind.each(
                        "words that JSON has not",
                        List.of(
                                "True",
                                "None",
                                "undefined",
                                "tru",
                                "nul",
                                "'a'",
                                "a",
                                "\"\\x\"",
                                "\"\\u12G4\"",
                                "\"\u0001\"",
                                "\"\n\"",
                                "\"a",
                                "\"\\"),
                        (dice, word) -> Document.identity(dice, Datatype.BYTES, 2)
                                .element(dice.below(2), word)
                                .wrong(NOT_JSON)),
                Kind.each(
                        "deep arrays",
                        List.of(100, 1000, 100_000),
                        (dice, depth) -> Document.identity(dice, Datatype.FP32, 1)
                                .field("unknown", "[".repeat(depth) + "]".repeat(depth))
                                .wrong(TOO_DEEP)),
                Kind.each(
                        "deep objects",
                        List.of(100, 1000, 100_000),
                        (dice, depth) -> Document.identity(dice, Datatype.FP32, 1)
                                .field("parameters", "{\"a\":".repeat(depth) + "1" + "}".repeat(depth))
                                .wrong(TOO_DEEP)),
                Kind.each(
                        "deep and never closed",
                        List.of(100, 1000, 100_000),
                        (dice, depth) -> fp32(
                                "{\"inputs\":" + "[".repeat(depth),
                                "inputs\\[0\\]: expected an object, found an array")),
                Kind.each(
                        "deep data",
                        List.of(2, 70, 1000),
                        (dice, depth) -> Document.identity(dice, Datatype.INT8, 1)
                                .x("data", "[".repeat(depth) + "1" + "]".repeat(depth))
                                .wrong("element 0 of INT8: expected a whole number from -128 to 127, found an array|"
                                        + TOO_DEEP)),
                Kind.each(
                        "not UTF-8 in an element",
                        notUtf8(),
                        (dice, bytes) -> notUtf8(
                                bytes,
                                Document.identity(dice, Datatype.BYTES, 2).x("data", "[\"a\",\"?\"]"))),
                Kind.each(
                        "not UTF-8 in the id",
                        notUtf8(),
                        (dice, bytes) -> notUtf8(bytes, Document.identity(dice).field("id", "\"?\""))),
                Kind.each(
                        "not UTF-8 in what is skipped",
                        notUtf8(),
                        (dice, bytes) -> notUtf8(bytes, Document.identity(dice).field("a", "{\"b\":[\"?\"]}"))),
                Kind.each(
                        "other encodings",
                        List.of("UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-16"),
                        (dice, charset) -> Wrong.of(
                                Post.infer("identity-fp32").body(encoded(WHOLE, charset)),
                                400,
                                "not JSON|expected a JSON object")),
                // Several hundred kilobytes of memory for each, should any of it be lost.
                new Kind<>("large and cut off", 60, (dice, turn) -> {
                    String large = "{\"inputs\":[{\"name\":\"x\",\"shape\":[60000],\"datatype\":\"FP32\",\"data\":["
                            + "1.5,".repeat(59_999) + "1.5]}],\"id\":\"" + "i".repeat(50) + "\"}";
                    return fp32(large.substring(0, large.length() - dice.between(1, 50)), NOT_JSON);
                }),
                new Kind<>("noise", 40, (dice, turn) -> noise(dice)));
    }

    private static Wrong fp32(String body, String message) {
        return Wrong.of(Post.infer("identity-fp32").body(body), 400, message);
    }

    private static String cutOff(int at) {
        return at == 0 ? "^expected a JSON object, found nothing$" : NOT_JSON;
    }

    private static Wrong cutOff(Dice dice, Document document) {
        String whole = document.toString();
        return Wrong.of(document.post(whole.substring(0, dice.between(1, whole.length() - 1))), 400, NOT_JSON);
    }

    private interface Change {

        byte[] of(Dice dice, byte[] document);
    }

    /** Changes it until another parser refuses it too. */
    private static Wrong broken(Dice dice, Change change) {
        Document document = Document.identity(dice).field("id", "\"i\"");
        byte[] whole = document.toString().getBytes(UTF_8);
        byte[] changed;
        do {
            changed = change.of(dice, whole);
        } while (isJson(changed));
        return Wrong.of(document.post("").body(changed), 400, NOT_JSON_OR_UNEXPECTED);
    }

    private static boolean isJson(byte[] document) {
        try {
            return JSON.readTree(document) != null;
        } catch (JacksonException e) {
            return false;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] structureChanged(Dice dice, byte[] document) {
        byte[] changed = document.clone();
        changed[structural(dice, document)] = STRUCTURE[dice.below(STRUCTURE.length)];
        return changed;
    }

    private static byte[] structureRemoved(Dice dice, byte[] document) {
        int at = structural(dice, document);
        return Post.joined(Arrays.copyOf(document, at), Arrays.copyOfRange(document, at + 1, document.length));
    }

    private static byte[] byteInserted(Dice dice, byte[] document) {
        int at = dice.between(1, document.length - 1);
        return Post.joined(
                Arrays.copyOf(document, at), dice.bytes(1), Arrays.copyOfRange(document, at, document.length));
    }

    private static byte[] byteFlipped(Dice dice, byte[] document) {
        byte[] changed = document.clone();
        changed[dice.below(document.length)] ^= (byte) (1 << dice.below(8));
        return changed;
    }

    private static int structural(Dice dice, byte[] document) {
        int at;
        do {
            at = dice.below(document.length);
        } while (new String(STRUCTURE, UTF_8).indexOf(document[at]) < 0);
        return at;
    }

    /** RFC 3629: a lone continuation, overlong forms, what is cut off, surrogates, beyond U+10FFFF, bytes that never occur. */
    private static List<String> notUtf8() {
        return List.of(
                "80",
                "bf41",
                "c0af",
                "c1bf",
                "c3",
                "c328",
                "e282",
                "e28228",
                "e08080",
                "e09fbf",
                "eda080",
                "edbfbf",
                "f0808080",
                "f08fbfbf",
                "f09f98",
                "f4908080",
                "f5808080",
                "f888808080",
                "fe",
                "ff",
                "c080");
    }

    private static Wrong notUtf8(String hex, Document document) {
        String[] around = document.toString().split("\\?", -1);
        byte[] body = Post.joined(around[0].getBytes(UTF_8), HexFormat.of().parseHex(hex), around[1].getBytes(UTF_8));
        int at = around[0].getBytes(UTF_8).length;
        return Wrong.of(
                document.post("").body(body),
                400,
                exactly("not JSON in UTF-8: byte ") + "(" + at + "|" + (at + 1) + ")" + exactly(" of the document"));
    }

    private static byte[] encoded(String text, String charset) {
        return text.getBytes(java.nio.charset.Charset.forName(charset));
    }

    private static Wrong noise(Dice dice) {
        byte[] noise = dice.bytes(dice.between(1, 300));
        // No space, and nothing that a document may begin with.
        noise[0] = (byte) (int) dice.oneOf(0, 1, 127, 0x5d, 0x78, 0xff);
        return Wrong.of(Post.infer("identity-fp32").body(noise), 400, "not JSON");
    }
}
