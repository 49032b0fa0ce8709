package io.github.mlmaven.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.Severity;
import io.github.mlmaven.inspect.InspectedModel;
import io.github.mlmaven.inspect.InspectedModels;
import io.github.mlmaven.inspect.ModelSource;
import io.github.mlmaven.inspect.ModelSummary;
import io.github.mlmaven.model.Contract;
import io.github.mlmaven.model.Digest;
import io.github.mlmaven.model.ModelFile;
import io.github.mlmaven.model.exchange.ProbeReply;
import io.github.mlmaven.verify.budget.Budgets;
import io.github.mlmaven.verify.budget.ByteSize;
import io.github.mlmaven.verify.budget.LatencyResult;
import io.github.mlmaven.verify.budget.LatencyRules;
import io.github.mlmaven.verify.budget.Percentile;
import io.github.mlmaven.verify.golden.GoldenData;
import io.github.mlmaven.verify.signature.SignatureSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What budgets say of figures that were made up. */
class BudgetChecksTest {

    private static final String PLACE = "src/main/model/model.onnx: ";
    private static final Duration FIVE_MS = Duration.ofMillis(5);

    @Test
    void aLatencyWithinItsBudgetPassesWithTheFigures() {
        CheckResult result = latency(Map.of(Percentile.P99, FIVE_MS), false, samples(1_000, 5_000_000));

        assertThat(result.verdict()).isEqualTo(Verdict.PASS);
        assertThat(result.figure()).isEqualTo("p50 5 ms, p99 5 ms, max 5 ms, 1,000 samples");
    }

    @Test
    void aMissedLatencyNamesPercentileLimitAndSamples() {
        CheckResult result = latency(
                Map.of(Percentile.P50, Duration.ofSeconds(1), Percentile.P99, FIVE_MS),
                false,
                samples(1_000, 7_200_000));

        assertThat(lines(result))
                .containsExactly("ML-LATENCY-BUDGET: " + PLACE + "the latency is over its budget at p99; expected at"
                        + " most 5 ms, found 7.2 ms of 1,000 samples. Make the model smaller or raise the budget;"
                        + " ml.verify.latency.warn makes it a warning on noisy machines.");
        assertThat(result.verdict()).isEqualTo(Verdict.FAIL);
    }

    @Test
    void onANoisyMachineAMissedLatencyIsAWarning() {
        CheckResult result = latency(Map.of(Percentile.P99, FIVE_MS), true, samples(1_000, 7_200_000));

        assertThat(result.verdict()).isEqualTo(Verdict.WARN);
        assertThat(result.findings()).extracting(Finding::severity).containsExactly(Severity.WARNING);
    }

    @Test
    void tooFewSamplesAreJudgedAndSaidToBeFew() {
        CheckResult result = latency(Map.of(Percentile.P999, FIVE_MS), false, samples(3, 9_000_000));

        assertThat(lines(result))
                .containsExactly("ML-LATENCY-BUDGET: " + PLACE + "the latency is over its budget at p99.9; expected at"
                        + " most 5 ms, found 9 ms of 3 samples, fewer than the 10,000 that it takes. Make the model"
                        + " smaller or raise the budget; ml.verify.latency.warn makes it a warning on noisy machines.");
    }

    @Test
    void aBudgetThatCouldNotBeMeasuredIsNotMet() {
        Measured untimed =
                new Measured(Optional.empty(), Optional.of("there is no golden case that runs"), Optional.empty());

        assertThat(lines(new LatencyCheck().check(evidence(rules(Map.of(Percentile.P99, FIVE_MS), false), untimed))))
                .containsExactly("ML-LATENCY-BUDGET: " + PLACE + "the latency could not be measured, so its budget is"
                        + " not met; expected p99 at most 5 ms, found there is no golden case that runs. Add golden data"
                        + " that the model runs with the batch of the budget, or remove the budget.");
        CheckResult without = new LatencyCheck().check(evidence(ModelRules.NONE, untimed));
        assertThat(without.verdict()).isEqualTo(Verdict.SKIP);
        assertThat(without.figure()).isEqualTo("there is no golden case that runs");
    }

    @Test
    void withoutABudgetNothingFailsHoweverLongItTakes() {
        CheckResult result = latency(Map.of(), false, samples(1_000, 7_000_000_000L));

        assertThat(result.verdict()).isEqualTo(Verdict.PASS);
        assertThat(result.figure()).isEqualTo("p50 7 s, p99 7 s, max 7 s, 1,000 samples");
    }

