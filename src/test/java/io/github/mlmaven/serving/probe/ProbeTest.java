package io.github.mlmaven.serving.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mlmaven.model.ModelFormat;
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
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
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
        assertThat(replies).hasSize(5);
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
        assertThat(replies.get(4)).isInstanceOf(ProbeReply.Done.class);
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
