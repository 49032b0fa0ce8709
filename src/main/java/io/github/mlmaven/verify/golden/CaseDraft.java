package io.github.mlmaven.verify.golden;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.FindingId;
import io.github.mlmaven.finding.Severity;
import io.github.mlmaven.model.Contract;
import io.github.mlmaven.model.ModelFile;
import io.github.mlmaven.model.Tensor;
import io.github.mlmaven.model.TensorSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A case while it is read: collects its tensors, and everything that keeps it from being run. */
final class CaseDraft {

    private static final String RECORD = "Record what the training library predicts for these inputs, in a"
            + " test_data_set as output_0.pb; or let `mvn ml:lock -Dml.golden.record` write what this engine gives.";

    private final String name;
    private final String place;
    private final Contract contract;
    private final List<ModelFile> files = new ArrayList<>();
    private final List<Finding> problems = new ArrayList<>();
    private final Map<String, Tensor> inputs = new LinkedHashMap<>();
    private final Map<String, Tensor> outputs = new LinkedHashMap<>();
    private final Set<String> recordedBy = new TreeSet<>();

    CaseDraft(String name, String place, Contract contract) {
        this.name = name;
        this.place = place;
        this.contract = contract;
    }

    String place() {
        return place;
    }

    Contract contract() {
        return contract;
    }

    void file(ModelFile file) {
        files.add(file);
    }

    void problem(Finding finding) {
        problems.add(finding);
    }

    /** An engine gave the outputs. */
    void recordedBy(String engine) {
        recordedBy.add(engine);
    }

    void input(Tensor tensor, String where) {
        add(tensor, where, "input", contract.inputs(), inputs);
    }

    void output(Tensor tensor, String where) {
        add(tensor, where, "output", contract.outputs(), outputs);
    }

    private void add(Tensor tensor, String where, String kind, List<TensorSpec> specs, Map<String, Tensor> present) {
        TensorSpec spec = specs.stream()
                .filter(s -> s.name().equals(tensor.name()))
                .findFirst()
                .orElse(null);
        if (spec == null) {
            problem(GoldenFiles.invalid(
                    where,
                    kind + " " + tensor.name() + " is not in the model's contract",
                    "one of " + names(specs),
                    tensor.name(),
                    "Correct the tensor's name, or leave it empty to match by position."));
        } else if (present.put(tensor.name(), tensor) != null) {
            problem(GoldenFiles.invalid(
                    where,
                    kind + " " + tensor.name() + " is there twice",
                    "each tensor once",
                    "another " + tensor.name(),
                    "Remove one of them."));
        } else if (tensor.datatype() != spec.datatype()) {
            problem(GoldenFiles.invalid(
                    where,
                    kind + " " + tensor.name() + " has another datatype than the model",
                    spec.datatype().name(),
                    tensor.datatype().name(),
                    "Record the golden data with the datatypes of the model."));
        } else if (kind.equals("input") && !spec.shape().accepts(tensor.shape())) {
            problem(GoldenFiles.invalid(
                    where,
                    kind + " " + tensor.name() + " has another shape than the model",
                    spec.shape().toString(),
                    Comparison.text(tensor.shape()),
                    "Record the golden data with the shapes of the model."));
        }
    }

    /**
     * Adds the case, with a warning when it leaves outputs out, or else its problems.
     *
     * @param target where outputs go if it has none
     */
    void finish(Path target, GoldenCollector golden) {
        if (problems.isEmpty()) {
            checkInputs();
            if (problems.isEmpty() && outputs.isEmpty()) {
                golden.add(new UnrecordedCase(golden(), target, place));
            }
            if (outputs.isEmpty()) {
                problem(noOutputs());
            }
        }
        if (!problems.isEmpty()) {
            problems.forEach(golden::add);
            return;
        }
        golden.add(golden());
        List<TensorSpec> missing = contract.outputs().stream()
                .filter(spec -> !outputs.containsKey(spec.name()))
                .toList();
        if (!missing.isEmpty()) {
            golden.add(partial(missing));
        }
        if (!recordedBy.isEmpty()) {
            golden.add(RecordedBy.finding(place, String.join(", ", recordedBy)));
        }
    }

    /**
     * Adds an example, which has inputs alone: it is run, and warns that nothing is compared. What is wrong with it is a
     * warning too: it came with the model, and is no golden data that somebody has promised.
     *
     * @param recorded the case that it would be with outputs
     */
    void finishExample(Path target, String recorded, GoldenCollector golden) {
        if (problems.isEmpty()) {
            checkInputs();
        }
        if (!problems.isEmpty()) {
            problems.forEach(problem -> golden.add(asWarning(problem)));
            return;
        }
        golden.add(golden());
        golden.add(new UnrecordedCase(golden(), target, recorded));
        golden.add(Finding.of(
                FindingId.GOLDEN_PARTIAL,
                place,
                "the example has no outputs, so no prediction was compared",
                names(contract.outputs()),
                "none",
                RECORD));
    }

    private static Finding asWarning(Finding problem) {
        return problem.id() != FindingId.GOLDEN_INVALID
                ? problem
                : new Finding(
                        problem.id(),
                        Severity.WARNING,
                        problem.place(),
                        problem.message(),
                        problem.expected(),
                        problem.found(),
                        problem.next());
    }

    private GoldenCase golden() {
        List<Tensor> ordered = contract.inputs().stream()
                .flatMap(spec -> Stream.ofNullable(inputs.get(spec.name())))
                .toList();
        return new GoldenCase(name, place, files, ordered, List.copyOf(outputs.values()));
    }

    private Finding partial(List<TensorSpec> missing) {
        return Finding.of(
                FindingId.GOLDEN_PARTIAL,
                place,
                "the case has no " + (missing.size() == 1 ? "output " : "outputs ") + names(missing)
                        + ", so nothing was compared there",
                names(contract.outputs()),
                "only " + String.join(", ", outputs.keySet()),
                "Record every output that the training library gives.");
    }

    private void checkInputs() {
        for (int i = 0; i < contract.inputs().size(); i++) {
            TensorSpec spec = contract.inputs().get(i);
            if (!inputs.containsKey(spec.name())) {
                problem(GoldenFiles.invalid(
                        place,
                        "input " + spec.name() + " is missing",
                        spec.toString(),
                        inputs.isEmpty() ? "no inputs" : "only " + String.join(", ", inputs.keySet()),
                        "Add it; in a test_data_set as input_" + i + ".pb."));
            }
        }
    }

    private Finding noOutputs() {
        return GoldenFiles.invalid(
                place, "the case has no outputs", "at least one of " + names(contract.outputs()), "none", RECORD);
    }

    private static String names(List<TensorSpec> specs) {
        return specs.stream().map(TensorSpec::name).collect(Collectors.joining(", "));
    }
}
