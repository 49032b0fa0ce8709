package io.github.mlmaven.verify;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.FindingId;
import io.github.mlmaven.inspect.InspectedModel;
import io.github.mlmaven.inspect.Inspection;
import io.github.mlmaven.model.Contract;
import io.github.mlmaven.model.Tensor;
import io.github.mlmaven.model.TensorSpec;
import io.github.mlmaven.model.exchange.ProbeReply;
import io.github.mlmaven.model.exchange.ProbeRequest;
import io.github.mlmaven.verify.golden.CaseWriter;
import io.github.mlmaven.verify.golden.GoldenReader;
import io.github.mlmaven.verify.golden.UnrecordedCase;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes what the engine gives for golden inputs without outputs, and says that it is the engine that gave it. */
public final class GoldenRecorder {

    private final EngineFork fork;

    /** Runs models with these settings. */
    public GoldenRecorder(ForkSettings settings) {
        this.fork = new EngineFork(settings);
    }

    /**
     * Records for every model that can be read; why others cannot be, the verification says.
     *
     * @return a note for each case that was written, an error for each that could not be
     */
    public List<Finding> record(List<Inspection> inspections) {
        List<Finding> findings = new ArrayList<>();
        for (Inspection inspection : inspections) {
            // Nothing that lies beside code that attacks is given to native code.
            if (inspection instanceof InspectedModel model
                    && SafetyCheck.findings(model).stream().noneMatch(Finding::isError)) {
                TypesCheck.contract(model.summary()).ifPresent(contract -> record(model, contract, findings));
            }
        }
        return findings;
    }

    private void record(InspectedModel model, Contract contract, List<Finding> findings) {
        List<UnrecordedCase> cases = GoldenReader.read(model.source(), contract).unrecorded();
        if (cases.isEmpty()) {
            return;
        }
        ProbeRequest request = new ProbeRequest(
                model.format(),
                model.mainFile().toAbsolutePath().toString(),
                cases.stream()
                        .map(c -> new ProbeRequest.Case(
                                c.golden().name(), c.golden().inputs()))
                        .toList());
        Recording recording = new Recording(model, contract, cases, findings);
        try {
            fork.run(model.source().name(), request, recording::accept);
        } catch (ForkFailure e) {
            findings.add(
                    e.at(model.source().place() + "/" + model.files().get(0).path()));
        }
    }

    /** Each answer is written as it comes, so that large outputs are in memory one case at a time. */
    private static final class Recording {

        private final InspectedModel model;
        private final Contract contract;
        private final List<UnrecordedCase> cases;
        private final List<Finding> findings;
        private String engine = "";
        private int answered;

        Recording(InspectedModel model, Contract contract, List<UnrecordedCase> cases, List<Finding> findings) {
            this.model = model;
            this.contract = contract;
            this.cases = cases;
            this.findings = findings;
        }

        void accept(ProbeReply reply) {
            if (reply instanceof ProbeReply.Loaded loaded) {
                engine = loaded.engine();
            } else if (reply instanceof ProbeReply.Refused refused) {
                findings.add(refused(FindingId.MODEL_ENGINE, model.source().place(), refused.message()));
            } else if (answered < cases.size()) {
                UnrecordedCase unrecorded = cases.get(answered++);
                if (reply instanceof ProbeReply.Ran ran) {
                    findings.add(write(unrecorded, ran.outputs()));
                } else if (reply instanceof ProbeReply.Failed failed) {
                    findings.add(
                            refused(FindingId.GOLDEN_RUN, unrecorded.golden().place(), failed.message()));
                }
            }
        }

        private Finding write(UnrecordedCase unrecorded, List<Tensor> outputs) {
            try {
                CaseWriter.write(unrecorded, inOrder(outputs), engine);
            } catch (IOException e) {
                return Finding.of(
                        FindingId.GOLDEN_INVALID,
                        unrecorded.place(),
                        "the outputs cannot be written",
                        "golden data of " + contract.outputs().size() + " outputs",
                        e.getClass().getSimpleName() + ": " + e.getMessage(),
                        "Save the inputs as a test_data_set, use fewer rows, or check the folder's permissions.");
            }
            return Finding.of(
                    FindingId.GOLDEN_RECORDED,
                    unrecorded.place(),
                    "wrote the outputs that " + engine + " gave; they are not the training library's",
                    "Review and commit them; replace them by what the training library predicts when you can.");
        }

        private List<Tensor> inOrder(List<Tensor> outputs) throws IOException {
            List<Tensor> ordered = new ArrayList<>();
            for (TensorSpec spec : contract.outputs()) {
                Optional<Tensor> output = outputs.stream()
                        .filter(tensor -> tensor.name().equals(spec.name()))
                        .findFirst();
                ordered.add(output.orElseThrow(() -> new IOException("the engine gave no output " + spec.name())));
            }
            return ordered;
        }

        private Finding refused(FindingId id, String place, String reason) {
            boolean loading = id == FindingId.MODEL_ENGINE;
            return Finding.of(
                    id,
                    place,
                    loading ? "the engine does not load the model" : "the engine refused the inputs",
                    loading ? "a model that loads" : "outputs",
                    EngineRunner.relative(model, reason),
                    loading
                            ? "Export it for operators and opsets that this engine version knows."
                            : "Correct the golden inputs, or the model if it should take them.");
        }
    }
}
