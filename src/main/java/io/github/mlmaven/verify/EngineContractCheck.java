package io.github.mlmaven.verify;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.FindingId;
import io.github.mlmaven.model.Contract;
import io.github.mlmaven.model.TensorSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The engine sees the inputs and outputs that were read from the file. */
final class EngineContractCheck implements Check {

    private static final String NAME = "contract";

    @Override
    public CheckResult check(Evidence evidence) {
        Optional<Contract> engine =
                evidence.engine().flatMap(Evidence.EngineRun::loaded).map(loaded -> loaded.contract());
        if (engine.isEmpty() || evidence.contract().isEmpty()) {
            return CheckResult.skipped(NAME, "not loaded");
        }
        Contract file = evidence.contract().get();
        List<Finding> findings = new ArrayList<>();
        compare(evidence, "input", file.inputs(), engine.get().inputs(), findings);
        compare(evidence, "output", file.outputs(), engine.get().outputs(), findings);
        String counts = TypesCheck.counts(file.inputs().size(), file.outputs().size());
        return CheckResult.of(NAME, counts + (findings.isEmpty() ? " agree" : ""), findings);
    }

    private static void compare(
            Evidence evidence, String kind, List<TensorSpec> file, List<TensorSpec> engine, List<Finding> findings) {
        for (int i = 0; i < Math.max(file.size(), engine.size()); i++) {
            TensorSpec expected = i < file.size() ? file.get(i) : null;
            TensorSpec found = i < engine.size() ? engine.get(i) : null;
            if (expected == null || found == null || !agree(expected, found, kind.equals("output"))) {
                findings.add(Finding.of(
                        FindingId.CONTRACT_ENGINE,
                        evidence.mainPlace(),
                        "the engine sees another " + kind + " number " + i + " than the file declares",
                        text(expected),
                        text(found),
                        "Export the model again with a checked exporter; do not serve it."));
            }
        }
    }

    /** Shape inference may fix a symbolic dimension of an output, never one of an input. */
    private static boolean agree(TensorSpec file, TensorSpec engine, boolean inferred) {
        long[] declared = file.shape().wire();
        long[] seen = engine.shape().wire();
        if (!file.name().equals(engine.name())
                || file.datatype() != engine.datatype()
                || declared.length != seen.length) {
            return false;
        }
        for (int i = 0; i < declared.length; i++) {
            if (declared[i] != seen[i] && !(inferred && declared[i] < 0)) {
                return false;
            }
        }
        return true;
    }

    private static String text(@Nullable TensorSpec spec) {
        return Objects.toString(spec, "none");
    }
}
