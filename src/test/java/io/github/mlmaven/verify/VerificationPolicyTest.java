package io.github.mlmaven.verify;

import static io.github.mlmaven.serving.Tensors.fp32;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mlmaven.finding.Accept;
import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.FindingId;
import io.github.mlmaven.finding.Level;
import io.github.mlmaven.finding.Policy;
import io.github.mlmaven.finding.Severity;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What counts decides whether a model is verified. */
class VerificationPolicyTest {

    private static final String PLACE = "src/main/model/one";
    private static final String GOLDEN = "src/test/model/one";

    @TempDir
    Path project;

    @Test
    void whatIsOffIsNotHeardOf() throws IOException {
        VerificationReport report = verify(model(List.of()), levels(FindingId.GOLDEN_MISSING, Level.OFF));

        assertThat(report.allFindings()).isEmpty();
        assertThat(report.verdict()).isEqualTo(Verdict.PASS);
        assertThat(report.models().get(0).checks().get(5).verdict()).isEqualTo(Verdict.PASS);
        assertThat(report.verified()).hasSize(1);
    }

    @Test
    void aWarningThatIsRaisedKeepsTheModelFromBeingVerified() throws IOException {
        VerificationReport report = verify(model(List.of()), levels(FindingId.GOLDEN_MISSING, Level.FAIL));

        assertThat(report.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(report.models().get(0).checks().get(5).verdict()).isEqualTo(Verdict.FAIL);
        assertThat(report.verified()).isEmpty();
    }

    @Test
    void anErrorThatIsLoweredLeavesTheModelVerified() throws IOException {
        ModelSource source = model(List.of());
        TensorFiles.write(project.resolve(GOLDEN + "/test_data_set_0/input_0.pb"), fp32("x", new long[] {1}, 1));
        TensorFiles.write(project.resolve(GOLDEN + "/test_data_set_0/output_0.pb"), fp32("y", new long[] {1}, 2));

        VerificationReport report = verify(source, levels(FindingId.GOLDEN_MISMATCH, Level.WARN));

        assertThat(report.allFindings()).extracting(Finding::severity).containsExactly(Severity.WARNING);
        assertThat(report.verdict()).isEqualTo(Verdict.WARN);
        assertThat(report.verified()).hasSize(1);
        assertThat(report.models().get(0).golden().get(0).matches()).isFalse();
    }

    @Test
    void aModelThatCannotBeReadStaysAnErrorWhateverIsConfigured() throws IOException {
        Finding link = Finding.of(FindingId.SAFE_LINK, PLACE, "it is a link", "Replace it.");
        Policy policy = new Policy(
                Map.of(FindingId.SAFE_LINK, Level.OFF), List.of(new Accept(FindingId.SAFE_LINK, PLACE, "known")));

        VerificationReport report = verify(model(List.of(link)), policy);

        assertThat(report.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(report.models().get(0).findings()).containsExactly(link);
        assertThat(report.findings()).extracting(Finding::id).containsExactly(FindingId.ACCEPT_UNUSED);
    }

    @Test
    void findingsOfTheProjectCountToo() {
        Finding link = Finding.of(FindingId.SAFE_LINK, "src/main/model/x", "it is a link", "Replace it.");
        Policy policy =
                new Policy(Map.of(), List.of(new Accept(FindingId.SAFE_LINK, "src/main/model/x", "it is ours")));

        VerificationReport report = new ModelVerifier()
                .verify(new VerificationRequest(
                        List.of(),
                        List.of(link),
                        Forks.settings(project),
                        Map.of(),
                        Tolerance.DEFAULT,
                        Rules.NONE,
                        policy));

        assertThat(report.findings())
                .extracting(Finding::line)
                .containsExactly("ML-SAFE-LINK: src/main/model/x: it is a link (accepted: it is ours). Replace it.");
        assertThat(report.verdict()).isEqualTo(Verdict.PASS);
    }

    private static Policy levels(FindingId id, Level level) {
        return new Policy(Map.of(id, level), List.of());
    }

    private VerificationReport verify(ModelSource source, Policy policy) {
        return new ModelVerifier()
                .verify(new VerificationRequest(
                        List.of(new ModelInspector(project.resolve("scan")).inspect(source)),
                        List.of(),
                        Forks.settings(project.resolve("fork")),
                        Map.of(),
                        Tolerance.DEFAULT,
                        Rules.NONE,
                        policy));
    }

    private ModelSource model(List<Finding> findings) throws IOException {
        Path file = project.resolve(PLACE + "/model.onnx");
        Files.createDirectories(file.getParent());
        OnnxModels.identity(file, Datatype.FP32);
        return new ModelSource("one", "1.0", project.resolve(PLACE), project.resolve(GOLDEN), PLACE, GOLDEN, findings);
    }
}
