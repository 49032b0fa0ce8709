package io.github.mlmaven.verify;

import io.github.mlmaven.finding.Finding;
import java.util.List;
import java.util.stream.Stream;

/**
 * Everything that verification says of a project.
 *
 * @param models every model, in the order of the request
 * @param findings what is about no single model, heaviest first
 */
public record VerificationReport(List<ModelVerification> models, List<Finding> findings) {

    public VerificationReport {
        models = List.copyOf(models);
        findings = findings.stream().sorted(Finding.ORDER).toList();
    }

    /** This report with more to say about no single model, for example what differs from the lock. */
    public VerificationReport with(List<Finding> more) {
        return new VerificationReport(
                models, Stream.concat(findings.stream(), more.stream()).toList());
    }

    /** By all findings. */
    public Verdict verdict() {
        return Verdict.of(allFindings());
    }

    /** Those of the project, then those of each model. */
    public List<Finding> allFindings() {
        return Stream.concat(findings.stream(), models.stream().flatMap(model -> model.findings().stream()))
                .toList();
    }

    /** The models that passed. */
    public List<VerifiedModel> verified() {
        return models.stream().flatMap(model -> model.verified().stream()).toList();
    }
}
