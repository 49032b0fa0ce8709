package io.github.mlmaven.inspect;

import io.github.mlmaven.finding.Finding;
import java.util.List;

/**
 * A model that could not be read.
 *
 * @param source the model
 * @param findings why, at least one
 */
public record RejectedModel(ModelSource source, List<Finding> findings) implements Inspection {
    public RejectedModel {
        findings = List.copyOf(findings);
    }
}
