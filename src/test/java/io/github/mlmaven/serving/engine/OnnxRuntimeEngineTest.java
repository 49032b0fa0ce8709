package io.github.mlmaven.serving.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mlmaven.model.Datatype;
import io.github.mlmaven.model.ModelFormat;
import io.github.mlmaven.model.Tensor;
import io.github.mlmaven.serving.OnnxModels;
import io.github.mlmaven.serving.Tensors;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OnnxRuntimeEngineTest {

    private static final Path MODELS = Path.of("src/test/models");

    @TempDir
    Path folder;

    @Test
    void itIsFoundByItsFormat() throws Exception {
        Engine engine = Engine.forFormat(ModelFormat.ONNX);
        assertThat(engine).isInstanceOf(OnnxRuntimeEngine.class);
        assertThat(engine.name()).isEqualTo("onnxruntime 1.29.0");
    }

    @Test
    void itReportsTheContractWithNamesOfDimensions() throws Exception {
        try (LoadedModel model = load(MODELS.resolve("breast-cancer-lgbm/model.onnx"))) {
            assertThat(model.contract().inputs().toString())
                    .isEqualTo("[features FP32[N,28], worst_symmetry_milli INT64[N,1], worst_fractal FP64[N,1]]");
        }
        try (LoadedModel model = load(OnnxModels.unary(folder.resolve("m.onnx"), "Identity", 1, 1, "batch", "", "3"))) {
            assertThat(model.contract().inputs()).hasToString("[x FP32[batch,?,3]]");
        }
    }

    @ParameterizedTest
    @EnumSource(value = Datatype.class, names = "BYTES", mode = EnumSource.Mode.EXCLUDE)
    void everyDatatypeGoesThroughBitByBit(Datatype datatype) throws Exception {
        byte[] bytes = new byte[7 * datatype.size()];
        new Random(datatype.ordinal()).nextBytes(bytes);
        if (datatype == Datatype.BOOL) {
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] &= 1;
            }
        }
        try (LoadedModel model = load(OnnxModels.identity(folder.resolve("m.onnx"), datatype))) {
            assertThat(model.contract().inputs()).hasToString("[x " + datatype + "[N]]");
            Tensor input = new Tensor("x", datatype, new long[] {7}, ByteBuffer.wrap(bytes));
            Tensor output = model.run(List.of(input), List.of("y")).get(0);
            assertThat(output.datatype()).isEqualTo(datatype);
            assertThat(output.shape()).containsExactly(7);
            assertThat(Tensors.bytes(output)).isEqualTo(bytes);
        }
    }

    @ParameterizedTest
    @EnumSource(Datatype.class)
    void aTensorWithoutElementsGoesThrough(Datatype datatype) throws Exception {
        try (LoadedModel model = load(OnnxModels.identity(folder.resolve("m.onnx"), datatype))) {
            Tensor input = new Tensor("x", datatype, new long[] {0}, ByteBuffer.allocate(0));
            Tensor output = model.run(List.of(input), List.of("y")).get(0);
            assertThat(output.shape()).containsExactly(0);
        }
    }

    @Test
    void aScalarGoesThrough() throws Exception {
        for (Datatype datatype : List.of(Datatype.FP32, Datatype.BYTES)) {
            int type = OnnxModels.elementType(datatype);
            try (LoadedModel model = load(OnnxModels.unary(folder.resolve("m.onnx"), "Identity", type, type))) {
                Tensor input = datatype == Datatype.FP32
                        ? Tensors.fp32("x", new long[] {}, 2.5f)
                        : Tensors.strings("x", new long[] {}, "one");
                Tensor output = model.run(List.of(input), List.of("y")).get(0);
                assertThat(output.shape()).isEmpty();
                assertThat(Tensors.bytes(output)).isEqualTo(Tensors.bytes(input));
            }
        }
    }

    @Test
    void stringsGoThrough() throws Exception {
        try (LoadedModel model = load(OnnxModels.identity(folder.resolve("m.onnx"), Datatype.BYTES))) {
            String[] values = {"", "a", "ä€", "\u0001 ð"};
            Tensor output = model.run(List.of(Tensors.strings("x", new long[] {4}, values)), List.of("y"))
                    .get(0);
            assertThat(Tensors.strings(output)).containsExactly(values);
        }
    }

    @Test
    void theEngineSeesStringsAsTheModelsAuthorWroteThem() throws Exception {
        for (String text : List.of("ä€", "😀", "a\0b")) {
            try (LoadedModel model = load(OnnxModels.equalTo(folder.resolve("m.onnx"), text))) {
                List<Tensor> inputs = List.of(Tensors.strings("x", new long[] {2}, text, "other"));
                Tensor same = model.run(inputs, List.of("same")).get(0);
                assertThat(Tensors.bytes(same)).as(text).containsExactly(1, 0);
            }
        }
    }

    @Test
    void aLargeInputGetsMemoryOfItsOwn() throws Exception {
        float[] values = new float[1 << 20];
        values[values.length - 1] = 3;
        try (LoadedModel model = load(OnnxModels.identity(folder.resolve("m.onnx"), Datatype.FP32))) {
            Tensor output = model.run(List.of(Tensors.fp32("x", new long[] {values.length}, values)), List.of("y"))
                    .get(0);
            assertThat(output.data().getFloat((values.length - 1) * 4)).isEqualTo(3);
        }
    }

    @Test
    void aSequenceIsNamedAsWhatItIs() {
        assertThatThrownBy(() -> load(OnnxModels.sequence(folder.resolve("m.onnx"))))
                .isInstanceOf(EngineException.class)
                .hasMessage("output y is a sequence(FLOAT); only tensors can be served");
    }

    @Test
    void aFileThatIsNoModelIsRefusedWithTheEnginesReason() throws Exception {
        Path file = Files.writeString(folder.resolve("m.onnx"), "not a model");
        assertThatThrownBy(() -> load(file))
                .isInstanceOf(EngineException.class)
                .hasMessage(
                        "ONNX Runtime does not load it: Load model from " + file + " failed:Protobuf parsing failed.");
        assertThatThrownBy(() -> load(folder.resolve("missing.onnx")))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("missing.onnx")
                .hasMessageContaining("File doesn't exist");
    }

    @Test
    void inputsThatDoNotFitTogetherAreAnEngineException() throws Exception {
        try (LoadedModel model = load(OnnxModels.add(folder.resolve("m.onnx")))) {
            List<Tensor> inputs =
                    List.of(Tensors.fp32("a", new long[] {2}, 1, 2), Tensors.fp32("b", new long[] {3}, 1, 2, 3));
            assertThatThrownBy(() -> model.run(inputs, List.of("y")))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("Attempting to broadcast an axis by a dimension other than 1. 2 by 3");
        }
    }

    private static LoadedModel load(Path file) throws EngineException {
        return new OnnxRuntimeEngine().load(file, EngineOptions.DEFAULT);
    }
}
