package io.github.mlmaven.report;

import io.github.mlmaven.finding.Severity;
import io.github.mlmaven.inspect.ValueType;
import io.github.mlmaven.inspect.scan.Kind;
import io.github.mlmaven.model.Datatype;
import io.github.mlmaven.model.Dimension;
import io.github.mlmaven.model.Shape;
import io.github.mlmaven.verify.Verdict;
import java.util.Optional;
import java.util.stream.Collectors;

/** The terms of verification in words for people who do not know them. */
final class Words {

    private Words() {}

    static String of(Verdict verdict) {
        return switch (verdict) {
            case SKIP -> "Skipped";
            case PASS -> "Passed";
            case WARN -> "Passed with warnings";
            case FAIL -> "Failed";
        };
    }

    /** The verdict that a finding of this weight leads to, which names its colour. */
    static String level(Severity severity) {
        return switch (severity) {
            case ERROR -> Verdict.FAIL.id();
            case WARNING -> Verdict.WARN.id();
            case INFO -> Verdict.SKIP.id();
        };
    }

    static String of(Kind kind) {
        return switch (kind) {
            case DATA -> "data";
            case MODEL -> "model";
            case OTHER_MODEL -> "model that is not served";
            case CONTAINER -> "archive";
            case UNSAFE -> "unsafe";
            case UNKNOWN -> "not recognised";
        };
    }

    /** {@code decimal numbers, any number (N) × 4}. */
    static String of(ValueType type) {
        if (!(type instanceof ValueType.TensorType tensor)) {
            return "a structure that cannot be served";
        }
        String elements = tensor.datatype().map(Words::of).orElse("values that cannot be served");
        return elements
                + tensor.shape().flatMap(Words::of).map(shape -> ", " + shape).orElse("");
    }

    private static String of(Datatype datatype) {
        return switch (datatype) {
            case BOOL -> "yes or no";
            case BYTES -> "texts";
            case FP16, FP32, FP64, BF16 -> "decimal numbers";
            default -> "whole numbers";
        };
    }

    private static Optional<String> of(Shape shape) {
        return shape.rank() == 0
                ? Optional.of("a single one")
                : Optional.of(shape.dimensions().stream().map(Words::of).collect(Collectors.joining(" × ")));
    }

    private static String of(Dimension dimension) {
        return dimension instanceof Dimension.Fixed ? dimension.toString() : "any number (" + dimension + ")";
    }
}
