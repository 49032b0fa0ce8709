package io.github.mlmaven.serving.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mlmaven.model.Datatype;
import io.github.mlmaven.model.Tensor;
import io.github.mlmaven.serving.GoldenFiles;
import io.github.mlmaven.serving.OnnxModels;
import io.github.mlmaven.serving.Tensors;
import io.github.mlmaven.serving.engine.MergeProbe.Verdict;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MergeProbeTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"breast-cancer-lgbm", "digits-cnn"})
    void modelsThatTreatEachRowByItselfMayBeMerged(String name) throws Exception {
        Path model = Path.of("src/test/models").resolve(name);
        List<Tensor> example = GoldenFiles.read(model.resolve("test_data_set_0"), "input");
        assertThat(probe(model.resolve("model.onnx"), example, 20, LONG))
                .isEqualTo(new Verdict(
                        true, "rows alone and merged to [2, 20, 3, 4, 5, 8, 16, 17] have the same outputs"));
    }

    @ParameterizedTest
    @EnumSource(Datatype.class)
    void everyDatatypeVaries(Datatype datatype) throws Exception {
        int type = OnnxModels.elementType(datatype);
        Path model = OnnxModels.unary(folder.resolve("m.onnx"), "Identity", type, type, "N", "4");
        Tensor zeros = datatype == Datatype.BYTES
                ? Tensors.strings("x", new long[] {1, 4}, "a", "b", "c", "d")
                : new Tensor("x", datatype, new long[] {1, 4}, ByteBuffer.allocate(4 * datatype.size()));
        assertThat(probe(model, List.of(zeros), 2, LONG))
                .isEqualTo(new Verdict(true, "rows alone and merged to [2] have the same outputs"));
    }

    @Test
    void itStopsWhenItsTimeIsOver() throws Exception {
        Path model = OnnxModels.unary(folder.resolve("m.onnx"), "Identity", 1, 1, "N", "4");
        assertThat(probe(model, List.of(Tensors.fp32("x", new long[] {1, 4}, 1, 2, 3, 4)), 64, Duration.ZERO))
                .isEqualTo(new Verdict(true, "rows alone and merged to [2] have the same outputs"));
    }

    @Test
    void aModelThatMixesItsRowsIsFoundOut() throws Exception {
        Path model = OnnxModels.dynamicQuantization(folder.resolve("m.onnx"));
        assertThat(probe(model, List.of(Tensors.fp32("x", new long[] {1, 2}, 1, 2)), 8, LONG))
                .isEqualTo(new Verdict(false, "a row has other outputs alone than merged with 1 others"));
    }

    @Test
    void anOutputThatDoesNotFollowTheBatchIsFoundOut() throws Exception {
        Path model = OnnxModels.equalTo(folder.resolve("m.onnx"), "a");
        assertThat(probe(model, List.of(Tensors.strings("x", new long[] {1}, "a")), 8, LONG))
                .isEqualTo(new Verdict(
                        false, "output constant does not follow the batch: 2 rows went in, its shape is [1]"));
    }

    @Test
    void rowsThatTheModelCannotComputeAreLeftOut() throws Exception {
        Path model = OnnxModels.gather(folder.resolve("m.onnx"));
        Tensor index = new Tensor("x", Datatype.INT64, new long[] {1}, ByteBuffer.allocate(8));
        assertThat(probe(model, List.of(index), 8, LONG))
                .isEqualTo(new Verdict(false, "all variations of the example have the same outputs"));
    }

    @Test
    void anExampleWithoutRowsDecidesNothing() throws Exception {
        Path model = OnnxModels.unary(folder.resolve("m.onnx"), "Identity", 1, 1);
        assertThat(probe(model, List.of(Tensors.fp32("x", new long[0], 1)), 8, LONG))
                .isEqualTo(new Verdict(false, "the example has no rows"));
        Path add = OnnxModels.add(folder.resolve("m.onnx"));
        assertThat(probe(
                        add, List.of(Tensors.fp32("a", new long[] {1}, 1), Tensors.fp32("b", new long[0], 1)), 8, LONG))
                .isEqualTo(new Verdict(false, "input b has not as many rows as the first input"));
        assertThat(probe(add, List.of(Tensors.fp32("a", new long[] {1}, 1)), 1, LONG))
                .isEqualTo(new Verdict(false, "at most 1 row"));
    }

    private static Verdict probe(Path file, List<Tensor> example, int maxRows, Duration budget) throws Exception {
        try (LoadedModel model = new OnnxRuntimeEngine().load(file, EngineOptions.DEFAULT)) {
            return MergeProbe.probe(model, example, maxRows, budget);
        }
    }
}
