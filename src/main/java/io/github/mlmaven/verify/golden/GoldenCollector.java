package io.github.mlmaven.verify.golden;

import io.github.mlmaven.finding.Finding;
import java.util.ArrayList;
import java.util.List;

/** Collects a model's golden data while it is read. */
final class GoldenCollector {

    private final List<GoldenCase> cases = new ArrayList<>();
    private final List<UnrecordedCase> unrecorded = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();

    void add(GoldenCase golden) {
        cases.add(golden);
    }

    void add(UnrecordedCase golden) {
        unrecorded.add(golden);
    }

    void add(Finding finding) {
        findings.add(finding);
    }

    GoldenData data() {
        return new GoldenData(cases, unrecorded, findings);
    }
}
