package io.github.mlmaven.verify;

import static io.github.mlmaven.serving.Tensors.fp32;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mlmaven.finding.FindingId;
import io.github.mlmaven.inspect.ModelSource;
import io.github.mlmaven.model.Datatype;
import io.github.mlmaven.serving.OnnxModels;
import io.github.mlmaven.verify.golden.Tolerance;
import io.github.mlmaven.verify.golden.Tolerances;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Predictions that are compared with golden data. */
class GoldenVerificationTest extends ModelVerifierFixture {

    @Test
    void theRealModelsPassWithTheirGoldenData() {
        VerificationReport report = verify(real("add-sub"), real("breast-cancer-lgbm"), real("digits-cnn"));

        assertThat(report.allFindings()).isEmpty();
        assertThat(report.verdict()).isEqualTo(Verdict.PASS);
        assertThat(report.verified())
                .extracting(VerifiedModel::name)
                .containsExactly("add-sub", "breast-cancer-lgbm", "digits-cnn");
        ModelVerification cancer = report.models().get(1);
        assertThat(cancer.checks())
                .extracting(CheckResult::name)
                .containsExactly(
                        "structure",
                        "types",
                        "portability",
                        "engine",
                        "contract",
                        "golden",
                        "latency",
                        "memory",
                        "size",
                        "signature",
                        "safety");
        assertThat(cancer.checks().get(0).figure()).startsWith("opset ").contains("ai.onnx.ml");
        assertThat(cancer.checks().get(1).figure()).isEqualTo("3 inputs, 2 outputs");
        assertThat(cancer.checks().get(4).figure()).isEqualTo("3 inputs, 2 outputs agree");
        assertThat(cancer.checks().get(5).figure()).matches("3 of 3 cases, largest error (0|.+e-.+ at .+\\[.+])");
        assertThat(cancer.checks().get(6).figure()).matches("p50 .+ [mµ]?s, p99 .+s, max .+s, [0-9,]+ samples?");
        assertThat(cancer.measured().latency().orElseThrow().samples()).isPositive();
        assertThat(cancer.checks().get(9).figure()).isEqualTo("not signed");
        assertThat(cancer.golden()).hasSize(3).allMatch(GoldenResult::matches);
        assertThat(cancer.golden().get(2).outputs())
                .extracting(output -> output.absolute().orElseThrow())
                .anySatisfy(largest -> {
                    assertThat(largest.error()).isGreaterThan(0).isLessThan(1e-5);
                    assertThat(largest.index()).matches("\\[\\d+(,\\d+)?]");
                });
        VerifiedModel verified = report.verified().get(1);
        assertThat(verified.engine()).startsWith("onnxruntime 1.");
        assertThat(verified.golden()).hasSize(3);
        assertThat(verified.contract().inputs()).hasSize(3);
    }

    @Test
    void aChangedGoldenByteFailsWithTensorIndexExpectedAndFound() throws IOException {
        ModelSource source = identity("one", fp32("x", new long[] {3}, 1, 2, 3), fp32("y", new long[] {3}, 1, 2.5f, 3));

        VerificationReport report = verify(source);

        assertThat(lines(report))
                .containsExactly("ML-GOLDEN-MISMATCH: src/test/model/one/test_data_set_0: output y differs at [1]"
                        + " (1 of 3 elements differ; tolerance atol 1e-5, rtol 1e-4); expected 2.5, found 2.0. Find out"
                        + " why the model predicts something else; record the golden data again if it is right, or set"
                        + " ml.golden.atol and ml.golden.rtol if the error is tolerable.");
        assertThat(report.verified()).isEmpty();
        assertThat(report.models().get(0).checks().get(5).figure())
                .isEqualTo("0 of 1 case, largest error 5.00e-01 at y[1]");
    }

