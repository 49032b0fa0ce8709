package io.github.mlmaven.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.inspect.InspectedModels;
import io.github.mlmaven.inspect.ModelSource;
import io.github.mlmaven.inspect.ModelSummary;
import io.github.mlmaven.inspect.Opset;
import io.github.mlmaven.inspect.ValueInfo;
import io.github.mlmaven.inspect.ValueType.TensorType;
import io.github.mlmaven.inspect.mlflow.MlflowField;
import io.github.mlmaven.inspect.mlflow.MlflowModel;
import io.github.mlmaven.model.Datatype;
import io.github.mlmaven.model.Digest;
import io.github.mlmaven.model.Dimension;
import io.github.mlmaven.model.ModelFile;
import io.github.mlmaven.model.Shape;
import io.github.mlmaven.verify.golden.GoldenData;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class MlflowSignatureTest {

    private static final String DIFFERS =
            "ML-CONTRACT-SIGNATURE: src/main/model/MLmodel: the signature and the model's file differ in ";
    private static final String NEXT =
            " Save the model again with mlflow.onnx.save_model and the signature of this model.";

    @Test
    void whatAgreesIsNoFinding() {
        assertThat(lines(tensor("x", "float32", -1, 4))).isEmpty();
        assertThat(lines(tensor("", "float32", 8, -1))).isEmpty();
        assertThat(lines()).isEmpty();
    }

    @Test
    void columnsAreNotCompared() {
        assertThat(lines(
                        new MlflowField("a", false, "double", List.of()),
                        new MlflowField("b", false, "long", List.of())))
                .isEmpty();
    }

    @Test
    void everyDifferenceIsNamed() {
        assertThat(lines(tensor("x", "float64", -1, 4)))
                .containsExactly(DIFFERS + "input x; expected x float64[-1,4], found FP32[N,4]." + NEXT);
        assertThat(lines(tensor("x", "float32", -1, 5)))
                .containsExactly(DIFFERS + "input x; expected x float32[-1,5], found FP32[N,4]." + NEXT);
        assertThat(lines(tensor("x", "float32", -1)))
                .containsExactly(DIFFERS + "input x; expected x float32[-1], found FP32[N,4]." + NEXT);
        assertThat(lines(tensor("z", "float32", -1, 4)))
                .containsExactly(DIFFERS + "input z; expected z float32[-1,4], found x." + NEXT);
        assertThat(lines(tensor("x", "float32", -1, 4), tensor("z", "int8")))
                .containsExactly(DIFFERS + "the number of inputs; expected x float32[-1,4], z int8[], found x." + NEXT);
    }

    private static MlflowField tensor(String name, String type, long... shape) {
        return new MlflowField(name, true, type, Arrays.stream(shape).boxed().toList());
    }

    private static List<String> lines(MlflowField... inputs) {
        Path nowhere = Path.of("nowhere");
        Shape shape = new Shape(List.of(new Dimension.Symbolic("N"), new Dimension.Fixed(4)));
        ValueInfo x = new ValueInfo("x", new TensorType("float", Optional.of(Datatype.FP32), Optional.of(shape)));
        ModelSummary summary =
                new ModelSummary(8, List.of(new Opset("ai.onnx", 17)), "", List.of(x), List.of(), new TreeMap<>(), 0);
        MlflowModel mlflow = new MlflowModel(
                new TreeSet<>(List.of("onnx")),
                Optional.of("model.onnx"),
                new MlflowModel.Signature(List.of(inputs), List.of()));
        Evidence evidence = new Evidence(
                InspectedModels.mlflow(
                        new ModelSource("m", "1", nowhere, nowhere, "src/main/model", "src/test/model"),
                        List.of(new ModelFile("model.onnx", 1, new Digest("0".repeat(64)))),
                        summary,
                        mlflow),
                Optional.empty(),
                new GoldenData(List.of(), List.of()),
                Optional.empty(),
                ModelRules.NONE);
        return new StructureCheck()
                .check(evidence).findings().stream().map(Finding::line).toList();
    }
}
