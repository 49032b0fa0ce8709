package io.github.mlmaven.serving.inference;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mlmaven.model.Datatype;
import io.github.mlmaven.model.Digest;
import io.github.mlmaven.model.ModelDescriptor;
import io.github.mlmaven.model.ModelFile;
import io.github.mlmaven.model.ModelFormat;
import io.github.mlmaven.model.Tensor;
import io.github.mlmaven.serving.OnnxModels;
import io.github.mlmaven.serving.Tensors;
import io.github.mlmaven.serving.engine.EngineException;
import io.github.mlmaven.serving.engine.EngineOptions;
import io.github.mlmaven.serving.engine.OnnxRuntimeEngine;
import io.github.mlmaven.serving.protocol.InferenceRequest;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real models, served without a socket: quick ones at the end of a turn that tests end, slow ones on a pool. */
@Timeout(60)
abstract class ServedModels {

    @TempDir
    Path folder;

    final InferencePool pool = new InferencePool(2, 8);

    /** What an event loop would run at the end of its turn. */
    final Deque<Runnable> turn = new ArrayDeque<>();

    @AfterEach
    void close() {
        pool.close();
    }

    ServedModel undecided(WatchedModel watched, BatchOptions batching) {
        Pace pace = new Pace(Double.MAX_VALUE);
        pace.ran(1, 1);
        return undecided(watched, batching, 100, pace);
    }

    ServedModel undecided(WatchedModel watched, BatchOptions batching, int maxWaiting, Pace pace) {
        ModelFile file = new ModelFile("m.onnx", 1, new Digest("0".repeat(64)));
        return new ServedModel(
                new ModelDescriptor("m", "1", ModelFormat.ONNX, List.of(file), watched.contract()),
                watched,
                batching,
                new SharedResources(pool, new Admission(maxWaiting), ServingListener.NONE),
                pace);
    }

    WatchedModel identity() throws EngineException {
        return watched(OnnxModels.identity(folder.resolve("m.onnx"), Datatype.FP32));
    }

    static WatchedModel watched(Path file) throws EngineException {
        return new WatchedModel(new OnnxRuntimeEngine().load(file, EngineOptions.DEFAULT));
    }

    ServedModel quick(WatchedModel watched, BatchOptions batching) {
        return quick(watched, batching, 100);
    }

    /** It runs at the end of turns. */
    ServedModel quick(WatchedModel watched, BatchOptions batching, int maxWaiting) {
        Pace pace = new Pace(Double.MAX_VALUE);
        pace.ran(1, 1);
        return served(watched, batching, maxWaiting, pace);
    }

    /** It runs on the pool. */
    ServedModel slow(WatchedModel watched, BatchOptions batching) {
        return served(watched, batching, 100, new Pace(0));
    }

    ServedModel served(WatchedModel watched, BatchOptions batching, int maxWaiting, Pace pace) {
        ServedModel model = undecided(watched, batching, maxWaiting, pace);
        if (batching.merge()) {
            model.merge();
        }
        return model;
    }

    KeptAnswer infer(ServedModel model, Tensor input) {
        return infer(model, List.of(input));
    }

    KeptAnswer infer(ServedModel model, List<Tensor> inputs) {
        KeptAnswer answer = new KeptAnswer();
        Call call = new Call(
                "test", new InferenceRequest(Optional.empty(), inputs, List.of()), Deadline.NONE, System.nanoTime());
        assertThat(model.infer(call, turn::add, answer)).isTrue();
        return answer;
    }

    void infer(ServedModel model, Tensor input, Deadline deadline, KeptAnswer answer) {
        assertThat(model.infer(call(input, deadline), turn::add, answer)).isTrue();
    }

    static Call call(Tensor input, Deadline deadline) {
        return new Call(
                "test", new InferenceRequest(Optional.empty(), List.of(input), List.of()), deadline, System.nanoTime());
    }

    static String hex(Tensor tensor) {
        return HexFormat.of().formatHex(Tensors.bytes(tensor));
    }

    void endTurn() {
        while (!turn.isEmpty()) {
            turn.remove().run();
        }
    }
}
