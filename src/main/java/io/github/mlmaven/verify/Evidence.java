package io.github.mlmaven.verify;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.inspect.InspectedModel;
import io.github.mlmaven.model.Contract;
import io.github.mlmaven.model.exchange.ProbeReply;
import io.github.mlmaven.verify.golden.GoldenData;
import java.util.List;
import java.util.Optional;

/**
 * What is known of a model when the checks judge it.
 *
 * @param inspected what its bytes say
 * @param contract its contract; empty when some type cannot be served
 * @param golden its golden data; nothing was read without a contract
 * @param engine what the engine made of it; empty when it was not run
 * @param rules what is demanded of it
 */
record Evidence(
        InspectedModel inspected,
        Optional<Contract> contract,
        GoldenData golden,
        Optional<EngineRun> engine,
        ModelRules rules) {

    /**
     * One run in the fork.
     *
     * @param loaded the engine's name and contract, if it loaded the model
     * @param refused the engine's reason, if it did not
     * @param results the golden cases that were answered, in their order
     * @param failure what ended the fork too early
     * @param measured what it cost
     */
    record EngineRun(
            Optional<ProbeReply.Loaded> loaded,
            Optional<String> refused,
            List<GoldenResult> results,
            Optional<Finding> failure,
            Measured measured) {
        EngineRun {
            results = List.copyOf(results);
        }

        /** Of which nothing was measured. */
        EngineRun(
                Optional<ProbeReply.Loaded> loaded,
                Optional<String> refused,
                List<GoldenResult> results,
                Optional<Finding> failure) {
            this(loaded, refused, results, failure, Measured.NOTHING);
        }

        /** Whether the fork ended early while it ran golden cases, so that the failure is about one of them. */
        boolean brokeOff(int cases) {
            return failure.isPresent() && loaded.isPresent() && results.size() < cases;
        }
    }

    Measured measured() {
        return engine.map(EngineRun::measured).orElse(Measured.NOTHING);
    }

    /** The folder of the model, for messages. */
    String place() {
        return inspected.source().place();
    }

    /** The main file of the model, for messages. */
    String mainPlace() {
        return place() + "/" + inspected.files().get(0).path();
    }
}
