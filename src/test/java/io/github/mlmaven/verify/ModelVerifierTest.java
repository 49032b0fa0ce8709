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
import io.github.mlmaven.model.Datatype;
import io.github.mlmaven.model.Tensor;
import io.github.mlmaven.serving.OnnxModels;
import io.github.mlmaven.verify.budget.Budgets;
import io.github.mlmaven.verify.budget.ByteSize;
import io.github.mlmaven.verify.budget.LatencyRules;
import io.github.mlmaven.verify.budget.Percentile;
import io.github.mlmaven.verify.golden.TensorFiles;
import io.github.mlmaven.verify.golden.Tolerance;
import io.github.mlmaven.verify.golden.Tolerances;
import io.github.mlmaven.verify.signature.SignatureSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real models in a real engine in a real fork. */
class ModelVerifierTest {

    private static final Path MODELS = Path.of("src/test/models");

    @TempDir
    Path project;

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
                project, project.resolve("src/main/model"), project.resolve("src/test/model"), "p", "1.0");

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

    private VerificationReport verify(ModelSource... sources) {
        return verify(Map.of(), sources);
    }

    private VerificationReport verify(Map<String, Tolerances> tolerances, ModelSource... sources) {
        ModelInspector inspector = new ModelInspector(Path.of("target/scan"));
        return new ModelVerifier()
                .verify(new VerificationRequest(
                        Arrays.stream(sources).map(inspector::inspect).toList(),
                        List.of(),
                        Forks.settings(project.resolve("fork")),
                        tolerances,
                        Tolerance.DEFAULT));
    }

    private static List<String> lines(VerificationReport report) {
        return report.allFindings().stream().map(Finding::line).toList();
    }

    /** The fixtures hold golden data beside the model; a project has them apart. */
    private ModelSource real(String name) {
        Path model = model(name);
        try (Stream<Path> files = Files.walk(MODELS.resolve(name))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = file.endsWith("model.onnx")
                        ? model
                        : project.resolve("src/test/model").resolve(MODELS.relativize(file));
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return source(name);
    }

    private ModelSource identity(String name, Tensor x, Tensor y) throws IOException {
        OnnxModels.identity(model(name), Datatype.FP32);
        golden(name, "input_0.pb", x);
        golden(name, "output_0.pb", y);
        return source(name);
    }

    private void golden(String name, String file, Tensor tensor) throws IOException {
        TensorFiles.write(project.resolve("src/test/model/" + name + "/test_data_set_0/" + file), tensor);
    }

    private Path model(String name) {
        Path file = project.resolve("src/main/model/" + name + "/model.onnx");
        try {
            Files.createDirectories(file.getParent());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return file;
    }

    private ModelSource source(String name) {
        String place = "src/main/model/" + name;
        String golden = "src/test/model/" + name;
        return new ModelSource(name, "1.0", project.resolve(place), project.resolve(golden), place, golden);
    }
}
