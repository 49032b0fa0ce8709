package io.github.mlmaven.verify;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.FindingId;
import io.github.mlmaven.model.exchange.ProbeReply;
import java.util.ArrayList;
import java.util.List;

/** The engine really loads the model. */
final class EngineCheck implements Check {

    private static final String NAME = "engine";

    @Override
    public CheckResult check(Evidence evidence) {
        if (evidence.engine().isEmpty()) {
            return CheckResult.skipped(
                    NAME, evidence.contract().isEmpty() ? "types cannot be served" : "not run beside unsafe files");
        }
        Evidence.EngineRun run = evidence.engine().get();
        List<Finding> findings = new ArrayList<>();
        run.refused()
                .ifPresent(reason -> findings.add(Finding.of(
                        FindingId.MODEL_ENGINE,
                        evidence.mainPlace(),
                        "the engine does not load the model",
                        "a model that loads",
                        reason,
                        outOfMemory(reason)
                                ? "Raise ml.verify.heap."
                                : "Export it for operators and opsets that this engine version knows.")));
        if (!run.brokeOff(evidence.golden().cases().size())) {
            run.failure().ifPresent(findings::add);
        }
        String figure = run.loaded().map(ProbeReply.Loaded::engine).orElse("not loaded");
        return CheckResult.of(NAME, figure, findings);
    }

    /** The JVM ends on a full heap; buffers outside the heap have the same limit but come back as a reason. */
    static boolean outOfMemory(String reason) {
        return reason.startsWith("java.lang.OutOfMemoryError");
    }
}
