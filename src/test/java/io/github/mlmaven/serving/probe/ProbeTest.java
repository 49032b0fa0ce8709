package io.github.mlmaven.serving.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mlmaven.model.ModelFormat;
import io.github.mlmaven.model.Tensor;
import io.github.mlmaven.model.exchange.Measurement;
import io.github.mlmaven.model.exchange.ProbeReply;
import io.github.mlmaven.model.exchange.ProbeRequest;
import io.github.mlmaven.serving.OnnxModels;
import io.github.mlmaven.serving.Tensors;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ProbeTest {

    @TempDir
    Path folder;

    @Test
    void itLoadsAndRunsEveryCaseAndSaysWhichFailed() throws Exception {
        Path model = OnnxModels.add(folder.resolve("model.onnx"));
        ProbeRequest.Case good = new ProbeRequest.Case(
                "good", List.of(Tensors.fp32("a", new long[] {1}, 1), Tensors.fp32("b", new long[] {1}, 2)));
        ProbeRequest.Case bad = new ProbeRequest.Case("bad", List.of(Tensors.fp32("a", new long[] {1}, 1)));
        List<ProbeReply> replies =
                probe(new ProbeRequest(ModelFormat.ONNX, model.toString(), List.of(good, bad, good)));
        assertThat(withoutPeak(replies)).hasSize(5);
        assertThat(replies.get(0)).isInstanceOfSatisfying(ProbeReply.Loaded.class, loaded -> {
            assertThat(loaded.engine()).isEqualTo("onnxruntime 1.29.0");
            assertThat(loaded.contract().outputs()).hasToString("[y FP32[C]]");
        });
        assertThat(replies.get(1)).isInstanceOfSatisfying(ProbeReply.Ran.class, ran -> {
            assertThat(ran.index()).isZero();
            assertThat(ran.outputs().get(0).data().getFloat()).isEqualTo(3);
        });
        assertThat(replies.get(2)).isInstanceOfSatisfying(ProbeReply.Failed.class, failed -> {
            assertThat(failed.index()).isEqualTo(1);
            assertThat(failed.message()).contains("b");
        });
        assertThat(replies.get(3)).isInstanceOf(ProbeReply.Ran.class);
        assertThat(withoutPeak(replies).get(4)).isInstanceOf(ProbeReply.Done.class);
    }

    @Test
    void itTimesTheCasesThatRunBySeveralCallersWithTheBatchThatWasAskedFor() throws Exception {
        List<ProbeReply> replies = probe(new ProbeRequest(
                ModelFormat.ONNX,
                OnnxModels.add(folder.resolve("model.onnx")).toString(),
                List.of(pair(1), new ProbeRequest.Case("bad", List.of())),
                Optional.of(new Measurement(3, 2, 500, Duration.ofSeconds(60), true))));

        assertThat(replies.get(3))
                .isInstanceOfSatisfying(
                        ProbeReply.Timed.class,
                        timed -> assertThat(timed.nanos()).hasSize(500).allMatch(nanos -> nanos > 0));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void itTellsThePeakOfItsMemoryLast() throws Exception {
        Path model = OnnxModels.add(folder.resolve("model.onnx"));

        List<ProbeReply> replies = probe(new ProbeRequest(ModelFormat.ONNX, model.toString(), List.of()));

        assertThat(replies.get(1))
                .isInstanceOfSatisfying(
                        ProbeReply.Peak.class, peak -> assertThat(peak.bytes()).isGreaterThan(10 << 20));
    }

    @Test
    void aModelWithoutACaseThatRunsIsNotTimed() throws Exception {
        List<ProbeReply> replies = probe(new ProbeRequest(
                ModelFormat.ONNX,
                OnnxModels.add(folder.resolve("model.onnx")).toString(),
                List.of(),
                Optional.of(new Measurement(0, 1, 10, Duration.ofSeconds(60), true))));

        assertThat(replies.get(1)).isEqualTo(new ProbeReply.Untimed("there is no golden case that runs"));
    }

    @Test
    void aBatchThatTheModelDoesNotTakeIsToldWithTheEnginesReason() throws Exception {
        Path model = OnnxModels.needsSizeTwo(folder.resolve("model.onnx"));
        Tensor two = Tensors.fp32("x", new long[] {2}, 1, 2);

        List<ProbeReply> replies = probe(new ProbeRequest(
                ModelFormat.ONNX,
                model.toString(),
                List.of(new ProbeRequest.Case("c", List.of(two))),
                Optional.of(new Measurement(3, 2, 10, Duration.ofSeconds(60), true))));

        assertThat(replies.get(1)).isInstanceOf(ProbeReply.Ran.class);
        assertThat(replies.get(2)).isInstanceOf(ProbeReply.Untimed.class);
    }

    @Test
    void aRunThatTakesLongerThanMeasuringMayIsTimedForABudgetOnly() throws Exception {
        String model = OnnxModels.add(folder.resolve("model.onnx")).toString();
        Duration none = Duration.ofNanos(1);

        assertThat(probe(new ProbeRequest(
                                ModelFormat.ONNX,
                                model,
                                List.of(pair(1)),
                                Optional.of(new Measurement(0, 1, 10, none, false))))
                        .get(2))
                .isEqualTo(new ProbeReply.Untimed(
                        "a run takes longer than 0 ms, which is the most time for measuring without a budget"));
        assertThat(probe(new ProbeRequest(
                                ModelFormat.ONNX,
                                model,
                                List.of(pair(1)),
                                Optional.of(new Measurement(0, 1, 10, none, true))))
                        .get(2))
                .isInstanceOfSatisfying(
                        ProbeReply.Timed.class,
                        timed -> assertThat(timed.nanos()).hasSize(1));
    }

    private static ProbeRequest.Case pair(float value) {
        return new ProbeRequest.Case(
                "pair", List.of(Tensors.fp32("a", new long[] {1}, value), Tensors.fp32("b", new long[] {1}, 2)));
    }

    private static List<ProbeReply> withoutPeak(List<ProbeReply> replies) {
        return replies.stream()
                .filter(reply -> !(reply instanceof ProbeReply.Peak))
                .toList();
    }

    @Test
    void aModelThatDoesNotLoadIsRefused() throws Exception {
        Path model = Files.writeString(folder.resolve("model.onnx"), "no model");
        List<ProbeReply> replies = probe(new ProbeRequest(ModelFormat.ONNX, model.toString(), List.of()));
        assertThat(replies).hasSize(2);
        assertThat(replies.get(0))
                .isInstanceOfSatisfying(
                        ProbeReply.Refused.class,
                        refused -> assertThat(refused.message()).contains("Protobuf parsing failed."));
    }

    @Test
    void aRequestThatCannotBeReadIsExitCodeTwoAndOneLine() throws Exception {
        Path request = Files.writeString(folder.resolve("request"), "?");
        assertThat(fork(request, folder.resolve("reply"))).isEqualTo(2);
        assertThat(folder.resolve("stderr"))
                .content()
                .isEqualTo("the probe cannot exchange files with the build: java.io.EOFException\n");
    }

    private List<ProbeReply> probe(ProbeRequest request) throws IOException, InterruptedException {
        Path requestFile = folder.resolve("request");
        Path replyFile = folder.resolve("reply");
        try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(requestFile))) {
            request.write(out);
        }
        assertThat(fork(requestFile, replyFile)).isZero();
        assertThat(folder.resolve("stderr")).isEmptyFile();
        List<ProbeReply> replies = new ArrayList<>();
        try (DataInputStream in = new DataInputStream(Files.newInputStream(replyFile))) {
            do {
                replies.add(ProbeReply.read(in));
            } while (!(replies.get(replies.size() - 1) instanceof ProbeReply.Done));
            assertThat(in.read()).isEqualTo(-1);
        }
        return replies;
    }

    private int fork(Path request, Path reply) throws IOException, InterruptedException {
        File stderr = folder.resolve("stderr").toFile();
        ProcessBuilder probe = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Probe.class.getName(),
                        request.toString(),
                        reply.toString())
                .redirectError(stderr)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        probe.environment().put("ORT_DISABLE_TELEMETRY", "1");
        return probe.start().waitFor();
    }
}
