package io.github.mlmaven.serving.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mlmaven.model.Datatype;
import io.github.mlmaven.model.Tensor;
import io.github.mlmaven.serving.GoldenFiles;
import io.github.mlmaven.serving.OnnxModels;
import io.github.mlmaven.serving.Tensors;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The memory and the shapes that a thread keeps from run to run. */
class OnnxLaneTest extends RunMergedFixture {

    @ParameterizedTest
    @EnumSource(value = Datatype.class, names = "BYTES", mode = EnumSource.Mode.EXCLUDE)
    void aSecondRunUsesTheMemoryOfTheFirst(Datatype datatype) throws Exception {
        try (LoadedModel model = load(OnnxModels.identity(folder.resolve("m.onnx"), datatype))) {
            Tensor first = runAlone(model, zeros(datatype, 0));
            assertThat(first.data().isDirect()).isTrue();
            Tensor one = runAlone(model, zeros(datatype, 1));
            runAlone(model, zeros(datatype, 2));
            Tensor again = runAlone(model, zeros(datatype, 1));
            assertThat(again).isSameAs(one);
            assertThat(again.data().isDirect()).isTrue();
        }
    }

    @Test
    void anOutputWhoseShapeTheContractGetsWrongIsComputedAllTheSame() throws Exception {
        Path file = OnnxModels.needsSizeTwo(folder.resolve("m.onnx"));
        try (LoadedModel model = load(file)) {
            for (int i = 0; i < 3; i++) {
                Tensor reply = runAlone(model, Tensors.fp32("x", new long[] {2}, i, 2));
                assertThat(reply.data().getFloat()).isEqualTo(i);
            }
        }
        // Transpose turns [A,B] into [B,A]; the contract says that it stays.
        try (LoadedModel model = load(OnnxModels.unary(file, "Transpose", 1, 1, "A", "B"))) {
            for (int i = 0; i < 3; i++) {
                Tensor reply = runAlone(model, Tensors.fp32("x", new long[] {2, 3}, 1, 2, 3, 4, 5, 6));
                assertThat(reply.shape()).containsExactly(3, 2);
                assertThat(reply.data().getFloat(4)).isEqualTo(4);
            }
        }
    }

    @Test
    void anOutputWhoseShapeDependsOnTheDataIsComputed() throws Exception {
        int fp32 = OnnxModels.elementType(Datatype.FP32);
        int int64 = OnnxModels.elementType(Datatype.INT64);
        try (LoadedModel model = load(OnnxModels.unary(folder.resolve("m.onnx"), "NonZero", fp32, int64, "N", "M"))) {
            for (int count : new int[] {1, 2, 0, 2, 1}) {
                Tensor reply =
                        runAlone(model, Tensors.fp32("x", new long[] {1, 2}, count > 0 ? 1 : 0, count > 1 ? 1 : 0));
                assertThat(reply.shape()).containsExactly(2, count);
            }
        }
    }

    @Test
    void largeDirectMemoryIsReadWhereItLies() throws Exception {
        int count = 1 << 20;
        ByteBuffer data = ByteBuffer.allocateDirect(count * 4 + 1).order(ByteOrder.LITTLE_ENDIAN);
        for (int offset : new int[] {0, 1}) {
            data.putFloat(offset + (count - 1) * 4, 3 + offset);
            Tensor input = new Tensor("x", Datatype.FP32, new long[] {count}, data.slice(offset, count * 4));
            try (LoadedModel model = load(OnnxModels.identity(folder.resolve("m.onnx"), Datatype.FP32))) {
                for (int i = 0; i < 2; i++) {
                    assertThat(runAlone(model, input).data().getFloat((count - 1) * 4))
                            .isEqualTo(3 + offset);
                }
            }
        }
    }

    @Test
    void aRunLargerThanWhatAThreadKeepsIsComputed() throws Exception {
        int count = 12 << 20;
        try (LoadedModel model = load(OnnxModels.identity(folder.resolve("m.onnx"), Datatype.FP32))) {
            ByteBuffer data = ByteBuffer.allocate(count * 4).order(ByteOrder.LITTLE_ENDIAN);
            data.putFloat((count - 1) * 4, 3);
            Tensor reply = runAlone(model, new Tensor("x", Datatype.FP32, new long[] {count}, data));
            Tensor small = runAlone(model, Tensors.fp32("x", new long[] {1}, 5));
            assertThat(small.data().getFloat()).isEqualTo(5);
            assertThat(reply.data().getFloat((count - 1) * 4)).isEqualTo(3);
        }
    }

    @Test
    void moreShapesThanAThreadRemembersAreComputed() throws Exception {
        try (LoadedModel model = load(OnnxModels.identity(folder.resolve("m.onnx"), Datatype.INT64))) {
            for (int round = 0; round < 2; round++) {
                for (int count = 1; count < 300; count++) {
                    assertThat(runAlone(model, zeros(Datatype.INT64, count)).shape())
                            .containsExactly(count);
                }
            }
        }
    }

    @Test
    void severalThreadsDoNotDisturbEachOther() throws Exception {
        Path lgbm = MODELS.resolve("breast-cancer-lgbm");
        List<List<Tensor>> requests = new ArrayList<>();
        List<byte[]> expected = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try (LoadedModel model = load(lgbm.resolve("model.onnx"))) {
            for (int i = 0; i < 3; i++) {
                List<Tensor> inputs = GoldenFiles.read(lgbm.resolve("test_data_set_" + i), "input");
                requests.add(inputs);
                expected.add(Tensors.bytes(
                        model.run(inputs, List.of("probabilities")).get(0)));
            }
            List<Future<Integer>> runs = new ArrayList<>();
            for (int thread = 0; thread < 4; thread++) {
                Random random = new Random(thread);
                runs.add(threads.submit((Callable<Integer>) () -> {
                    int right = 0;
                    for (int round = 0; round < 300; round++) {
                        int[] chosen = random.ints(1 + random.nextInt(6), 0, 3).toArray();
                        List<List<Tensor>> replies = model.runMerged(
                                Arrays.stream(chosen).mapToObj(requests::get).toList(), List.of("probabilities"));
                        boolean same = true;
                        for (int i = 0; i < chosen.length; i++) {
                            same &= Arrays.equals(Tensors.bytes(replies.get(i).get(0)), expected.get(chosen[i]));
                        }
                        right += same ? 1 : 0;
                    }
                    return right;
                }));
            }
            for (Future<Integer> run : runs) {
                assertThat(run.get()).isEqualTo(300);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void afterCloseARunSaysSo() throws Exception {
        LoadedModel model = load(OnnxModels.identity(folder.resolve("m.onnx"), Datatype.FP32));
        List<Tensor> request = List.of(Tensors.fp32("x", new long[] {1}, 1));
        model.runMerged(List.of(request), List.of("y"));
        model.close();
        model.close();
        assertThatThrownBy(() -> model.runMerged(List.of(request), List.of("y")))
                .isInstanceOf(EngineException.class)
                .hasMessage("the model is closed");
        assertThatThrownBy(() -> model.run(request, List.of("y"))).hasMessage("the model is closed");
    }
}
