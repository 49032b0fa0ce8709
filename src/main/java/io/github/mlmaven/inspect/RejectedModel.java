package io.github.mlmaven.inspect;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.inspect.scan.ScanResult;
import java.util.List;

/**
 * A model that could not be read.
 *
 * @param source the model
 * @param findings why, at least one
 * @param scanned every file in its folder; what is wrong with those is not among the findings
 */
public record RejectedModel(ModelSource source, List<Finding> findings, List<ScanResult> scanned)
        implements Inspection {
    public RejectedModel {
        findings = List.copyOf(findings);
        scanned = List.copyOf(scanned);
    }
}