    @Test
    void theToleranceOfAModelIsItsOwn() throws IOException {
        ModelSource source = identity("one", fp32("x", new long[] {1}, 1), fp32("y", new long[] {1}, 1.5f));

        VerificationReport report = verify(Map.of("one", Tolerances.of(new Tolerance(0.5, 0))), source);

        assertThat(report.verdict()).isEqualTo(Verdict.PASS);
    }

    @Test
    void theToleranceOfAnOutputGoesBeforeThatOfItsModel() throws IOException {
        ModelSource source = identity("one", fp32("x", new long[] {1}, 1), fp32("y", new long[] {1}, 1.5f));
        Tolerance wide = new Tolerance(0.5, 0);

        VerificationReport own = verify(Map.of("one", new Tolerances(Tolerance.DEFAULT, Map.of("y", wide))), source);
        VerificationReport others = verify(Map.of("one", new Tolerances(Tolerance.DEFAULT, Map.of("z", wide))), source);

        assertThat(own.verdict()).isEqualTo(Verdict.PASS);
        assertThat(own.models().get(0).golden().get(0).outputs().get(0).tolerance())
                .contains(wide);
        assertThat(others.verdict()).isEqualTo(Verdict.FAIL);
    }

    @Test
    void anotherShapeFails() throws IOException {
        ModelSource source = identity("one", fp32("x", new long[] {2}, 1, 2), fp32("y", new long[] {1}, 1));

        assertThat(lines(verify(source)))
                .containsExactly("ML-GOLDEN-MISMATCH: src/test/model/one/test_data_set_0: output y has another shape;"
                        + " expected [1], found [2]. Record the golden data again, or correct the model.");
    }

    @Test
    void withoutGoldenDataItPassesWithAWarningThatSaysHowToAddSome() {
        OnnxModels.identity(model("one"), Datatype.FP32);

        VerificationReport report = verify(source("one"));

        assertThat(report.verdict()).isEqualTo(Verdict.WARN);
        assertThat(report.verified()).hasSize(1);
        assertThat(lines(report))
                .containsExactly("ML-GOLDEN-MISSING: src/test/model/one: no golden data, so no prediction was compared;"
                        + " expected test_data_set_0 or a JSON case, found none. Save inputs and the training library's"
                        + " outputs as test_data_set_0/input_0.pb and output_0.pb (onnx.numpy_helper.from_array), or as"
                        + " CASE.json with inputs and outputs of the Open Inference Protocol.");
    }

    @Test
    void anOutputWithoutGoldenDataPassesWithAWarningThatNamesIt() throws IOException {
        ModelSource source = real("add-sub");
        Files.delete(project.resolve("src/test/model/add-sub/test_data_set_0/output_1.pb"));

        VerificationReport report = verify(source);

        assertThat(report.verdict()).isEqualTo(Verdict.WARN);
        assertThat(report.verified()).hasSize(1);
        assertThat(report.models().get(0).checks().get(5).verdict()).isEqualTo(Verdict.WARN);
        assertThat(report.models().get(0).checks().get(5).figure()).startsWith("1 of 1 case, largest error ");
        assertThat(report.allFindings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.id()).isEqualTo(FindingId.GOLDEN_PARTIAL));
    }

    @Test
    void anInputThatTheEngineRefusesIsTold() throws IOException {
        OnnxModels.add(model("one"));
        golden("one", "input_0.pb", fp32("a", new long[] {2}, 1, 2));
        golden("one", "input_1.pb", fp32("b", new long[] {3}, 1, 2, 3));
        golden("one", "output_0.pb", fp32("y", new long[] {2}, 1, 2));

        VerificationReport report = verify(source("one"));

        assertThat(report.allFindings()).singleElement().satisfies(finding -> {
            assertThat(finding.line())
                    .startsWith("ML-GOLDEN-RUN: src/test/model/one/test_data_set_0: the engine refused the inputs;"
                            + " expected outputs, found ")
                    .endsWith(". Correct the golden inputs, or the model if it should take them.");
        });
        assertThat(report.models().get(0).golden().get(0).failure()).isPresent();
    }
}
