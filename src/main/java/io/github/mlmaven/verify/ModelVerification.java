package io.github.mlmaven.verify;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.inspect.InspectedModel;
import io.github.mlmaven.inspect.ModelSource;
import io.github.mlmaven.inspect.scan.ScanResult;
import io.github.mlmaven.model.Contract;
import io.github.mlmaven.model.ModelFile;
import java.util.List;
import java.util.Optional;

/**
 * Everything that verification says of one model.
 *
 * @param source the model
 * @param inspected what its bytes say, if they could be read
 * @param checks every check's result, in the order of the checks
 * @param golden every golden case that was run
 * @param goldenFiles the files of every golden case that could be read
 * @param measured what it cost
 * @param scanned what was found out about every file in its folder; empty when none was looked at
 * @param verified the model as the next stages take it; empty when any finding is an error
 */
public record ModelVerification(
        ModelSource source,
        Optional<InspectedModel> inspected,
        List<CheckResult> checks,
        List<GoldenResult> golden,
        List<ModelFile> goldenFiles,
        Measured measured,
        List<ScanResult> scanned,
        Optional<VerifiedModel> verified) {

    /** Of which nothing was measured, and no file looked at. */
    public ModelVerification(
            ModelSource source,
            Optional<InspectedModel> inspected,
            List<CheckResult> checks,
            List<GoldenResult> golden,
            List<ModelFile> goldenFiles,
            Optional<VerifiedModel> verified) {
        this(source, inspected, checks, golden, goldenFiles, Measured.NOTHING, List.of(), verified);
    }

    public ModelVerification {
        checks = List.copyOf(checks);
        golden = List.copyOf(golden);
        goldenFiles = List.copyOf(goldenFiles);
        scanned = List.copyOf(scanned);
    }

    /** All findings of all checks, heaviest first. */
    public List<Finding> findings() {
        return checks.stream()
                .flatMap(check -> check.findings().stream())
                .sorted(Finding.ORDER)
                .toList();
    }

    /** What its bytes declare as inputs and outputs, if every type can be served. */
    public Optional<Contract> contract() {
        return inspected.flatMap(model -> TypesCheck.contract(model.summary()));
    }

    /** By the findings. */
    public Verdict verdict() {
        return Verdict.of(findings());
    }
}
