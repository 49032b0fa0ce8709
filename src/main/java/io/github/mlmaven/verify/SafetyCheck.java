package io.github.mlmaven.verify;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.inspect.Inspection;
import io.github.mlmaven.inspect.scan.ScanResult;
import java.util.List;

/** Every file in the model's folder was looked at, and none can hurt who loads it. */
final class SafetyCheck implements Check {

    private static final String NAME = "safety";

    @Override
    public CheckResult check(Evidence evidence) {
        return of(evidence.inspected());
    }

    /** Also of a model that could not be read. */
    static CheckResult of(Inspection inspection) {
        List<ScanResult> scanned = inspection.scanned();
        if (scanned.isEmpty()) {
            return CheckResult.skipped(NAME, "nobody could look");
        }
        long files = scanned.stream().mapToLong(SafetyCheck::count).sum();
        return CheckResult.of(NAME, files + (files == 1 ? " file" : " files") + " looked at", findings(inspection));
    }

    /** What the scan says of all files. */
    static List<Finding> findings(Inspection inspection) {
        return inspection.scanned().stream()
                .flatMap(result -> result.allFindings().stream())
                .toList();
    }

    private static long count(ScanResult result) {
        return 1 + result.contents().stream().mapToLong(SafetyCheck::count).sum();
    }
}
