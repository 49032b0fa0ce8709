package io.github.mlmaven.serving.protocol.tabular;

import io.github.mlmaven.model.Contract;
import io.github.mlmaven.model.Datatype;
import io.github.mlmaven.model.Dimension;
import io.github.mlmaven.model.Shape;
import io.github.mlmaven.model.TensorSpec;
import java.util.Arrays;
import java.util.List;

/** Contracts of models that tests ask. */
final class Contracts {

    static final Contract MATRIX = of(input("x", Datatype.FP32, "N", "3"));
    static final Contract IMAGE = of(input("x", Datatype.FP32, "N", "2", "2"));
    static final Contract FREE = of(input("x", Datatype.INT64, "N", "M"));
    static final Contract MIXED = of(
            input("features", Datatype.FP32, "N", "2"),
            input("count", Datatype.INT64, "N", "1"),
            input("ratio", Datatype.FP64, "N"));
    static final Contract TEXT = of(input("x", Datatype.BYTES, "N"));
    static final Contract WORDS = of(input("a", Datatype.BYTES, "N"), input("b", Datatype.BYTES, "N", "1"));
    static final Contract FLAGS = of(input("x", Datatype.BOOL, "N", "2"));
    static final Contract UNSIGNED = of(input("x", Datatype.UINT64, "N"));
    static final Contract SMALL = of(input("x", Datatype.UINT8, "N"));
    static final Contract HALF = of(input("x", Datatype.FP16, "N"));
    static final Contract FIXED = of(input("x", Datatype.INT32, "1", "2"));
    static final Contract SCALAR = of(input("x", Datatype.FP32));

    private Contracts() {}

    private static Contract of(TensorSpec... inputs) {
        return new Contract(List.of(inputs), List.of());
    }

    private static TensorSpec input(String name, Datatype datatype, String... dimensions) {
        return new TensorSpec(
                name,
                datatype,
                new Shape(Arrays.stream(dimensions).map(Contracts::dimension).toList()));
    }

    private static Dimension dimension(String text) {
        return Character.isDigit(text.charAt(0))
                ? new Dimension.Fixed(Long.parseLong(text))
                : new Dimension.Symbolic(text);
    }
}
