package io.github.mlmaven.verify.golden;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.FindingId;
import io.github.mlmaven.model.Contract;
import io.github.mlmaven.model.ModelFile;
import io.github.mlmaven.model.Tensor;
import io.github.mlmaven.model.TensorSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A case while it is read: collects its tensors, and everything that keeps it from being run. */
final class CaseDraft {

    private final String name;
    private final String place;
    private final Contract contract;
    private final List<ModelFile> files = new ArrayList<>();
    private final List<Finding> problems = new ArrayList<>();
    private final Map<String, Tensor> inputs = new LinkedHashMap<>();
    private final Map<String, Tensor> outputs = new LinkedHashMap<>();

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

    /** Adds the case, with a warning when it leaves outputs out, or else its problems. */
    void finish(List<GoldenCase> cases, List<Finding> findings) {
        if (problems.isEmpty()) {
            checkCompleteness();
        }
        if (!problems.isEmpty()) {
            findings.addAll(problems);
            return;
        }
        List<Tensor> ordered = new ArrayList<>();
        for (TensorSpec spec : contract.inputs()) {
            Tensor input = inputs.get(spec.name());
            if (input != null) {
                ordered.add(input);
            }
        }
        cases.add(new GoldenCase(name, place, files, ordered, List.copyOf(outputs.values())));
        List<TensorSpec> missing = contract.outputs().stream()
                .filter(spec -> !outputs.containsKey(spec.name()))
                .toList();
        if (!missing.isEmpty()) {
            findings.add(partial(missing));
        }
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

    private void checkCompleteness() {
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
        if (outputs.isEmpty()) {
            problem(GoldenFiles.invalid(
                    place,
                    "the case has no outputs",
                    "at least one of " + names(contract.outputs()),
                    "none",
                    "Record what the training library predicts for these inputs; in a test_data_set as"
                            + " output_0.pb."));
        }
    }

    private static String names(List<TensorSpec> specs) {
        return specs.stream().map(TensorSpec::name).collect(Collectors.joining(", "));
    }
}
