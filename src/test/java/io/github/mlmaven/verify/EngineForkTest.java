package io.github.mlmaven.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.mlmaven.model.Datatype;
import io.github.mlmaven.model.ModelFormat;
import io.github.mlmaven.model.Tensor;
import io.github.mlmaven.model.exchange.ProbeReply;
import io.github.mlmaven.model.exchange.ProbeRequest;
import io.github.mlmaven.serving.OnnxModels;
import io.github.mlmaven.serving.Tensors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class EngineForkTest {

    private static final Path ADD_SUB = Path.of("src/test/models/add-sub/model.onnx");

    @TempDir
    Path work;

    private final List<ProbeReply> replies = new ArrayList<>();

    @Test
    void itLoadsTheModelAndRunsEveryCaseAndLeavesNothingBehind() throws Exception {
        Path model = OnnxModels.identity(work.resolve("modèle.onnx"), Datatype.FP32);
        Tensor x = Tensors.fp32("x", new long[] {2}, 1.5f, -2);

        new EngineFork(Forks.settings(work.resolve("fork"))).run("m", request(model, x, x), replies::add);

        replies.removeIf(ProbeReply.Peak.class::isInstance);
        assertThat(replies).hasSize(3);
        assertThat(((ProbeReply.Loaded) replies.get(0)).engine()).startsWith("onnxruntime 1.");
        Tensor y = ((ProbeReply.Ran) replies.get(2)).outputs().get(0);
        assertThat(Tensors.bytes(y)).isEqualTo(Tensors.bytes(x));
        assertThat(work.resolve("fork")).isEmptyDirectory();
    }

    @Test
    void whatAKilledBuildLeftBehindIsDeletedAndARunningBuildsFolderIsNot() throws Exception {
        Path model = OnnxModels.identity(work.resolve("model.onnx"), Datatype.FP32);
        Path killed = Files.createDirectories(work.resolve("fork/m.999999999999/tmp"));
        long running = ProcessHandle.current().parent().orElseThrow().pid();
        Path other = Files.createDirectories(work.resolve("fork/m." + running));

        new EngineFork(Forks.settings(work.resolve("fork"))).run("m", request(model), replies::add);

        assertThat(killed.getParent()).doesNotExist();
        assertThat(other).exists();
    }

    @Test
    void aModelThatTheEngineDoesNotKnowIsRefusedWithTheEnginesReason() throws Exception {
        Path model = OnnxModels.unary(work.resolve("model.onnx"), "Frobnicate", 1, 1, "N");

        new EngineFork(Forks.settings(work.resolve("fork"))).run("m", request(model), replies::add);

        assertThat(replies).singleElement().isInstanceOf(ProbeReply.Refused.class);
        assertThat(((ProbeReply.Refused) replies.get(0)).message()).contains("Frobnicate");
    }

    @Test
    void anInputThatTheEngineRefusesLeavesTheOtherCasesAlone() throws Exception {
        Path model = OnnxModels.add(work.resolve("model.onnx"));
        Tensor two = Tensors.fp32("a", new long[] {2}, 1, 2);
        ProbeRequest request = new ProbeRequest(
                ModelFormat.ONNX,
                model.toString(),
                List.of(
                        new ProbeRequest.Case("bad", List.of(two, Tensors.fp32("b", new long[] {3}, 1, 2, 3))),
                        new ProbeRequest.Case("good", List.of(two, Tensors.fp32("b", new long[] {2}, 1, 2)))));

        new EngineFork(Forks.settings(work.resolve("fork"))).run("m", request, replies::add);

        assertThat(replies.get(1)).isInstanceOf(ProbeReply.Failed.class);
        assertThat(replies.get(2)).isInstanceOf(ProbeReply.Ran.class);
    }

    @Test
    void aProgramThatHangsIsEndedAndTheParameterIsNamed() throws IOException {
        ForkSettings settings = Forks.settings(work.resolve("fork"), 64, Duration.ofMillis(1500));
        Tensor x = Tensors.fp32("x", new long[] {1}, 1);

        ForkFailure failure = fail(settings, HangingProgram.class.getName(), request(ADD_SUB, x));

        assertThat(failure.at("src/main/model").line())
                .isEqualTo("ML-MODEL-FORK: src/main/model: the forked JVM was ended because it took too long while"
                        + " loading the model; expected an answer within 1.5 s, found none."
                        + " Raise ml.verify.timeout if the model needs that long.");
        try (Stream<ProcessHandle> children = ProcessHandle.current().children()) {
            assertThat(children.filter(
                            child -> child.info().commandLine().orElse("").contains(HangingProgram.class.getName())))
                    .isEmpty();
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void memoryOutsideTheHeapIsBoundedToo() {
        ForkSettings good = Forks.settings(work.resolve("fork"));
        ForkSettings tight = new ForkSettings(
                good.java(), good.classPath(), good.heapMegabytes(), 8, good.timeout(), good.workFolder());

        ForkFailure failure = fail(tight, HangingProgram.class.getName(), request(ADD_SUB));

        assertThat(failure.at("src/main/model").line())
                .startsWith("ML-MODEL-FORK: src/main/model: the forked JVM was ended because it took too much memory ")
                .endsWith("; expected at most 8 MiB, found more. Raise ml.verify.memory if the model needs that much.");
    }

    @Test
    void aCrashNamesTheCaseThatWasRunningAndKeepsWhatCameBefore() throws IOException {
        Tensor x = Tensors.fp32("x", new long[] {1}, 1);

        ForkFailure failure = fail(
                Forks.settings(work.resolve("target/ml/fork")),
                CrashingProgram.class.getName(),
                request(ADD_SUB, x, x, x));

        assertThat(replies).hasSize(2);
        assertThat(failure).hasMessage("the forked JVM ended while running golden case case-1");
        assertThat(failure.at("p").expected()).contains("exit code 0 and every answer");
        assertThat(failure.at("p").found().orElseThrow())
                .matches("exit code 1, its last output: SIGSEGV \\(0xb\\) \\| +V +\\[libjvm.so.*");
        assertThat(failure.at("p").next())
                .isEqualTo("Everything that it printed is in target/ml/fork/m.log; a crash in native code is a fault of"
                        + " the engine or a hostile model.");
        assertThat(work.resolve("target/ml/fork/m.log")).content().contains("SIGSEGV");
        assertThat(work.resolve("target/ml/fork/m.hs_err.log")).isNotEmptyFile();
        assertThat(work.resolve("target/ml/fork/m")).doesNotExist();
    }

    @Test
    void whatAProgramPrintsIsBoundedAndItsLastLinesAreTold() throws IOException {
        ForkFailure failure =
                fail(Forks.settings(work.resolve("fork")), ChattyProgram.class.getName(), request(ADD_SUB));

        assertThat(failure.at("p").found())
                .contains("exit code 7, its last output: line 199996 | line 199997 | line 199998 | line 199999 |"
                        + "  [31mlast words");
        assertThat(work.resolve("fork/m.log")).isNotEmptyFile();
        assertThat(Files.size(work.resolve("fork/m.log"))).isLessThanOrEqualTo(64 * 1024);
    }

    @Test
    void tooLittleHeapNamesTheParameter() throws IOException {
        Tensor large = new Tensor("x", Datatype.FP32, new long[] {16 << 20}, ByteBuffer.allocate(64 << 20));

        ForkFailure failure = fail(
                Forks.settings(work.resolve("fork"), 32, Duration.ofMinutes(2)),
                EngineFork.PROBE,
                request(ADD_SUB, large));

        assertThat(failure.at("src/main/model").line())
                .isEqualTo(
                        "ML-MODEL-FORK: src/main/model: the forked JVM ran out of memory while loading the model; expected at"
                                + " most 32 MiB of heap, found java.lang.OutOfMemoryError."
                                + " Raise ml.verify.heap, or use smaller golden data.");
    }

    @Test
    void aJavaThatIsNotThereIsTold() {
        ForkSettings good = Forks.settings(work.resolve("fork"));
        ForkSettings bad = new ForkSettings(
                work.resolve("no-java"),
                good.classPath(),
                good.heapMegabytes(),
                good.memoryMegabytes(),
                good.timeout(),
                good.workFolder());

        ForkFailure failure = fail(bad, EngineFork.PROBE, request(ADD_SUB));

        assertThat(failure).hasMessage("the forked JVM cannot be run");
        assertThat(failure.at("p").next())
                .isEqualTo("Check that the Java that runs Maven is complete and that the build folder is writable.");
    }

    private ForkFailure fail(ForkSettings settings, String program, ProbeRequest request) {
        return catchThrowableOfType(
                ForkFailure.class, () -> new EngineFork(settings, program).run("m", request, replies::add));
    }

    private static ProbeRequest request(Path model, Tensor... inputs) {
        List<ProbeRequest.Case> cases = new ArrayList<>();
        for (Tensor input : inputs) {
            cases.add(new ProbeRequest.Case("case-" + cases.size(), List.of(input)));
        }
        return new ProbeRequest(ModelFormat.ONNX, model.toAbsolutePath().toString(), cases);
    }
}
