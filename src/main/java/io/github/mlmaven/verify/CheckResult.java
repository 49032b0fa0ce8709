package io.github.mlmaven.verify;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.Policy;
import java.util.List;

/**
 * What one check says of one model.
 *
 * @param name the check, in a word or two
 * @param verdict by the findings, or skipped
 * @param figure what it saw, in a few words, for example {@code opset ai.onnx 15}
 * @param findings everything that it has to say
 */
public record CheckResult(String name, Verdict verdict, String figure, List<Finding> findings) {
    public CheckResult {
        findings = List.copyOf(findings);
    }

    static CheckResult of(String name, String figure, List<Finding> findings) {
        return new CheckResult(name, Verdict.of(findings), figure, findings);
    }

    /** The same by what counts in the project. */
    CheckResult under(Policy policy) {
        List<Finding> counting = policy.apply(findings);
        return new CheckResult(name, findings.isEmpty() ? verdict : Verdict.of(counting), figure, counting);
    }

    static CheckResult skipped(String name, String reason) {
        return new CheckResult(name, Verdict.SKIP, reason, List.of());
    }
}
