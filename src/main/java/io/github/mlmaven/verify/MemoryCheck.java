package io.github.mlmaven.verify;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.FindingId;
import io.github.mlmaven.verify.budget.ByteSize;
import java.util.List;
import java.util.Optional;

/**
 * The process that loads and runs the model takes no more resident memory than its budget: model, engine and JVM, as a
 * container has to hold them too.
 */
final class MemoryCheck implements Check {

    static final String NAME = "memory";

    @Override
    public CheckResult check(Evidence evidence) {
        if (evidence.engine().flatMap(Evidence.EngineRun::loaded).isEmpty()) {
            return CheckResult.skipped(NAME, "not loaded");
        }
        Optional<ByteSize> limit = evidence.rules().budgets().maxMemory();
        Optional<ByteSize> peak = evidence.measured().peakMemory().map(ByteSize::new);
        if (peak.isEmpty()) {
            return unknown(evidence, limit);
        }
        String figure = "peak " + peak.get().brief();
        if (limit.isEmpty() || peak.get().bytes() <= limit.get().bytes()) {
            return CheckResult.of(NAME, figure, List.of());
        }
        return CheckResult.of(
                NAME,
                figure,
                List.of(Finding.of(
                        FindingId.MEMORY_BUDGET,
                        evidence.mainPlace(),
                        "the process that loaded and ran the model took more memory than its budget",
                        "at most " + limit.get(),
                        peak.get().toString(),
                        "Make the model smaller, or raise the budget; JVM and engine count too.")));
    }

    private static CheckResult unknown(Evidence evidence, Optional<ByteSize> limit) {
        boolean ended = evidence.engine().flatMap(Evidence.EngineRun::failure).isPresent();
        if (limit.isEmpty() || ended) {
            return CheckResult.skipped(NAME, ended ? "the fork ended before" : "only Linux tells it");
        }
        return CheckResult.of(
                NAME,
                "not measured",
                List.of(Finding.of(
                        FindingId.MEMORY_BUDGET,
                        evidence.mainPlace(),
                        "this system does not tell how much memory a process took, so the budget is not met",
                        "at most " + limit.get(),
                        "unknown",
                        "Verify on Linux, or remove the budget.")));
    }
}
