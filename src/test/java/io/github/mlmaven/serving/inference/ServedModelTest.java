package io.github.mlmaven.serving.inference;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mlmaven.model.Datatype;
import io.github.mlmaven.model.Digest;
import io.github.mlmaven.model.ModelDescriptor;
import io.github.mlmaven.model.ModelFile;
import io.github.mlmaven.model.ModelFormat;
import io.github.mlmaven.model.Tensor;
import io.github.mlmaven.serving.GoldenFiles;
import io.github.mlmaven.serving.OnnxModels;
import io.github.mlmaven.serving.Tensors;
import io.github.mlmaven.serving.engine.EngineException;
import io.github.mlmaven.serving.engine.EngineOptions;
import io.github.mlmaven.serving.engine.MergeProbe;
import io.github.mlmaven.serving.engine.OnnxRuntimeEngine;
import io.github.mlmaven.serving.protocol.InferenceRequest;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ServedModelTest {

    @TempDir
    private Path folder;

    private final InferencePool pool = new InferencePool(2, 8);

    /** What an event loop would run at the end of its turn. */
    private final Deque<Runnable> turn = new ArrayDeque<>();

    @AfterEach
    void close() {
        pool.close();
    }

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
    void aBusyModelDoesNotKeepTheThreadsFromAnother() throws Exception {
        WatchedModel watched = identity();
        ServedModel busy = slow(watched, BatchOptions.OFF);
        ServedModel other = slow(identity(), BatchOptions.OFF);
        watched.shut();
        List<KeptAnswer> waiting = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            waiting.add(infer(busy, Tensors.fp32("x", new long[] {1}, i)));
        }
        watched.awaitRun();
        watched.awaitRun();
        KeptAnswer neighbour = infer(other, Tensors.fp32("x", new long[] {1}, 1));
        // Each of the two threads ends its run; then it is the other model's turn.
        watched.let(2);

        assertThat(neighbour.message()).isEqualTo("computed");
        assertThat(waiting).anyMatch(answer -> !answer.done());
        watched.let(50);
        for (KeptAnswer answer : waiting) {
            assertThat(answer.message()).isEqualTo("computed");
        }
    }

    @Test
    void otherThreadsThanEventLoopsMayAskForQuickModelsToo() throws Exception {
        ServedModel model = quick(identity(), BatchOptions.DEFAULT, 100_000);
        List<KeptAnswer> answers = Collections.synchronizedList(new ArrayList<>());
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            Thread thread = new Thread(() -> {
                for (int i = 0; i < 500; i++) {
                    KeptAnswer answer = new KeptAnswer();
                    while (!model.infer(call(Tensors.fp32("x", new long[] {1}, i), Deadline.NONE), answer)) {
                        Thread.onSpinWait();
                    }
                    answers.add(answer);
                }
            });
            threads.add(thread);
            thread.start();
        }
        for (int i = 0; i < 500; i++) {
            answers.add(infer(model, Tensors.fp32("x", new long[] {1}, i)));
            endTurn();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(answers).hasSize(2500);
        for (KeptAnswer answer : answers) {
            assertThat(answer.message()).isEqualTo("computed");
        }
    }

    @Test
    void placesThatNobodyWaitsInAreGivenToOthers() throws Exception {
        WatchedModel watched = identity();
        ServedModel model = served(watched, BatchOptions.OFF, 2, new Pace(0));
        watched.shut();
        Tensor x = Tensors.fp32("x", new long[] {1}, 1);
        List<KeptAnswer> running = List.of(infer(model, x), infer(model, x));
        watched.awaitRun();
        watched.awaitRun();
        KeptAnswer late = new KeptAnswer();
        infer(model, x, Deadline.after(Duration.ofNanos(1)), late);
        KeptAnswer left = infer(model, x);
        left.wanted = false;
        KeptAnswer next = infer(model, x);

        assertThat(late.message()).isEqualTo("EXPIRED: the deadline passed before the model ran");
        assertThat(left.message()).startsWith("EXPIRED: ");
        watched.let(3);
        assertThat(next.message()).isEqualTo("computed");
        assertThat(running.get(0).message()).isEqualTo("computed");
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

    @Test
    void aSmallRequestIsNoQuickerThanTheFastestRunEver() {
        Pace pace = new Pace(1000);
        pace.ran(1_000_000, 100_000);
        assertThat(pace.quick(10)).isFalse();
        pace.ran(10, 900);
        assertThat(pace.quick(10)).isTrue();
        assertThat(pace.quick(1_000_000)).isFalse();
    }

    private static MergeProbe.Verdict decide(ServedModel model) {
        return model.decideMerging(model.zeros(), Duration.ofMinutes(1));
    }

    private ServedModel undecided(WatchedModel watched, BatchOptions batching) {
        Pace pace = new Pace(Double.MAX_VALUE);
        pace.ran(1, 1);
        return undecided(watched, batching, 100, pace);
    }

    private ServedModel undecided(WatchedModel watched, BatchOptions batching, int maxWaiting, Pace pace) {
        ModelFile file = new ModelFile("m.onnx", 1, new Digest("0".repeat(64)));
        return new ServedModel(
                new ModelDescriptor("m", "1", ModelFormat.ONNX, List.of(file), watched.contract()),
                watched,
                batching,
                new SharedResources(pool, new Admission(maxWaiting), ServingListener.NONE),
                pace);
    }

    @Test
    void whatNobodyWaitsForIsNotRun() throws Exception {
        WatchedModel watched = identity();
        ServedModel model = quick(watched, BatchOptions.DEFAULT);
        Tensor x = Tensors.fp32("x", new long[] {1}, 1);
        KeptAnswer late = new KeptAnswer();
        infer(model, x, Deadline.after(Duration.ofNanos(1)), late);
        KeptAnswer left = infer(model, x);
        left.wanted = false;
        KeptAnswer stays = infer(model, x);
        endTurn();

        assertThat(late.message()).isEqualTo("EXPIRED: the deadline passed before the model ran");
        assertThat(left.message()).startsWith("EXPIRED: ");
        assertThat(stays.message()).isEqualTo("computed");
        assertThat(watched.runs()).containsExactly(1);
    }

    @Test
    void beyondTheBoundRequestsAreRefusedUntilOthersHaveRun() throws Exception {
        ServedModel model = quick(identity(), BatchOptions.DEFAULT, 2);
        Tensor x = Tensors.fp32("x", new long[] {1}, 1);
        KeptAnswer one = infer(model, x);
        KeptAnswer two = infer(model, x);
        KeptAnswer refused = infer(model, x);
        assertThat(refused.message()).isEqualTo("BUSY: too many requests are waiting; try again");
        endTurn();
        assertThat(one.message()).isEqualTo("computed");
        assertThat(two.message()).isEqualTo("computed");

        KeptAnswer again = infer(model, x);
        endTurn();
        assertThat(again.message()).isEqualTo("computed");
    }

    @Test
    void closingWaitsForWhatWasAcceptedAndTakesNoMore() throws Exception {
        WatchedModel watched = identity();
        ServedModel model = slow(watched, BatchOptions.DEFAULT);
        watched.shut();
        KeptAnswer accepted = infer(model, Tensors.fp32("x", new long[] {1}, 1));
        watched.awaitRun();
        Thread closing = new Thread(model::close);
        closing.start();
        KeptAnswer refused = new KeptAnswer();
        // The call is turned away as soon as the closing thread has begun.
        while (model.infer(call(Tensors.fp32("x", new long[] {1}, 1), Deadline.NONE), turn::add, refused)) {
            refused = new KeptAnswer();
        }
        assertThat(watched.closed()).isFalse();
        watched.let(Integer.MAX_VALUE / 4);
        closing.join();

        assertThat(accepted.message()).isEqualTo("computed");
        assertThat(refused.done()).isFalse();
        assertThat(watched.closed()).isTrue();
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

    private WatchedModel identity() throws EngineException {
        return watched(OnnxModels.identity(folder.resolve("m.onnx"), Datatype.FP32));
    }

    private static WatchedModel watched(Path file) throws EngineException {
        return new WatchedModel(new OnnxRuntimeEngine().load(file, EngineOptions.DEFAULT));
    }

    private ServedModel quick(WatchedModel watched, BatchOptions batching) {
        return quick(watched, batching, 100);
    }

    /** It runs at the end of turns. */
    private ServedModel quick(WatchedModel watched, BatchOptions batching, int maxWaiting) {
        Pace pace = new Pace(Double.MAX_VALUE);
        pace.ran(1, 1);
        return served(watched, batching, maxWaiting, pace);
    }

    /** It runs on the pool. */
    private ServedModel slow(WatchedModel watched, BatchOptions batching) {
        return served(watched, batching, 100, new Pace(0));
    }

    private ServedModel served(WatchedModel watched, BatchOptions batching, int maxWaiting, Pace pace) {
        ServedModel model = undecided(watched, batching, maxWaiting, pace);
        if (batching.merge()) {
            model.merge();
        }
        return model;
    }

    private KeptAnswer infer(ServedModel model, Tensor input) {
        return infer(model, List.of(input));
    }

    private KeptAnswer infer(ServedModel model, List<Tensor> inputs) {
        KeptAnswer answer = new KeptAnswer();
        Call call = new Call(
                "test", new InferenceRequest(Optional.empty(), inputs, List.of()), Deadline.NONE, System.nanoTime());
        assertThat(model.infer(call, turn::add, answer)).isTrue();
        return answer;
    }

    private void infer(ServedModel model, Tensor input, Deadline deadline, KeptAnswer answer) {
        assertThat(model.infer(call(input, deadline), turn::add, answer)).isTrue();
    }

    private static Call call(Tensor input, Deadline deadline) {
        return new Call(
                "test", new InferenceRequest(Optional.empty(), List.of(input), List.of()), deadline, System.nanoTime());
    }

    private static String hex(Tensor tensor) {
        return HexFormat.of().formatHex(Tensors.bytes(tensor));
    }

    private void endTurn() {
        while (!turn.isEmpty()) {
            turn.remove().run();
        }
    }

    private static Tensor int64(String name, long value) {
        ByteBuffer data = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
        return new Tensor(
                name, Datatype.INT64, new long[] {1}, data.putLong(value).flip());
    }
}
