package io.github.mlmaven.verify;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.FindingId;
import io.github.mlmaven.inspect.ModelSummary;
import io.github.mlmaven.inspect.ValueInfo;
import io.github.mlmaven.inspect.ValueType;
import io.github.mlmaven.model.Contract;
import io.github.mlmaven.model.TensorSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Every input and output is a tensor that a protocol can carry. */
final class TypesCheck implements Check {

    private static final String NAME = "types";

    @Override
    public CheckResult check(Evidence evidence) {
        ModelSummary summary = evidence.inspected().summary();
        List<Finding> findings = new ArrayList<>();
        summary.inputs().forEach(value -> judge(evidence, "input", value, findings));
        summary.outputs().forEach(value -> judge(evidence, "output", value, findings));
        return CheckResult.of(
                NAME, counts(summary.inputs().size(), summary.outputs().size()), findings);
    }

    /** The contract, if every input and output can be served. */
    static Optional<Contract> contract(ModelSummary summary) {
        List<TensorSpec> inputs = new ArrayList<>();
        List<TensorSpec> outputs = new ArrayList<>();
        summary.inputs().forEach(value -> spec(value).ifPresent(inputs::add));
        summary.outputs().forEach(value -> spec(value).ifPresent(outputs::add));
        boolean complete = inputs.size() == summary.inputs().size()
                && outputs.size() == summary.outputs().size();
        return complete ? Optional.of(new Contract(inputs, outputs)) : Optional.empty();
    }

    static String counts(int inputs, int outputs) {
        return inputs + (inputs == 1 ? " input, " : " inputs, ") + outputs + (outputs == 1 ? " output" : " outputs");
    }

    private static Optional<TensorSpec> spec(ValueInfo value) {
        if (value.type() instanceof ValueType.TensorType tensor
                && tensor.datatype().isPresent()
                && tensor.shape().isPresent()) {
            return Optional.of(new TensorSpec(
                    value.name(), tensor.datatype().get(), tensor.shape().get()));
        }
        return Optional.empty();
    }

    private static void judge(Evidence evidence, String kind, ValueInfo value, List<Finding> findings) {
        if (spec(value).isPresent()) {
            return;
        }
        findings.add(Finding.of(
                FindingId.CONTRACT_TYPE,
                evidence.mainPlace(),
                kind + " " + value.name() + " has a type that cannot be served",
                "a tensor of a datatype of the Open Inference Protocol, with a rank",
                value.type().toString(),
                remedy(value.type())));
    }

    private static String remedy(ValueType type) {
        if (type instanceof ValueType.TensorType tensor) {
            return tensor.datatype().isEmpty()
                    ? "Cast it to a datatype such as FP32 by a Cast node at the edge of the graph."
                    : "Declare its shape; a dimension that varies gets a name: make_tensor_value_info(name, type,"
                            + " ['N', 4]).";
        }
        return type.toString().contains("map(")
                ? "Convert the classifier again without ZipMap: zipmap=False in onnxmltools, options={'zipmap': False}"
                        + " in skl2onnx."
                : "Convert the model again so that it is a dense tensor.";
    }
}
