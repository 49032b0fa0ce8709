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
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RunMergedTest {

    private static final Path MODELS = Path.of("src/test/models");

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(Datatype.class)
    void eachRequestGetsItsOwnRowsBack(Datatype datatype) throws Exception {
        int type = OnnxModels.elementType(datatype);
        try (LoadedModel model = load(OnnxModels.unary(folder.resolve("m.onnx"), "Identity", type, type, "N", "3"))) {
            Random random = new Random(datatype.ordinal());
            for (int[] rows : new int[][] {{1, 1}, {2, 1, 4}, {0, 3, 0}, {1, 2}, {2, 1, 4}, {0, 0}}) {
                List<List<Tensor>> requests = new ArrayList<>();
                for (int count : rows) {
                    requests.add(List.of(random(datatype, count, random)));
                }
                List<List<Tensor>> replies = model.runMerged(requests, List.of("y"));
                assertThat(replies).hasSameSizeAs(requests);
                for (int i = 0; i < rows.length; i++) {
                    Tensor reply = replies.get(i).get(0);
                    assertThat(reply.name()).isEqualTo("y");
                    assertThat(reply.datatype()).isEqualTo(datatype);
                    assertThat(reply.shape()).containsExactly(rows[i], 3);
                    assertThat(Tensors.bytes(reply))
                            .isEqualTo(Tensors.bytes(requests.get(i).get(0)));
                }
            }
        }
    }

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
    void inputsMayComeInAnyOrder() throws Exception {
        try (LoadedModel model = load(OnnxModels.add(folder.resolve("m.onnx")))) {
            Tensor a = Tensors.fp32("a", new long[] {1}, 1);
            Tensor b = Tensors.fp32("b", new long[] {1}, 10);
            Tensor b2 = Tensors.fp32("b", new long[] {1}, 20);
            List<List<Tensor>> replies = model.runMerged(List.of(List.of(a, b), List.of(b2, a)), List.of("y"));
            assertThat(replies.get(0).get(0).data().getFloat()).isEqualTo(11);
            assertThat(replies.get(1).get(0).data().getFloat()).isEqualTo(21);
        }
    }

    @Test
    void stringsThatOnlyAConstantCanHoldMergeWithOthers() throws Exception {
        try (LoadedModel model = load(OnnxModels.equalTo(folder.resolve("m.onnx"), "a\0b"))) {
            List<List<Tensor>> replies = model.runMerged(
                    List.of(
                            List.of(Tensors.strings("x", new long[] {1}, "a")),
                            List.of(Tensors.strings("x", new long[] {2}, "ä", "a\0b"))),
                    List.of("same"));
            assertThat(Tensors.bytes(replies.get(0).get(0))).containsExactly(0);
            assertThat(Tensors.bytes(replies.get(1).get(0))).containsExactly(0, 1);
        }
    }

    @Test
    void aLoneRequestMayBeAScalar() throws Exception {
        for (Datatype datatype : List.of(Datatype.FP32, Datatype.UINT64)) {
            int type = OnnxModels.elementType(datatype);
            try (LoadedModel model = load(OnnxModels.unary(folder.resolve("m.onnx"), "Identity", type, type))) {
                ByteBuffer data = ByteBuffer.allocate(datatype.size()).put(0, (byte) 7);
                Tensor reply = runAlone(model, new Tensor("x", datatype, new long[0], data.duplicate()));
                assertThat(reply.shape()).isEmpty();
                assertThat(Tensors.bytes(reply)).isEqualTo(data.array());
            }
        }
    }

    @Test
    void scalarsDoNotMerge() throws Exception {
        try (LoadedModel model = load(OnnxModels.unary(folder.resolve("m.onnx"), "Identity", 1, 1))) {
            List<Tensor> scalar = List.of(Tensors.fp32("x", new long[0], 1));
            assertThatThrownBy(() -> model.runMerged(List.of(scalar, scalar), List.of("y")))
                    .isInstanceOf(EngineException.class)
                    .hasMessage("input x cannot be merged: shapes [] and []");
        }
    }

    @Test
    void requestsThatDoNotFitTogetherAreRefused() throws Exception {
        try (LoadedModel model = load(OnnxModels.unary(folder.resolve("m.onnx"), "Identity", 1, 1, "N", "M"))) {
            List<Tensor> narrow = List.of(Tensors.fp32("x", new long[] {1, 1}, 1));
            List<Tensor> wide = List.of(Tensors.fp32("x", new long[] {1, 2}, 1, 2));
            assertThatThrownBy(() -> model.runMerged(List.of(narrow, wide), List.of("y")))
                    .hasMessage("input x cannot be merged: shapes [1, 1] and [1, 2]");
            assertThatThrownBy(() -> model.runMerged(List.of(narrow, List.of()), List.of("y")))
                    .hasMessage("the request has no input x");
            List<Tensor> twice = List.of(narrow.get(0), narrow.get(0));
            assertThatThrownBy(() -> model.runMerged(List.of(twice), List.of("y")))
                    .hasMessage("the model takes 1 inputs, the request has 2");
            List<Tensor> other = List.of(Tensors.fp32("z", new long[] {1, 1}, 1));
            assertThatThrownBy(() -> model.runMerged(List.of(other), List.of("y")))
                    .hasMessage("the request has no input x");
            List<Tensor> strings = List.of(Tensors.strings("x", new long[] {1, 1}, "a"));
            assertThatThrownBy(() -> model.runMerged(List.of(strings), List.of("y")))
                    .hasMessage("input x is FP32, not BYTES");
            assertThatThrownBy(() -> model.runMerged(List.of(narrow), List.of("z")))
                    .hasMessage("the model has no output z");
        }
        try (LoadedModel model = load(OnnxModels.add(folder.resolve("m.onnx")))) {
            List<Tensor> uneven =
                    List.of(Tensors.fp32("a", new long[] {1}, 1), Tensors.fp32("b", new long[] {2}, 1, 2));
            assertThatThrownBy(() -> model.runMerged(List.of(uneven, uneven), List.of("y")))
                    .hasMessage("input b cannot be merged: it has 2 rows where the first input has 1");
        }
    }

    @Test
    void anOutputThatDoesNotFollowTheBatchIsAnEngineException() throws Exception {
        try (LoadedModel model = load(OnnxModels.equalTo(folder.resolve("m.onnx"), "a"))) {
            List<Tensor> request = List.of(Tensors.strings("x", new long[] {1}, "a"));
            assertThatThrownBy(() -> model.runMerged(List.of(request, request), List.of("same", "constant")))
                    .isInstanceOf(EngineException.class)
                    .hasMessage("output constant does not follow the batch: 2 rows went in, its shape is [1]");
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
    void aFailingMemberIsTheInputsFaultAndTheNextRunIsRight() throws Exception {
        try (LoadedModel model = load(OnnxModels.gather(folder.resolve("m.onnx")))) {
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> model.runMerged(List.of(index(0), index(3)), List.of("y")))
                        .isInstanceOfSatisfying(EngineException.class, e -> {
                            assertThat(e.fault()).isEqualTo(EngineException.Fault.INPUT);
                            assertThat(e).hasMessageContaining("idx=3 must be within the inclusive range [-1,0]");
                        });
                List<List<Tensor>> replies = model.runMerged(List.of(index(0), index(0)), List.of("y"));
                assertThat(replies.get(1).get(0).data().getLong()).isEqualTo(7);
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

    private static List<Tensor> index(long value) {
        ByteBuffer data = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(0, value);
        return List.of(new Tensor("x", Datatype.INT64, new long[] {1}, data));
    }

    private static Tensor runAlone(LoadedModel model, Tensor x) throws EngineException {
        return model.runMerged(List.of(List.of(x)), List.of("y")).get(0).get(0);
    }

    private static Tensor zeros(Datatype datatype, int count) {
        return new Tensor("x", datatype, new long[] {count}, ByteBuffer.allocate(count * datatype.size()));
    }

    private static Tensor random(Datatype datatype, int rows, Random random) {
        long[] shape = {rows, 3};
        if (datatype == Datatype.BYTES) {
            String[] values = new String[rows * 3];
            Arrays.setAll(values, i -> "ä€".repeat(random.nextInt(3)) + random.nextInt());
            return Tensors.strings("x", shape, values);
        }
        byte[] bytes = new byte[rows * 3 * datatype.size()];
        random.nextBytes(bytes);
        if (datatype == Datatype.BOOL) {
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] &= 1;
            }
        }
        return new Tensor("x", datatype, shape, ByteBuffer.wrap(bytes));
    }

    private static LoadedModel load(Path file) throws EngineException {
        return new OnnxRuntimeEngine().load(file, EngineOptions.DEFAULT);
    }
}
