package io.github.mlmaven.report.provenance;

import io.github.mlmaven.lock.Lock;
import java.util.List;
import java.util.Optional;

/**
 * What a statement tells of.
 *
 * @param subjects what the statement is about; at least one
 * @param invocation what the build was asked for
 * @param source the commit that was checked out, where that is known
 * @param lock everything else that went in
 * @param run who ran it
 * @param byproducts what else it made
 */
public record ProvenanceRequest(
        List<Product> subjects,
        Invocation invocation,
        Optional<SourceCommit> source,
        Lock lock,
        Run run,
        List<Product> byproducts) {

    public ProvenanceRequest {
        subjects = List.copyOf(subjects);
        byproducts = List.copyOf(byproducts);
        if (subjects.isEmpty()) {
            throw new IllegalArgumentException("a statement is about something");
        }
    }
}