    @Test
    void memoryIsJudgedByThePeakOfTheProcess() {
        Measured measured = new Measured(Optional.empty(), Optional.empty(), Optional.of(150_000_000L));

        CheckResult over = new MemoryCheck().check(evidence(memory("128MiB"), measured));

        assertThat(over.figure()).isEqualTo("peak 143.1 MiB");
        assertThat(lines(over))
                .containsExactly("ML-MEMORY-BUDGET: " + PLACE + "the process that loaded and ran the model took more"
                        + " memory than its budget; expected at most 134,217,728 bytes (128.0 MiB), found 150,000,000"
                        + " bytes (143.1 MiB). Make the model smaller, or raise the budget; JVM and engine count too.");
        assertThat(new MemoryCheck().check(evidence(memory("150MB"), measured)).verdict())
                .isEqualTo(Verdict.PASS);
    }

    @Test
    void whereNoSystemTellsTheMemoryABudgetIsNotMet() {
        assertThat(lines(new MemoryCheck().check(evidence(memory("128MiB"), Measured.NOTHING))))
                .containsExactly("ML-MEMORY-BUDGET: " + PLACE + "this system does not tell how much memory a process"
                        + " took, so the budget is not met; expected at most 134,217,728 bytes (128.0 MiB), found"
                        + " unknown. Verify on Linux, or remove the budget.");
        assertThat(new MemoryCheck()
                        .check(evidence(ModelRules.NONE, Measured.NOTHING))
                        .figure())
                .isEqualTo("only Linux tells it");
    }

    @Test
    void theSizeIsThatOfAllFiles() {
        CheckResult over = new SizeCheck().check(evidence(size("63KB"), Measured.NOTHING));

        assertThat(over.figure()).isEqualTo("62.3 KiB in 2 files");
        assertThat(lines(over))
                .containsExactly("ML-SIZE-BUDGET: " + PLACE + "the model is larger than its budget; expected at most"
                        + " 63,000 bytes (61.5 KiB), found 63,757 bytes (62.3 KiB). Make the model smaller, or raise the"
                        + " budget.");
        assertThat(new SizeCheck()
                        .check(evidence(size("63757"), Measured.NOTHING))
                        .verdict())
                .isEqualTo(Verdict.PASS);
    }

    @Test
    void aModelThatWasNotLoadedIsNotJudgedByTimeAndMemory() {
        Evidence evidence = new Evidence(
                inspected(), Optional.empty(), new GoldenData(List.of(), List.of()), Optional.empty(), memory("1B"));

        assertThat(new LatencyCheck().check(evidence).figure()).isEqualTo("not loaded");
        assertThat(new MemoryCheck().check(evidence).figure()).isEqualTo("not loaded");
    }

    private static CheckResult latency(Map<Percentile, Duration> limits, boolean warn, LatencyResult latency) {
        Measured measured = new Measured(Optional.of(latency), Optional.empty(), Optional.empty());
        return new LatencyCheck().check(evidence(rules(limits, warn), measured));
    }

    private static LatencyResult samples(int count, long nanos) {
        return LatencyResult.of(Collections.nCopies(count, nanos), 0, 1);
    }

    private static ModelRules rules(Map<Percentile, Duration> limits, boolean warn) {
        LatencyRules latency = new LatencyRules(limits, 0, 1, warn, false);
        return new ModelRules(new Budgets(latency, Optional.empty(), Optional.empty()), SignatureSettings.NONE);
    }

    private static ModelRules memory(String limit) {
        return new ModelRules(
                new Budgets(LatencyRules.NONE, Optional.of(ByteSize.parse(limit)), Optional.empty()),
                SignatureSettings.NONE);
    }

    private static ModelRules size(String limit) {
        return new ModelRules(
                new Budgets(LatencyRules.NONE, Optional.empty(), Optional.of(ByteSize.parse(limit))),
                SignatureSettings.NONE);
    }

    private static Evidence evidence(ModelRules rules, Measured measured) {
        Contract contract = new Contract(List.of(), List.of());
        Evidence.EngineRun run = new Evidence.EngineRun(
                Optional.of(new ProbeReply.Loaded("engine 1", contract)),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                measured);
        return new Evidence(
                inspected(), Optional.of(contract), new GoldenData(List.of(), List.of()), Optional.of(run), rules);
    }

    private static InspectedModel inspected() {
        Path nowhere = Path.of("nowhere");
        ModelSource source = new ModelSource("m", "1", nowhere, nowhere, "src/main/model", "src/test/model");
        ModelSummary summary = new ModelSummary(8, List.of(), "", List.of(), List.of(), new TreeMap<>(), 0);
        Digest digest = new Digest("0".repeat(64));
        return InspectedModels.onnx(
                source,
                List.of(new ModelFile("model.onnx", 757, digest), new ModelFile("weights", 63_000, digest)),
                summary);
    }

    private static List<String> lines(CheckResult result) {
        return result.findings().stream().map(Finding::line).toList();
    }
}
