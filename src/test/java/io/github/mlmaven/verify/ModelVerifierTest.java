package io.github.mlmaven.verify;

import static io.github.mlmaven.serving.Tensors.fp32;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.FindingId;
import io.github.mlmaven.finding.Policy;
import io.github.mlmaven.inspect.ModelInspector;
import io.github.mlmaven.inspect.ModelLayout;
import io.github.mlmaven.inspect.ModelSource;
import io.github.mlmaven.serving.OnnxModels;
import io.github.mlmaven.verify.budget.Budgets;
import io.github.mlmaven.verify.budget.ByteSize;
import io.github.mlmaven.verify.budget.LatencyRules;
import io.github.mlmaven.verify.budget.Percentile;
import io.github.mlmaven.verify.golden.Tolerance;
import io.github.mlmaven.verify.signature.SignatureSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Each model is judged for itself, by every check. */
class ModelVerifierTest extends ModelVerifierFixture {

    @Test
    void oneBrokenModelNeverKeepsTheOthersFromBeingJudged() throws IOException {
        Files.write(model("empty"), new byte[0]);
        OnnxModels.unary(model("refused"), "Frobnicate", 1, 1, "N");
        ModelSource good = identity("good", fp32("x", new long[] {1}, 1), fp32("y", new long[] {1}, 1));

        VerificationReport report = verify(source("empty"), source("refused"), good);

        assertThat(report.models())
                .extracting(ModelVerification::verdict)
                .containsExactly(Verdict.FAIL, Verdict.FAIL, Verdict.PASS);
        assertThat(report.verified()).extracting(VerifiedModel::name).containsExactly("good");
        Finding refused = report.models().get(1).findings().get(0);
        assertThat(refused.id()).isEqualTo(FindingId.MODEL_ENGINE);
        assertThat(refused.place()).isEqualTo("src/main/model/refused/model.onnx");
        assertThat(refused.found().orElseThrow()).contains("Frobnicate").doesNotContain(project.toString());
        assertThat(report.models().get(1).checks())
                .extracting(CheckResult::verdict)
                .startsWith(Verdict.PASS, Verdict.PASS, Verdict.PASS, Verdict.FAIL, Verdict.SKIP, Verdict.WARN)
                .endsWith(Verdict.SKIP, Verdict.SKIP, Verdict.PASS, Verdict.SKIP, Verdict.PASS);
    }

    @Test
    void aFolderThatMayNotBeLookedIntoIsJudgedLikeEveryModel() throws IOException {
        identity("good", fp32("x", new long[] {1}, 1), fp32("y", new long[] {1}, 1));
        Files.createSymbolicLink(project.resolve("src/main/model/gone"), Path.of("nothing"));
        ModelLayout.Discovery found = ModelLayout.discover(
                project, project.resolve("src/main/model"), project.resolve("src/test/model"), "p", "1.0", List.of());

        VerificationReport report = verify(found.models().toArray(ModelSource[]::new));

        assertThat(found.findings()).isEmpty();
        assertThat(report.models())
                .extracting(model -> model.source().name(), ModelVerification::verdict)
                .containsExactly(tuple("gone", Verdict.FAIL), tuple("good", Verdict.PASS));
        assertThat(report.models().get(0).checks())
                .extracting(CheckResult::figure)
                .containsExactly("not readable", "nobody could look");
    }

    @Test
    void typesThatCannotBeServedAreNamedWithTheRemedy() {
        OnnxModels.sequence(model("one"));

        VerificationReport report = verify(source("one"));

        assertThat(lines(report))
                .containsExactly("ML-CONTRACT-TYPE: src/main/model/one/model.onnx: output y has a type that cannot be"
                        + " served; expected a tensor of a datatype of the Open Inference Protocol, with a rank, found "
                        + report.models().get(0).findings().get(0).found().orElseThrow()
                        + ". Convert the model again so that it is a dense tensor.");
        assertThat(report.models().get(0).checks())
                .extracting(CheckResult::verdict)
                .startsWith(Verdict.PASS, Verdict.FAIL, Verdict.PASS, Verdict.SKIP, Verdict.SKIP, Verdict.SKIP)
                .endsWith(Verdict.SKIP, Verdict.SKIP, Verdict.PASS, Verdict.SKIP, Verdict.PASS);
    }

    @Test
    void whatIsWrongWithTheLayoutFailsTheWhole() {
        Finding layout = Finding.of(FindingId.MODEL_MISSING, "src/main/model", "there is no model", "Add one.");

        VerificationReport report = new ModelVerifier()
                .verify(new VerificationRequest(
                        List.of(), List.of(layout), Forks.settings(project), Map.of(), Tolerance.DEFAULT));

        assertThat(report.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(report.findings()).containsExactly(layout);
    }

    @Test
    void aBudgetThatNoModelKeepsFailsWithEveryFigure() throws IOException {
        ModelSource source = identity("one", fp32("x", new long[] {1}, 1), fp32("y", new long[] {1}, 1));
        LatencyRules latency = new LatencyRules(Map.of(Percentile.P99, Duration.ofNanos(1)), 2, 2, false, false);
        Budgets budgets = new Budgets(latency, Optional.of(ByteSize.parse("1B")), Optional.of(ByteSize.parse("1B")));

        VerificationReport report = new ModelVerifier()
                .verify(new VerificationRequest(
                        List.of(new ModelInspector(Path.of("target/scan")).inspect(source)),
                        List.of(),
                        Forks.settings(project.resolve("fork")),
                        Map.of(),
                        Tolerance.DEFAULT,
                        new Rules(Map.of("one", new ModelRules(budgets, SignatureSettings.NONE)), ModelRules.NONE),
                        Policy.DEFAULT));

        assertThat(report.allFindings())
                .extracting(Finding::id)
                .containsExactly(FindingId.LATENCY_BUDGET, FindingId.MEMORY_BUDGET, FindingId.SIZE_BUDGET);
        assertThat(report.allFindings().get(0).found().orElseThrow())
                .matches(".+ of 1,000 samples, batch 2, 2 threads");
        assertThat(report.verified()).isEmpty();
    }

    @Test
    void aSignatureThatNothingVerifiesFails() throws IOException {
        ModelSource source = identity("one", fp32("x", new long[] {1}, 1), fp32("y", new long[] {1}, 1));
        Files.writeString(source.folder().resolve("model.sig"), "{}");

        VerificationReport report = verify(source);

        assertThat(report.allFindings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.id()).isEqualTo(FindingId.SIGN_INVALID));
        assertThat(report.verified()).isEmpty();
    }

    @Test
    void aForkWithoutTimeFailsTheModelOnly() throws IOException {
        ModelSource source = identity("one", fp32("x", new long[] {1}, 1), fp32("y", new long[] {1}, 1));
        ForkSettings hasty = Forks.settings(project.resolve("fork"), 64, Duration.ofMillis(1));

        VerificationReport report = new ModelVerifier()
                .verify(new VerificationRequest(
                        List.of(new ModelInspector(Path.of("target/scan")).inspect(source)),
                        List.of(),
                        hasty,
                        Map.of(),
                        Tolerance.DEFAULT));

        assertThat(lines(report))
                .containsExactly(
                        "ML-MODEL-FORK: src/main/model/one/model.onnx: the forked JVM was ended because it took"
                                + " too long while loading the model; expected an answer within 0.001 s, found none."
                                + " Raise ml.verify.timeout if the model needs that long.");
    }
}
