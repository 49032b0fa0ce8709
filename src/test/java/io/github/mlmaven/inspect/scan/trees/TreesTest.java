package io.github.mlmaven.inspect.scan.trees;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mlmaven.inspect.scan.Kind;
import io.github.mlmaven.inspect.scan.ScanResult;
import io.github.mlmaven.inspect.scan.read.Bytes;
import io.github.mlmaven.inspect.scan.read.Scanned;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TreesTest {

    @TempDir
    Path folder;

    static List<Arguments> sound() {
        return List.of(
                Arguments.of("an XGBoost model, JSON", utf8(Trees.XGBOOST_JSON)),
                Arguments.of("an XGBoost model, UBJSON", Trees.xgboostUbjson()),
                Arguments.of("an XGBoost model, binary", utf8("binf0123")),
                Arguments.of("an XGBoost model, binary", Trees.xgboostLegacy()),
                Arguments.of("a LightGBM model, text", utf8(Trees.LIGHTGBM_TEXT)),
                Arguments.of("a LightGBM model, text", utf8(Trees.LIGHTGBM_TEXT.replace("\n", "\r\n"))),
                Arguments.of("a LightGBM model, JSON", utf8(Trees.LIGHTGBM_JSON)),
                Arguments.of("a CatBoost model, JSON", utf8(Trees.CATBOOST_JSON)),
                Arguments.of("a CatBoost model, binary", Trees.catboost()));
    }

    @ParameterizedTest
    @MethodSource("sound")
    void soundModelsAreRecognisedAndNotServed(String format, byte[] bytes) throws Exception {
        ScanResult result = Scanned.of(folder, "m", bytes);

        assertThat(result.kind()).isEqualTo(Kind.OTHER_MODEL);
        assertThat(result.format()).isEqualTo(format);
        assertThat(result.findings()).extracting(f -> f.id().id()).containsExactly("ML-MODEL-UNSERVED");
    }

    @Test
    void eachLibraryHasItsConversion() throws Exception {
        assertThat(next(utf8(Trees.XGBOOST_JSON)))
                .isEqualTo("Convert it in Python: `onnxmltools.convert_xgboost(model, initial_types=[('x',"
                        + " FloatTensorType([None, FEATURES]))])`.");
        assertThat(next(utf8(Trees.LIGHTGBM_TEXT)))
                .isEqualTo("Convert it in Python: `onnxmltools.convert_lightgbm(model, initial_types=[('x',"
                        + " FloatTensorType([None, FEATURES]))], zipmap=False)`.");
        assertThat(next(Trees.catboost()))
                .isEqualTo("Convert it in Python: `model.save_model('model.onnx', format='onnx')`.");
    }

    private String next(byte[] bytes) throws Exception {
        return Scanned.of(folder, "m", bytes).findings().get(0).next();
    }

    static List<Arguments> broken() {
        Bytes deep = Trees.key(Trees.ubjson().text("{"), "learner");
        for (int i = 0; i < 100; i++) {
            deep.text("[");
        }
        return List.of(
                Arguments.of(
                        "ML-MODEL-CORRUPT: m/m: the model is not JSON; expected JSON,"
                                + " found something else before character 13.",
                        utf8("{\"learner\": {")),
                Arguments.of(
                        "ML-MODEL-CORRUPT: m/m: something follows the model; expected one object, found more.",
                        utf8(Trees.XGBOOST_JSON + " {}")),
                Arguments.of(
                        "ML-MODEL-TRUNCATED: m/m: it ends too early; expected 4611686018427387904 values behind byte 30,"
                                + " found 8 bytes for them.",
                        Trees.key(Trees.ubjson().text("{"), "learner")
                                .text("[$Z#L")
                                .u64(1L << 62)
                                .zeros(8)
                                .toBytes()),
                Arguments.of(
                        "ML-MODEL-LIMIT: m/m: it is nested too deep; expected at most 64 levels, found more.",
                        deep.toBytes()),
                Arguments.of(
                        "ML-MODEL-CORRUPT: m/m: a length is negative before byte 20; expected 0 or more, found -1.",
                        Trees.key(Trees.ubjson().text("{"), "learner")
                                .text("Si")
                                .u8(-1)
                                .text("}")
                                .toBytes()),
                Arguments.of(
                        "ML-MODEL-CORRUPT: m/m: there is an unknown marker before byte 18; expected a marker of UBJSON,"
                                + " found 33.",
                        Trees.key(Trees.ubjson().text("{"), "learner")
                                .text("!}")
                                .toBytes()),
                Arguments.of(
                        "ML-MODEL-CORRUPT: m/m: a container has a type and no count; expected #, found 100.",
                        Trees.key(Trees.ubjson().text("{"), "learner")
                                .text("[$dd")
                                .toBytes()),
                Arguments.of(
                        "ML-MODEL-CORRUPT: m/m: there is no learner; expected the key learner, found none.",
                        Trees.key(Trees.ubjson().text("{"), "version")
                                .text("Z}")
                                .toBytes()),
                Arguments.of(
                        "ML-MODEL-TRUNCATED: m/m: it ends too early; expected a line \"end of trees\", found none.",
                        utf8(Trees.LIGHTGBM_TEXT.replace("end of trees", ""))),
                Arguments.of(
                        "ML-MODEL-CORRUPT: m/m: there is a control character; expected text, found byte 7 at 16.",
                        utf8("tree\nversion=v4\n\007\nend of trees\n")),
                Arguments.of(
                        "ML-MODEL-TRUNCATED: m/m: it ends too early; expected a core of 4294967295 bytes,"
                                + " found 4 bytes for it.",
                        new Bytes().text("CBM1").u32(-1).u32(8).toBytes()),
                Arguments.of(
                        "ML-MODEL-CORRUPT: m/m: the core is no FlatBuffer; expected a root table within 16 bytes,"
                                + " found one at byte 100.",
                        new Bytes().text("CBM1").u32(16).u32(100).zeros(12).toBytes()));
    }

    @ParameterizedTest
    @MethodSource("broken")
    void aBrokenModelIsSaidExactly(String expected, byte[] bytes) throws Exception {
        ScanResult result = Scanned.of(folder, "m", bytes);

        assertThat(result.kind()).isEqualTo(Kind.OTHER_MODEL);
        assertThat(Scanned.lines(result)).singleElement().asString().startsWith(expected);
    }

    @Test
    void otherJsonAndTextIsLeftAlone() throws Exception {
        assertThat(Scanned.of(folder, "m", "{\"trees\": []}").format()).isEqualTo("JSON");
        assertThat(Scanned.of(folder, "m", "{Look at this}").format()).isEqualTo("text");
        assertThat(Scanned.of(folder, "m", "tree\nversion 1").format()).isEqualTo("text");
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
