package io.github.mlmaven.verify;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.Policy;
import io.github.mlmaven.inspect.Inspection;
import io.github.mlmaven.verify.golden.Tolerance;
import io.github.mlmaven.verify.golden.Tolerances;
import java.util.List;
import java.util.Map;

/**
 * What to verify.
 *
 * @param inspections every model of the project, readable or not
 * @param findings what was wrong before any model was looked at, for example with the layout
 * @param fork how to run a model
 * @param tolerances tolerances by model name, for models with some of their own
 * @param tolerance the tolerance of all others
 * @param rules what is demanded of the models
 * @param policy what counts
 */
public record VerificationRequest(
        List<Inspection> inspections,
        List<Finding> findings,
        ForkSettings fork,
        Map<String, Tolerances> tolerances,
        Tolerance tolerance,
        Rules rules,
        Policy policy) {

    public VerificationRequest {
        inspections = List.copyOf(inspections);
        findings = List.copyOf(findings);
        tolerances = Map.copyOf(tolerances);
    }

    /** With no demands, where everything counts as its check says. */
    public VerificationRequest(
            List<Inspection> inspections,
            List<Finding> findings,
            ForkSettings fork,
            Map<String, Tolerances> tolerances,
            Tolerance tolerance) {
        this(inspections, findings, fork, tolerances, tolerance, Rules.NONE, Policy.DEFAULT);
    }

    Tolerances tolerancesOf(String model) {
        return tolerances.getOrDefault(model, Tolerances.of(tolerance));
    }
}
