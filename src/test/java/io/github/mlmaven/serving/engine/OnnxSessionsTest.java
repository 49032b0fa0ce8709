package io.github.mlmaven.serving.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import io.github.mlmaven.model.Datatype;
import io.github.mlmaven.model.Tensor;
import io.github.mlmaven.serving.OnnxModels;
import io.github.mlmaven.serving.Tensors;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxSessionsTest {

    @TempDir
    Path folder;

    @Test
    void eachThreadHasASessionOfASmallModelUpToSixteen() throws Exception {
        Path file = OnnxModels.identity(folder.resolve("m.onnx"), Datatype.FP32);
        try (OnnxSessions sessions = load(file)) {
            Set<OrtSession> taken = new HashSet<>();
            for (int i = 0; i < 16; i++) {
                assertThat(taken.add(sessions.take())).isTrue();
            }
            assertThat(taken).contains(sessions.first());
            assertThat(sessions.take()).isSameAs(sessions.first());
            OrtSession last = taken.iterator().next();
            sessions.giveBack(last);
            assertThat(sessions.take()).isSameAs(last);
        }
    }

    @Test
    void aModelThatMayHaveExternalDataHasOneSession() throws Exception {
        Path file = OnnxModels.unary(folder.resolve("m.onnx"), "Identity", 1, 1, "location");
        try (OnnxSessions sessions = load(file)) {
            assertThat(sessions.take()).isSameAs(sessions.first());
            assertThat(sessions.take()).isSameAs(sessions.first());
        }
    }

    @Test
    void aThreadThatComesLaterDoesNotReadTheFileAgain() throws Exception {
        Path file = OnnxModels.identity(folder.resolve("m.onnx"), Datatype.FP32);
        try (LoadedModel model = new OnnxRuntimeEngine().load(file, EngineOptions.DEFAULT)) {
            assertThat(onNewThread(model)).isEqualTo(5);
            Files.delete(file);
            for (int i = 0; i < 20; i++) {
                assertThat(onNewThread(model)).isEqualTo(5);
            }
            assertThat(run(model)).isEqualTo(5);
        }
    }

    private static float onNewThread(LoadedModel model) throws Exception {
        CompletableFuture<Float> result = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                result.complete(run(model));
            } catch (EngineException | RuntimeException e) {
                result.completeExceptionally(e);
            }
        });
        thread.start();
        thread.join();
        return result.get();
    }

    private static float run(LoadedModel model) throws EngineException {
        List<Tensor> request = List.of(Tensors.fp32("x", new long[] {1}, 5));
        return model.runMerged(List.of(request), List.of("y"))
                .get(0)
                .get(0)
                .data()
                .getFloat();
    }

    private static OnnxSessions load(Path file) throws Exception {
        return OnnxSessions.load(
                OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "ml"),
                file,
                EngineOptions.DEFAULT);
    }
}
