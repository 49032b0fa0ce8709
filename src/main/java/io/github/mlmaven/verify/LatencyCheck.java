package io.github.mlmaven.verify;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.FindingId;
import io.github.mlmaven.finding.Severity;
import io.github.mlmaven.verify.budget.LatencyResult;
import io.github.mlmaven.verify.budget.LatencyRules;
import io.github.mlmaven.verify.budget.Percentile;
import io.github.mlmaven.verify.budget.TimeText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** A run takes no longer than its budget; without one, it is only told how long it takes. */
final class LatencyCheck implements Check {

    static final String NAME = "latency";

    @Override
    public CheckResult check(Evidence evidence) {
        LatencyRules rules = evidence.rules().budgets().latency();
        if (evidence.engine().flatMap(Evidence.EngineRun::loaded).isEmpty()) {
            return CheckResult.skipped(NAME, "not loaded");
        }
        if (rules.skip()) {
            return CheckResult.skipped(NAME, "ml.verify.latency.skip is set");
        }
        Measured measured = evidence.measured();
        Optional<LatencyResult> latency = measured.latency();
        if (latency.isEmpty()) {
            return untimed(evidence, rules, measured.untimed());
        }
        List<Finding> findings = new ArrayList<>();
        rules.limits().forEach((percentile, limit) -> judge(evidence, percentile, limit, latency.get(), findings));
        return CheckResult.of(NAME, latency.get().figure(), findings);
    }

    private static CheckResult untimed(Evidence evidence, LatencyRules rules, Optional<String> reason) {
        if (reason.isEmpty() || rules.limits().isEmpty()) {
            return CheckResult.skipped(NAME, reason.orElse("the fork ended before"));
        }
        String budget = rules.limits().entrySet().stream()
                .map(limit -> limit.getKey() + " at most " + TimeText.exactly(limit.getValue()))
                .collect(Collectors.joining(", "));
        return CheckResult.of(
                NAME,
                "not measured",
                List.of(finding(
                        evidence,
                        "the latency could not be measured, so its budget is not met",
                        budget,
                        reason.get(),
                        "Add golden data that the model runs with the batch of the budget, or remove the budget.")));
    }

    private static void judge(
            Evidence evidence, Percentile percentile, Duration limit, LatencyResult latency, List<Finding> findings) {
        if (latency.at(percentile) <= limit.toNanos()) {
            return;
        }
        String few = latency.samples() < percentile.samples()
                ? String.format(Locale.ROOT, ", fewer than the %,d that it takes", percentile.samples())
                : "";
        findings.add(finding(
                evidence,
                "the latency is over its budget at " + percentile,
                "at most " + TimeText.exactly(limit),
                TimeText.of(latency.at(percentile)) + " of " + latency.counted() + few,
                "Make the model smaller or raise the budget; ml.verify.latency.warn makes it a warning on noisy"
                        + " machines."));
    }

    private static Finding finding(Evidence evidence, String message, String expected, String found, String next) {
        boolean warn = evidence.rules().budgets().latency().warn();
        return new Finding(
                FindingId.LATENCY_BUDGET,
                warn ? Severity.WARNING : Severity.ERROR,
                evidence.mainPlace(),
                message,
                Optional.of(expected),
                Optional.of(found),
                next);
    }
}
