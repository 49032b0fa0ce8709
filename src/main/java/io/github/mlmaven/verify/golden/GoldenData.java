package io.github.mlmaven.verify.golden;

import io.github.mlmaven.finding.Finding;
import java.util.List;

/**
 * A model's golden data.
 *
 * @param cases those that can be run, {@code test_data_set_N} by number, then JSON cases by name
 * @param unrecorded inputs that fit the model, without outputs
 * @param findings what is wrong with the others, and what those that can be run do not compare
 */
public record GoldenData(List<GoldenCase> cases, List<UnrecordedCase> unrecorded, List<Finding> findings) {
    public GoldenData {
        cases = List.copyOf(cases);
        unrecorded = List.copyOf(unrecorded);
        findings = List.copyOf(findings);
    }

    /** Without inputs that have no outputs. */
    public GoldenData(List<GoldenCase> cases, List<Finding> findings) {
        this(cases, List.of(), findings);
    }
}
