package io.github.mlmaven.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mlmaven.inspect.onnx.TensorProtoReader;
import io.github.mlmaven.model.Datatype;
import io.github.mlmaven.model.ModelFormat;
import io.github.mlmaven.model.Tensor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RealModelsTest {

    private static final Path MODELS = Path.of("src/test/models");

    @Test
    void addAndSubtract() {
        InspectedModel model = inspect("add-sub");

        assertThat(model.format()).isEqualTo(ModelFormat.ONNX);
        assertThat(model.summary().irVersion()).isEqualTo(8);
        assertThat(model.summary().producer()).isEmpty();
        assertThat(model.summary().opsets()).containsExactly(new Opset("ai.onnx", 14));
        assertThat(contract(model.summary().inputs()))
                .containsExactly("INPUT0 INT32[batch,16]", "INPUT1 INT32[batch,16]");
        assertThat(contract(model.summary().outputs()))
                .containsExactly("OUTPUT0 INT32[batch,16]", "OUTPUT1 INT32[batch,16]");
        assertThat(model.summary().operators()).hasToString("{ai.onnx.Add=1, ai.onnx.Sub=1}");
        assertThat(model.summary().parameters()).isZero();
    }

    @Test
    void gradientBoostedTreesWithMixedInputs() {
        InspectedModel model = inspect("breast-cancer-lgbm");

        assertThat(model.summary().producer()).isEqualTo("scout 1");
        assertThat(model.summary().opsets()).containsExactly(new Opset("ai.onnx", 15), new Opset("ai.onnx.ml", 3));
        assertThat(contract(model.summary().inputs()))
                .containsExactly("features FP32[N,28]", "worst_symmetry_milli INT64[N,1]", "worst_fractal FP64[N,1]");
        assertThat(contract(model.summary().outputs())).containsExactly("label INT64[N]", "probabilities FP32[N,2]");
        assertThat(model.summary().operators())
                .hasToString("{ai.onnx.Cast=2, ai.onnx.Concat=1, ai.onnx.ml.TreeEnsembleClassifier=1}");
        assertThat(model.summary().parameters()).isZero();
    }

    @Test
    void aConvolutionalNetwork() {
        InspectedModel model = inspect("digits-cnn");

        assertThat(model.summary().producer()).isEqualTo("pytorch 2.13.0+cpu");
        assertThat(model.summary().opsets()).containsExactly(new Opset("ai.onnx", 18));
        assertThat(contract(model.summary().inputs())).containsExactly("image FP32[batch,1,8,8]");
        assertThat(contract(model.summary().outputs())).containsExactly("logits FP32[batch,10]");
        assertThat(model.summary().operators())
                .hasToString("{ai.onnx.Conv=2, ai.onnx.Gemm=2, ai.onnx.MaxPool=1, ai.onnx.Relu=3, ai.onnx.Reshape=1}");
        assertThat(model.summary().parameters()).isEqualTo(38284);
    }

    @ParameterizedTest
    @ValueSource(strings = {"add-sub", "breast-cancer-lgbm", "digits-cnn"})
    void theDigestIsThatOfTheWholeFile(String name) throws Exception {
        InspectedModel model = inspect(name);

        byte[] bytes = Files.readAllBytes(MODELS.resolve(name).resolve("model.onnx"));
        assertThat(model.mainFile()).isEqualTo(MODELS.resolve(name).resolve("model.onnx"));
        assertThat(model.files()).first().satisfies(file -> {
            assertThat(file.path()).isEqualTo("model.onnx");
            assertThat(file.size()).isEqualTo(bytes.length);
            assertThat(file.digest().hex())
                    .isEqualTo(HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)));
        });
    }

    @Test
    void goldenTensorsHaveTheContractsTypes() throws Exception {
        Path golden = MODELS.resolve("breast-cancer-lgbm/test_data_set_1");

        Tensor features = new TensorProtoReader().read(golden.resolve("input_0.pb"));
        Tensor symmetry = new TensorProtoReader().read(golden.resolve("input_1.pb"));
        Tensor fractal = new TensorProtoReader().read(golden.resolve("input_2.pb"));
        Tensor label = new TensorProtoReader().read(golden.resolve("output_0.pb"));

        assertThat(features.name()).isEqualTo("features");
        assertThat(features.datatype()).isEqualTo(Datatype.FP32);
        assertThat(features.shape()).containsExactly(64, 28);
        assertThat(symmetry.datatype()).isEqualTo(Datatype.INT64);
        assertThat(fractal.datatype()).isEqualTo(Datatype.FP64);
        assertThat(label.shape()).containsExactly(64);
    }

    private static List<String> contract(List<ValueInfo> values) {
        return values.stream().map(v -> v.name() + " " + v.type()).toList();
    }

    private static InspectedModel inspect(String name) {
        Path folder = MODELS.resolve(name);
        ModelSource source =
                new ModelSource(name, "1.0", folder, folder, "src/main/model/" + name, "src/test/model/" + name);
        Inspection inspection = new ModelInspector(Path.of("target/scan")).inspect(source);
        assertThat(inspection).isInstanceOf(InspectedModel.class);
        return (InspectedModel) inspection;
    }
}
