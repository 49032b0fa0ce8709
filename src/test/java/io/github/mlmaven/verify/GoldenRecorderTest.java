package io.github.mlmaven.verify;

import static io.github.mlmaven.serving.Tensors.fp32;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.FindingId;
import io.github.mlmaven.inspect.Inspection;
import io.github.mlmaven.inspect.ModelInspector;
import io.github.mlmaven.inspect.ModelSource;
import io.github.mlmaven.model.Datatype;
import io.github.mlmaven.serving.OnnxModels;
import io.github.mlmaven.verify.golden.TensorFiles;
import io.github.mlmaven.verify.golden.Tolerance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real model in a real engine in a real fork. */
class GoldenRecorderTest {

    private static final String RECORDED = ": wrote the outputs that ENGINE gave; they are not the training library's."
            + " Review and commit them; replace them by what the training library predicts when you can.";

    @TempDir
    Path project;

    private Path golden;

    @BeforeEach
    void place() throws IOException {
        Files.createDirectories(project.resolve("model"));
        golden = Files.createDirectories(project.resolve("golden"));
    }

    @Test
    void inputsGetTheOutputsOfTheEngineAndSayLaterWhoseTheyAre() throws IOException {
        OnnxModels.identity(project.resolve("model/model.onnx"), Datatype.FP32);
        TensorFiles.write(golden.resolve("test_data_set_0/input_0.pb"), fp32("x", new long[] {2}, 1, 2));
        Files.writeString(
                golden.resolve("case.json"),
                "{\"inputs\": [{\"name\": \"x\", \"datatype\": \"FP32\", \"shape\": [1], \"data\": [3]}]}");

        assertThat(lines(record()))
                .containsExactly(
                        "ML-GOLDEN-RECORDED: golden/test_data_set_0" + RECORDED,
                        "ML-GOLDEN-RECORDED: golden/case.json" + RECORDED);

        VerificationReport report = new ModelVerifier()
                .verify(new VerificationRequest(
                        List.of(inspect()), List.of(), Forks.settings(project), Map.of(), Tolerance.DEFAULT));
        assertThat(report.verdict()).isEqualTo(Verdict.PASS);
        assertThat(report.models().get(0).golden()).hasSize(2).allMatch(GoldenResult::matches);
        assertThat(lines(report.allFindings()))
                .containsExactlyInAnyOrder(
                        "ML-GOLDEN-RECORDED: golden/test_data_set_0: the outputs were recorded by ENGINE, not by the"
                                + " training library: they show changes, not errors of the export. Replace them by what"
                                + " the training library predicts when you can.",
                        "ML-GOLDEN-RECORDED: golden/case.json: the outputs were recorded by ENGINE, not by the training"
                                + " library: they show changes, not errors of the export. Replace them by what the"
                                + " training library predicts when you can.");

        assertThat(record()).isEmpty();
    }

    @Test
    void whatTheEngineRefusesIsToldAndTheOthersAreRecorded() throws IOException {
        OnnxModels.needsSizeTwo(project.resolve("model/model.onnx"));
        TensorFiles.write(golden.resolve("test_data_set_0/input_0.pb"), fp32("x", new long[] {3}, 1, 2, 3));
        TensorFiles.write(golden.resolve("test_data_set_1/input_0.pb"), fp32("x", new long[] {2}, 1, 2));

        List<Finding> findings = record();

        assertThat(findings).extracting(Finding::id).containsExactly(FindingId.GOLDEN_RUN, FindingId.GOLDEN_RECORDED);
        assertThat(findings.get(0).place()).isEqualTo("golden/test_data_set_0");
        assertThat(golden.resolve("test_data_set_0")).isDirectoryNotContaining("glob:**output*");
        assertThat(golden.resolve("test_data_set_1/output_0.pb")).exists();
    }

    @Test
    void aModelThatDoesNotLoadRecordsNothing() throws IOException {
        OnnxModels.unary(project.resolve("model/model.onnx"), "Frobnicate", 1, 1, "N");
        TensorFiles.write(golden.resolve("test_data_set_0/input_0.pb"), fp32("x", new long[] {1}, 1));

        assertThat(record()).extracting(Finding::id).containsExactly(FindingId.MODEL_ENGINE);
        assertThat(golden.resolve("test_data_set_0/output_0.pb")).doesNotExist();
    }

    private List<Finding> record() {
        return new GoldenRecorder(Forks.settings(project.resolve("fork"))).record(List.of(inspect()));
    }

    private Inspection inspect() {
        ModelSource source = new ModelSource("m", "1.0", project.resolve("model"), golden, "src/main/model", "golden");
        return new ModelInspector(Path.of("target/scan")).inspect(source);
    }

    private static List<String> lines(List<Finding> findings) {
        return findings.stream()
                .map(finding -> finding.line().replaceAll("onnxruntime \\d+\\.\\d+\\.\\d+", "ENGINE"))
                .toList();
    }
}
