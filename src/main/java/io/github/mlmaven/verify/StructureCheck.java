package io.github.mlmaven.verify;

import io.github.mlmaven.inspect.Opset;
import java.util.stream.Collectors;

/** The bytes are a complete model of its format; that they could be read to the end is what proves it. What MLflow says of them agrees. */
final class StructureCheck implements Check {

    static final String NAME = "structure";

    @Override
    public CheckResult check(Evidence evidence) {
        String opsets = evidence.inspected().summary().opsets().stream()
                .map(Opset::toString)
                .collect(Collectors.joining(", "));
        return CheckResult.of(NAME, "opset " + opsets, MlflowSignature.differences(evidence));
    }
}
