package io.github.mlmaven.verify;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.Policy;
import io.github.mlmaven.inspect.InspectedModel;
import io.github.mlmaven.inspect.Inspection;
import io.github.mlmaven.inspect.RejectedModel;
import io.github.mlmaven.model.Contract;
import io.github.mlmaven.model.ModelFile;
import io.github.mlmaven.model.exchange.ProbeReply;
import io.github.mlmaven.verify.golden.GoldenData;
import io.github.mlmaven.verify.golden.GoldenReader;
import java.util.List;
import java.util.Optional;

/** Runs every check on every model; each is judged for itself, whatever is wrong with the others. */
public final class ModelVerifier {

    /** In the order of the report. */
    private static final List<Check> CHECKS = List.of(
            new StructureCheck(),
            new TypesCheck(),
            new PortabilityCheck(),
            new EngineCheck(),
            new EngineContractCheck(),
            new GoldenCheck(),
            new LatencyCheck(),
            new MemoryCheck(),
            new SizeCheck(),
            new SignatureCheck(),
            new SafetyCheck());

    /** Verifies all models of a project. */
    public VerificationReport verify(VerificationRequest request) {
        List<ModelVerification> models = request.inspections().stream()
                .map(inspection -> verify(inspection, request))
                .toList();
        Policy policy = request.policy();
        VerificationReport report = new VerificationReport(models, policy.apply(request.findings()));
        return report.with(policy.unused(report.allFindings()));
    }

    private static ModelVerification verify(Inspection inspection, VerificationRequest request) {
        if (inspection instanceof RejectedModel rejected) {
            CheckResult structure = CheckResult.of(StructureCheck.NAME, "not readable", rejected.findings());
            return new ModelVerification(
                    rejected.source(),
                    Optional.empty(),
                    List.of(structure, SafetyCheck.of(rejected).under(request.policy())),
                    List.of(),
                    List.of(),
                    Measured.NOTHING,
                    rejected.scanned(),
                    Optional.empty());
        }
        InspectedModel model = (InspectedModel) inspection;
        Evidence evidence = gather(model, request);
        List<CheckResult> checks = CHECKS.stream()
                .map(check -> check.check(evidence).under(request.policy()))
                .toList();
        List<GoldenResult> golden =
                evidence.engine().map(Evidence.EngineRun::results).orElse(List.of());
        List<ModelFile> goldenFiles = evidence.golden().cases().stream()
                .flatMap(c -> c.files().stream())
                .toList();
        return new ModelVerification(
                model.source(),
                Optional.of(model),
                checks,
                golden,
                goldenFiles,
                evidence.measured(),
                model.scanned(),
                verified(checks, evidence));
    }

    private static Evidence gather(InspectedModel model, VerificationRequest request) {
        ModelRules rules = request.rules().of(model.source().name());
        Optional<Contract> contract = TypesCheck.contract(model.summary());
        if (contract.isEmpty()) {
            return new Evidence(model, contract, new GoldenData(List.of(), List.of()), Optional.empty(), rules);
        }
        GoldenData golden = GoldenReader.read(model.source(), contract.get());
        if (request.policy().apply(SafetyCheck.findings(model)).stream().anyMatch(Finding::isError)) {
            // Nothing that lies beside code that attacks is given to native code.
            return new Evidence(model, contract, golden, Optional.empty(), rules);
        }
        EngineRunner runner = new EngineRunner(
                new EngineFork(request.fork()),
                request.tolerancesOf(model.source().name()),
                rules.budgets().latency().measurement(request.fork().timeout()));
        return new Evidence(model, contract, golden, Optional.of(runner.run(model, golden.cases())), rules);
    }

    private static Optional<VerifiedModel> verified(List<CheckResult> checks, Evidence evidence) {
        Optional<ProbeReply.Loaded> loaded = evidence.engine().flatMap(Evidence.EngineRun::loaded);
        if (checks.stream().anyMatch(check -> check.verdict() == Verdict.FAIL)
                || loaded.isEmpty()
                || evidence.contract().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new VerifiedModel(
                evidence.inspected(),
                evidence.contract().get(),
                loaded.get().engine(),
                evidence.golden().cases()));
    }
}
