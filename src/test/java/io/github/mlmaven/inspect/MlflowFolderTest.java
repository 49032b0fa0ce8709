package io.github.mlmaven.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mlmaven.inspect.mlflow.MlflowField;
import io.github.mlmaven.inspect.onnx.Onnx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MlflowFolderTest {

    private static final String PLACE = "src/main/model/m/MLmodel: ";
    private static final String ONNX = """
            artifact_path: model
            flavors:
              onnx:
                data: net.onnx
                onnx_version: 1.19.0
              python_function:
                loader_module: mlflow.onnx
            signature:
              inputs: '[{"type": "tensor", "tensor-spec": {"dtype": "float32", "shape": [-1, 4]}, "name": "x"}]'
              outputs: '[{"type": "double", "name": "y", "required": true}]'
              params: null
            """;

    @TempDir
    Path folder;

    @Test
    void theFileOfTheOnnxFlavorIsTheModel() throws Exception {
        Files.writeString(folder.resolve("MLmodel"), ONNX);
        Files.write(folder.resolve("net.onnx"), Onnx.model(Onnx.graph()).toBytes());
        Files.writeString(folder.resolve("other.onnx"), "");

        InspectedModel model = (InspectedModel) Inspected.folder(folder);

        assertThat(model.files()).extracting("path").containsExactly("net.onnx", "MLmodel", "other.onnx");
        assertThat(model.mlflow().orElseThrow().flavors()).containsExactly("onnx", "python_function");
        assertThat(model.mlflow().orElseThrow().signature().inputs())
                .containsExactly(new MlflowField("x", true, "float32", List.of(-1L, 4L)));
        assertThat(model.mlflow().orElseThrow().signature().outputs())
                .containsExactly(new MlflowField("y", false, "double", List.of()));
    }

    @Test
    void theFileIsModelOnnxWhenTheFlavorNamesNone() throws Exception {
        Files.writeString(folder.resolve("MLmodel"), "flavors: {onnx: {}}");
        Files.write(folder.resolve("model.onnx"), Onnx.model(Onnx.graph()).toBytes());

        assertThat(Inspected.folder(folder)).isInstanceOf(InspectedModel.class);
    }

    static List<Arguments> refused() {
        String next = " Restore it from its source, or save it again.";
        return List.of(
                Arguments.of(
                        "ML-MODEL-FORMAT: " + PLACE + "the MLflow model has no onnx flavor; expected flavors.onnx,"
                                + " found python_function, sklearn. Convert it with `skl2onnx.to_onnx(model, X[:1],"
                                + " options={'zipmap': False})` and save the result with mlflow.onnx.save_model.",
                        "flavors: {sklearn: {}, python_function: {}}"),
                Arguments.of(
                        "ML-MODEL-FORMAT: " + PLACE + "the MLflow model has no onnx flavor; expected flavors.onnx,"
                                + " found mine. Convert the model to ONNX where it was trained, and save the result with"
                                + " mlflow.onnx.save_model.",
                        "flavors: {mine: {}}"),
                Arguments.of(
                        "ML-MODEL-MISSING: " + PLACE + "the file of the onnx flavor does not exist;"
                                + " expected src/main/model/m/gone.onnx, found no such file."
                                + " Copy the whole folder that mlflow.onnx.save_model wrote.",
                        "flavors: {onnx: {data: gone.onnx}}"),
                Arguments.of(
                        "ML-MODEL-CORRUPT: " + PLACE
                                + "flavors is no mapping; expected keys and values, found something" + " else." + next,
                        "artifact_path: x"),
                Arguments.of(
                        "ML-MODEL-CORRUPT: " + PLACE + "the document is no mapping; expected keys and values, found"
                                + " something else." + next,
                        ""),
                Arguments.of(
                        "ML-MODEL-CORRUPT: " + PLACE + "it is not YAML; expected YAML, found something else in line 2."
                                + next,
                        "a: 1\nb: [}\n"),
                Arguments.of(
                        "ML-MODEL-CORRUPT: " + PLACE + "it is not YAML; expected YAML, found something else in line 2."
                                + next,
                        "flavors: {onnx: {}}\nflavors: {onnx: {}}\n"),
                Arguments.of(
                        "ML-MODEL-LIMIT: " + PLACE + "it is nested too deep; expected at most 64 levels, found more."
                                + " No honest file needs this: check where it comes from.",
                        "a: " + "[".repeat(10_000)),
                Arguments.of(
                        "ML-MODEL-LIMIT: " + PLACE + "it is too large; expected at most 4194304 bytes, found more."
                                + " No honest file needs this: check where it comes from.",
                        "#".repeat((4 << 20) + 1)),
                Arguments.of(
                        "ML-MODEL-CORRUPT: " + PLACE + "signature.inputs is not JSON; expected a list in JSON, found"
                                + " something else." + next,
                        "flavors: {onnx: {}}\nsignature: {inputs: 'x['}"),
                Arguments.of(
                        "ML-MODEL-CORRUPT: " + PLACE
                                + "signature.inputs has a tensor that is none; expected a tensor-spec"
                                + " with dtype and shape, found something else." + next,
                        "flavors: {onnx: {}}\nsignature: {inputs: '[{\"type\":\"tensor\"}]'}"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void whatIsWrongIsSaidExactly(String expected, String yaml) throws Exception {
        Files.writeString(folder.resolve("MLmodel"), yaml);

        assertThat(Inspected.rejected(folder)).containsExactly(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../model.onnx", "/etc/passwd", "a\\\\b.onnx", "C:x.onnx", "sub/model.onnx", "..", ""})
    void aFileOutsideTheFolderIsNotOpened(String data) throws Exception {
        Files.writeString(folder.resolve("MLmodel"), "flavors: {onnx: {data: \"" + data + "\"}}");

        assertThat(Inspected.rejected(folder))
                .containsExactly("ML-SAFE-PATH: " + PLACE
                        + "the onnx flavor names a file that is not in the model's folder"
                        + " itself; expected a file's name, such as model.onnx, found '" + data.replace("\\\\", "\\")
                        + "'. Save the model again with mlflow.onnx.save_model.");
    }

    @Test
    void tagsAndAliasesMakeNoObjects() throws Exception {
        Files.writeString(folder.resolve("MLmodel"), "flavors: !!javax.script.ScriptEngineManager [x]");

        assertThat(Inspected.rejected(folder)).singleElement().asString().startsWith("ML-MODEL-CORRUPT: " + PLACE);
    }

    @Test
    void aLinkThatLeadsOutIsNotRead() throws Exception {
        Path outside = Files.writeString(folder.resolveSibling("outside"), ONNX);
        Files.createSymbolicLink(folder.resolve("MLmodel"), outside);

        assertThat(Inspected.rejected(folder)).singleElement().asString().startsWith("ML-SAFE-LINK: " + PLACE);
    }
}
