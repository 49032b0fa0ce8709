package io.github.mlmaven.serving.inference;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mlmaven.model.Datatype;
import io.github.mlmaven.model.Tensor;
import io.github.mlmaven.serving.GoldenFiles;
import io.github.mlmaven.serving.OnnxModels;
import io.github.mlmaven.serving.Tensors;
import io.github.mlmaven.serving.engine.MergeProbe;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MergingTest extends ServedModels {

    @Test
    void requestsOfOneTurnAreOneRunAndEachGetsItsOwnRows() throws Exception {
        WatchedModel watched = identity();
        ServedModel model = quick(watched, BatchOptions.DEFAULT);
        List<KeptAnswer> answers = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            answers.add(infer(model, Tensors.fp32("x", new long[] {2}, i, i + 0.5f)));
        }
        assertThat(answers).noneMatch(KeptAnswer::done);
        endTurn();

        assertThat(watched.runs()).containsExactly(5);
        for (int i = 0; i < 5; i++) {
            assertThat(answers.get(i).outputs())
                    .containsOnlyKeys("y [2]")
                    .containsValue(hex(Tensors.fp32("y", new long[] {2}, i, i + 0.5f)));
        }
    }

    @Test
    void aRunHasAtMostSoManyRowsAndALargerRequestRunsAlone() throws Exception {
        WatchedModel watched = identity();
        ServedModel model = quick(watched, new BatchOptions(true, 4, Duration.ZERO));
        List<KeptAnswer> answers = new ArrayList<>();
        for (int rows : new int[] {2, 2, 1, 9, 4, 3, 2}) {
            answers.add(infer(model, Tensors.fp32("x", new long[] {rows}, new float[rows])));
        }
        endTurn();

        assertThat(watched.runs()).containsExactly(2, 1, 1, 1, 1, 1);
        for (KeptAnswer answer : answers) {
            assertThat(answer.message()).isEqualTo("computed");
        }
    }

    @Test
    void withBatchingOffEachRunsAlone() throws Exception {
        WatchedModel watched = identity();
        ServedModel model = quick(watched, BatchOptions.OFF);
        infer(model, Tensors.fp32("x", new long[] {1}, 1));
        infer(model, Tensors.fp32("x", new long[] {1}, 2));
        endTurn();

        assertThat(watched.runs()).containsExactly(1, 1);
    }

    @Test
    void requestsThatDifferBeyondTheFirstDimensionAreNotMerged() throws Exception {
        WatchedModel watched = watched(OnnxModels.unary(folder.resolve("m.onnx"), "Identity", 1, 1, "N", "M"));
        ServedModel model = quick(watched, BatchOptions.DEFAULT);
        infer(model, Tensors.fp32("x", new long[] {1, 2}, 1, 2));
        infer(model, Tensors.fp32("x", new long[] {2, 1}, 1, 2));
        infer(model, Tensors.fp32("x", new long[] {3, 1}, 1, 2, 3));
        endTurn();

        assertThat(watched.runs()).containsExactly(1, 2);
    }

    @Test
    void aBadRequestNeverDisturbsItsNeighbours() throws Exception {
        WatchedModel watched = watched(OnnxModels.gather(folder.resolve("m.onnx")));
        ServedModel model = quick(watched, BatchOptions.DEFAULT);
        KeptAnswer before = infer(model, int64("x", 0));
        KeptAnswer bad = infer(model, int64("x", 1));
        KeptAnswer after = infer(model, int64("x", 0));
        endTurn();

        assertThat(watched.runs()).containsExactly(3, 1, 1, 1);
        assertThat(before.outputs()).containsValue(hex(int64("y", 7)));
        assertThat(after.outputs()).containsValue(hex(int64("y", 7)));
        assertThat(bad.message())
                .startsWith("INVALID: the model cannot compute this request: ")
                .contains("indices element out of data bounds, idx=1 must be within the inclusive range [-1,0]");
    }

    @Test
    void whileTheEngineIsBusyWhatWaitsIsMerged() throws Exception {
        WatchedModel watched = identity();
        ServedModel model = slow(watched, BatchOptions.DEFAULT);
        watched.shut();
        KeptAnswer first = infer(model, Tensors.fp32("x", new long[] {1}, 1));
        watched.awaitRun();
        KeptAnswer second = infer(model, Tensors.fp32("x", new long[] {1}, 2));
        watched.awaitRun();
        List<KeptAnswer> waiting = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            waiting.add(infer(model, Tensors.fp32("x", new long[] {1}, i)));
        }
        watched.let(3);

        assertThat(first.message()).isEqualTo("computed");
        assertThat(second.message()).isEqualTo("computed");
        for (int i = 0; i < 4; i++) {
            assertThat(waiting.get(i).outputs()).containsValue(hex(Tensors.fp32("y", new long[] {1}, i)));
        }
        assertThat(watched.runs()).containsExactlyInAnyOrder(1, 1, 4);
    }

    @Test
    void aDelayFillsBatchesOnlyWhileTheEngineIsBusyAnyway() throws Exception {
        WatchedModel watched = identity();
        ServedModel model = slow(watched, new BatchOptions(true, 2, Duration.ofHours(1)));
        KeptAnswer alone = infer(model, Tensors.fp32("x", new long[] {1}, 1));
        assertThat(alone.message()).isEqualTo("computed");

        watched.shut();
        KeptAnswer busy = infer(model, Tensors.fp32("x", new long[] {1}, 1));
        watched.awaitRun();
        KeptAnswer waits = infer(model, Tensors.fp32("x", new long[] {1}, 2));
        KeptAnswer fills = infer(model, Tensors.fp32("x", new long[] {1}, 3));
        watched.awaitRun();
        watched.let(2);

        assertThat(busy.message()).isEqualTo("computed");
        assertThat(waits.message()).isEqualTo("computed");
        assertThat(fills.message()).isEqualTo("computed");
        assertThat(watched.runs()).containsExactlyInAnyOrder(1, 1, 2);
    }

    @Test
    void whetherToMergeIsFoundOutByRunning() throws Exception {
        ServedModel model = undecided(identity(), BatchOptions.DEFAULT);
        assertThat(decide(model).independent()).isTrue();
        WatchedModel watched = watched(OnnxModels.dynamicQuantization(folder.resolve("mixing.onnx")));
        assertThat(decide(undecided(watched, BatchOptions.DEFAULT)))
                .isEqualTo(new MergeProbe.Verdict(false, "a row has other outputs alone than merged with 1 others"));
        WatchedModel fixed = watched(OnnxModels.unary(folder.resolve("fixed.onnx"), "Identity", 1, 1, "1", "2"));
        assertThat(decide(undecided(fixed, BatchOptions.DEFAULT)))
                .isEqualTo(new MergeProbe.Verdict(false, "x FP32[1,2] has no symbolic first dimension"));
        WatchedModel two = watched(OnnxModels.add(folder.resolve("add.onnx")));
        assertThat(decide(undecided(two, BatchOptions.DEFAULT)))
                .isEqualTo(new MergeProbe.Verdict(false, "a FP32[A] and b FP32[B] have different first dimensions"));
        assertThat(decide(undecided(identity(), BatchOptions.OFF)))
                .isEqualTo(new MergeProbe.Verdict(false, "batching is switched off"));
    }

    @Test
    void untilThenNothingIsMerged() throws Exception {
        WatchedModel watched = identity();
        ServedModel model = undecided(watched, BatchOptions.DEFAULT);
        infer(model, Tensors.fp32("x", new long[] {1}, 1));
        infer(model, Tensors.fp32("x", new long[] {1}, 2));
        endTurn();
        assertThat(watched.runs()).containsExactly(1, 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"breast-cancer-lgbm", "digits-cnn"})
    void mergedResultsAreThoseOfEachAloneBitForBit(String name) throws Exception {
        Path source = Path.of("src/test/models").resolve(name);
        List<Tensor> golden = GoldenFiles.read(source.resolve("test_data_set_0"), "input");
        WatchedModel watched = watched(source.resolve("model.onnx"));
        ServedModel model = quick(watched, BatchOptions.DEFAULT);
        Random random = new Random(7);
        List<List<Tensor>> requests = IntStream.range(0, 40)
                .mapToObj(i -> golden.stream().map(t -> row(t, random)).toList())
                .toList();
        List<Map<String, String>> alone = new ArrayList<>();
        for (List<Tensor> request : requests) {
            KeptAnswer answer = infer(model, request);
            endTurn();
            alone.add(answer.outputs());
        }
        for (int size : new int[] {2, 3, 7, 16, 40}) {
            List<KeptAnswer> merged =
                    requests.subList(0, size).stream().map(r -> infer(model, r)).toList();
            endTurn();
            assertThat(watched.runs()).last().isEqualTo(size);
            for (int i = 0; i < size; i++) {
                assertThat(merged.get(i).outputs()).containsExactlyInAnyOrderEntriesOf(alone.get(i));
            }
        }
    }

    private static MergeProbe.Verdict decide(ServedModel model) {
        return model.decideMerging(model.zeros(), Duration.ofMinutes(1));
    }

    /** One row like those of the golden tensor: floats anywhere, other datatypes the first row as it is. */
    private static Tensor row(Tensor golden, Random random) {
        long[] shape = golden.shape();
        int bytes = golden.bytes() / (int) shape[0];
        shape[0] = 1;
        ByteBuffer data = ByteBuffer.allocateDirect(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (golden.datatype() == Datatype.FP32) {
            while (data.hasRemaining()) {
                data.putFloat((float) random.nextGaussian() * 10);
            }
        } else {
            data.put(golden.data().limit(bytes));
        }
        return new Tensor(golden.name(), golden.datatype(), shape, data.flip());
    }

    private static Tensor int64(String name, long value) {
        ByteBuffer data = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
        return new Tensor(
                name, Datatype.INT64, new long[] {1}, data.putLong(value).flip());
    }
}
