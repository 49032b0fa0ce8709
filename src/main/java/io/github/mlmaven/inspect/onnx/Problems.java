package io.github.mlmaven.inspect.onnx;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.FindingId;
import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with one file, up to a bound: a hostile model can hold a million mistakes. */
final class Problems {

    private static final int MAX = 100;

    private final String place;
    private final List<Finding> findings = new ArrayList<>();
    private long omitted;

    /** @param place the model's main file relative to the project */
    Problems(String place) {
        this.place = place;
    }

    String place() {
        return place;
    }

    void add(FindingId id, String message, String expected, String found, String next) {
        add(Finding.of(id, place, message, expected, found, next));
    }

    void structure(String message, String expected, String found) {
        add(FindingId.MODEL_STRUCTURE, message, expected, found, "Export the model again.");
    }

    void add(Finding finding) {
        if (findings.size() < MAX) {
            findings.add(finding);
        } else {
            omitted++;
        }
    }

    /** Adds the problem that ended the reading; no flood of others may hide it. */
    void addLast(Finding finding) {
        findings.add(finding);
    }

    boolean isEmpty() {
        return findings.isEmpty();
    }

    List<Finding> findings() {
        List<Finding> all = new ArrayList<>(findings);
        if (omitted > 0) {
            all.add(Finding.of(
                    FindingId.MODEL_LIMIT,
                    place,
                    "there are more problems than are listed",
                    "at most " + MAX + " problems",
                    (MAX + omitted) + " problems",
                    "Repair those that are listed first."));
        }
        return all;
    }
}
