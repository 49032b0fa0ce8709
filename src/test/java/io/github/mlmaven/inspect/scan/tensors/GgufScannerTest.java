package io.github.mlmaven.inspect.scan.tensors;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mlmaven.inspect.scan.Kind;
import io.github.mlmaven.inspect.scan.ScanResult;
import io.github.mlmaven.inspect.scan.read.Bytes;
import io.github.mlmaven.inspect.scan.read.Scanned;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class GgufScannerTest {

    @TempDir
    Path folder;

    @Test
    void aSoundModelIsRecognisedAndNotServed() throws Exception {
        ScanResult result = Scanned.of(folder, "m.gguf", Gguf.sound());

        assertThat(result.kind()).isEqualTo(Kind.OTHER_MODEL);
        assertThat(Scanned.lines(result))
                .containsExactly("ML-MODEL-UNSERVED: m/m.gguf: the format is recognised but not served;"
                        + " expected an ONNX model,"
                        + " found a GGUF model, version 3, architecture 'llama', 2 tensors."
                        + " There is no conversion back from GGUF: export the model that it was made of, with"
                        + " `optimum-cli export onnx --model NAME out/`.");
    }

    @Test
    void bigEndianFilesAreReadToo() throws Exception {
        byte[] bytes = new Gguf(ByteOrder.BIG_ENDIAN)
                .text("general.architecture", "llama")
                .tensor("a", 0, 0, 8)
                .file(32);

        assertThat(Scanned.of(folder, "m", bytes).format())
                .isEqualTo("a GGUF model, version 3, architecture 'llama', 1 tensor");
    }

    @Test
    void theFirstVersionHasShorterLengths() throws Exception {
        byte[] bytes = new Bytes()
                .text("GGUF")
                .u32(1)
                .u32(0)
                .u32(1)
                .u32(20)
                .text("general.architecture")
                .u32(8)
                .u32(1)
                .text("x")
                .toBytes();

        assertThat(Scanned.of(folder, "m", bytes).format())
                .isEqualTo("a GGUF model, version 1, architecture 'x', 0 tensors");
    }

    @Test
    void aTemplateThatReachesOutIsSaidBesideWhatElseIsWrong() throws Exception {
        byte[] bytes = new Gguf()
                .text("tokenizer.chat_template.tool_use", "{{ ''.__class__.__mro__ }}")
                .text("a", "")
                .text("a", "")
                .file(0);

        assertThat(Scanned.lines(Scanned.of(folder, "m", bytes)))
                .containsExactly(
                        "ML-SAFE-TEMPLATE: m/m: the template 'tokenizer.chat_template.tool_use' reaches into the"
                                + " interpreter that renders it; expected only what a template is given,"
                                + " found __class__, __mro__."
                                + " Replace the template by the one that the model's author published.",
                        "ML-MODEL-CORRUPT: m/m: the metadata has a key twice; expected each key once, found another 'a'."
                                + " Restore it from its source, or save it again.");
    }

    static List<Arguments> broken() {
        Gguf deep = new Gguf();
        Bytes nested = deep.key("k", Gguf.ARRAY);
        for (int i = 0; i < 20; i++) {
            nested.u32(Gguf.ARRAY).u64(1);
        }
        nested.u32(0).u64(0);
        Gguf many = new Gguf();
        many.key("k", Gguf.ARRAY).u32(Gguf.STRING).u64(Long.MAX_VALUE);
        Gguf type = new Gguf();
        type.key("k", 13);
        return List.of(
                Arguments.of(
                        "ML-MODEL-CORRUPT: m/m: the version is unknown; expected 1 to 3, found 4.",
                        new Gguf().file(4, 0)),
                Arguments.of(
                        "ML-MODEL-TRUNCATED: m/m: it ends too early; expected 18446744073709551615 tensors behind byte"
                                + " 16, found 8 bytes for them.",
                        new Bytes().text("GGUF").u32(3).u64(-1).u64(0).toBytes()),
                Arguments.of(
                        "ML-MODEL-TRUNCATED: m/m: it ends too early; expected 1000 keys of metadata behind byte 24,"
                                + " found 0 bytes for them.",
                        new Bytes().text("GGUF").u32(3).u64(0).u64(1000).toBytes()),
                Arguments.of(
                        "ML-MODEL-TRUNCATED: m/m: it ends too early; expected 9223372036854775807 elements of 'k' behind"
                                + " byte 49, found 15 bytes for them.",
                        many.file(0)),
                Arguments.of(
                        "ML-MODEL-LIMIT: m/m: the value of 'k' is nested too deep; expected at most 8 levels, found more.",
                        deep.file(0)),
                Arguments.of(
                        "ML-MODEL-CORRUPT: m/m: the value of 'k' is of an unknown type; expected 0 to 12, found 13.",
                        type.file(0)),
                Arguments.of(
                        "ML-MODEL-CORRUPT: m/m: the value of 'general.alignment' is not what it must be;"
                                + " expected a power of two from 8 on, found something else.",
                        new Gguf().number("general.alignment", 0).file(0)),
                Arguments.of(
                        "ML-MODEL-CORRUPT: m/m: the value of 'general.architecture' is not what it must be;"
                                + " expected a text, found something else.",
                        new Gguf().number("general.architecture", 1).file(0)),
                Arguments.of(
                        "ML-MODEL-CORRUPT: m/m: two tensors have one name; expected each name once, found another 'a'.",
                        new Gguf().tensor("a", 0, 0, 1).tensor("a", 0, 32, 1).file(64)),
                Arguments.of(
                        "ML-MODEL-CORRUPT: m/m: tensor 'a' has too many dimensions; expected at most 4, found 5.",
                        new Gguf().tensor("a", 0, 0, 1, 1, 1, 1, 1).file(64)),
                Arguments.of(
                        "ML-MODEL-CORRUPT: m/m: tensor 'a' has an unknown type; expected a type of ggml, 0 to 39, found 99.",
                        new Gguf().tensor("a", 99, 0, 1).file(64)),
                Arguments.of(
                        "ML-MODEL-CORRUPT: m/m: tensor 'a' has a row that is not whole blocks;"
                                + " expected a multiple of 256 elements, found 100.",
                        new Gguf().tensor("a", 12, 0, 100).file(64)),
                Arguments.of(
                        "ML-MODEL-CORRUPT: m/m: tensor 'a' has more elements than can be counted;"
                                + " expected at most 2^63-1 bytes, found more.",
                        new Gguf().tensor("a", 0, 0, Long.MAX_VALUE, 2).file(64)),
                Arguments.of(
                        "ML-MODEL-CORRUPT: m/m: tensor 'a' starts at an impossible place; expected a multiple of 32,"
                                + " found 8.",
                        new Gguf().tensor("a", 0, 8, 1).file(64)),
                Arguments.of(
                        "ML-MODEL-CORRUPT: m/m: tensor 'b' lies within another one; expected a start at byte 64 or"
                                + " behind, found byte 32.",
                        new Gguf().tensor("b", 0, 32, 1).tensor("a", 0, 0, 16).file(64)),
                Arguments.of(
                        "ML-MODEL-TRUNCATED: m/m: it ends too early; expected 36 bytes of tensors, for 'b',"
                                + " found 32 bytes.",
                        new Gguf().tensor("a", 0, 0, 1).tensor("b", 0, 32, 1).file(32)));
    }

    @ParameterizedTest
    @MethodSource("broken")
    void aBrokenFileIsSaidExactly(String expected, byte[] bytes) throws Exception {
        ScanResult result = Scanned.of(folder, "m", bytes);

        assertThat(result.kind()).isEqualTo(Kind.OTHER_MODEL);
        assertThat(Scanned.lines(result)).singleElement().asString().startsWith(expected);
    }

    @Test
    void aTemplateThatIsTooLongIsNotCalledClean() throws Exception {
        byte[] bytes = new Gguf()
                .text("tokenizer.chat_template", " ".repeat((1 << 20) + 1))
                .file(0);

        assertThat(Scanned.lines(Scanned.of(folder, "m", bytes)))
                .first()
                .asString()
                .startsWith("ML-SAFE-TEMPLATE: m/m: the template 'tokenizer.chat_template' is too long to be looked at;"
                        + " expected at most 1048576 bytes, found more.");
    }
}
