package io.github.mlmaven.verify;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.FindingId;
import io.github.mlmaven.verify.golden.Comparison;
import io.github.mlmaven.verify.golden.Deviation;
import io.github.mlmaven.verify.golden.Mismatch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The engine predicts what the golden data says. */
final class GoldenCheck implements Check {

    private static final String NAME = "golden";

    @Override
    public CheckResult check(Evidence evidence) {
        if (evidence.contract().isEmpty()) {
            return CheckResult.skipped(NAME, "types cannot be served");
        }
        int cases = evidence.golden().cases().size();
        List<Finding> findings = new ArrayList<>(evidence.golden().findings());
        if (cases == 0 && findings.isEmpty()) {
            findings.add(missing(evidence));
        }
        List<GoldenResult> results =
                evidence.engine().map(Evidence.EngineRun::results).orElse(List.of());
        results.forEach(result -> judge(result, findings));
        evidence.engine()
                .filter(run -> run.brokeOff(cases))
                .flatMap(Evidence.EngineRun::failure)
                .ifPresent(findings::add);
        if (findings.isEmpty() && results.isEmpty()) {
            return CheckResult.skipped(NAME, "not loaded");
        }
        return CheckResult.of(NAME, figure(cases, results), findings);
    }

    private static Finding missing(Evidence evidence) {
        return Finding.of(
                FindingId.GOLDEN_MISSING,
                evidence.inspected().source().goldenPlace(),
                "no golden data, so no prediction was compared",
                "test_data_set_0 or a JSON case",
                "none",
                "Save inputs and the training library's outputs as test_data_set_0/input_0.pb and output_0.pb"
                        + " (onnx.numpy_helper.from_array), or as CASE.json with inputs and outputs of the Open Inference"
                        + " Protocol.");
    }

    private static void judge(GoldenResult result, List<Finding> findings) {
        result.failure()
                .ifPresent(reason -> findings.add(Finding.of(
                        FindingId.GOLDEN_RUN,
                        result.place(),
                        "the engine refused the inputs",
                        "outputs",
                        reason,
                        EngineCheck.outOfMemory(reason)
                                ? "Raise ml.verify.heap, or use smaller golden data."
                                : "Correct the golden inputs, or the model if it should take them.")));
        for (Comparison output : result.outputs()) {
            output.mismatch()
                    .ifPresent(mismatch -> findings.add(Finding.of(
                            FindingId.GOLDEN_MISMATCH,
                            result.place(),
                            output.message(),
                            mismatch.expected(),
                            mismatch.found(),
                            next(mismatch))));
        }
    }

    private static String next(Mismatch mismatch) {
        return mismatch instanceof Mismatch.OfElements
                ? "Find out why the model predicts something else; record the golden data again if it is right, or set"
                        + " ml.golden.atol and ml.golden.rtol if the error is tolerable."
                : "Record the golden data again, or correct the model.";
    }

    private static String figure(int cases, List<GoldenResult> results) {
        if (cases == 0) {
            return "no cases";
        }
        long good = results.stream().filter(GoldenResult::matches).count();
        return good + " of " + cases + (cases == 1 ? " case" : " cases")
                + largest(results, Comparison::absolute)
                        .map(d -> ", largest error " + d)
                        .orElse("");
    }

    private static Optional<String> largest(
            List<GoldenResult> results, Function<Comparison, Optional<Deviation>> kind) {
        return results.stream()
                .flatMap(result -> result.outputs().stream())
                .flatMap(output -> kind.apply(output).map(d -> new Largest(output.tensor(), d)).stream())
                .max(Comparator.comparingDouble(largest -> largest.deviation().error()))
                .map(Largest::toString);
    }

    private record Largest(String tensor, Deviation deviation) {
        @Override
        public String toString() {
            return deviation.error() == 0 ? "0" : String.valueOf(deviation).replace(" at ", " at " + tensor);
        }
    }
}
