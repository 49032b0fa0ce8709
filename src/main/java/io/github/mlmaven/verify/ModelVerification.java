package io.github.mlmaven.verify;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.inspect.InspectedModel;
import io.github.mlmaven.inspect.ModelSource;
import java.util.List;
import java.util.Optional;

/**
 * Everything that verification says of one model.
 *
 * @param source the model
 * @param inspected what its bytes say, if they could be read
 * @param checks every check's result, in the order of the checks
 * @param golden every golden case that was run
 * @param verified the model as the next stages take it; empty when any finding is an error
 */
public record ModelVerification(
        ModelSource source,
        Optional<InspectedModel> inspected,
        List<CheckResult> checks,
        List<GoldenResult> golden,
        Optional<VerifiedModel> verified) {

    public ModelVerification {
        checks = List.copyOf(checks);
        golden = List.copyOf(golden);
    }

    /** All findings of all checks, heaviest first. */
    public List<Finding> findings() {
        return checks.stream()
                .flatMap(check -> check.findings().stream())
                .sorted(Finding.ORDER)
                .toList();
    }

    /** By the findings. */
    public Verdict verdict() {
        return Verdict.of(findings());
    }
}
