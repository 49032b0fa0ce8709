package io.github.mlmaven.verify.golden;

import java.util.Map;

/**
 * How far the outputs of one model may lie from the expected ones.
 *
 * @param otherwise for outputs without a tolerance of their own
 * @param outputs by the output's name
 */
public record Tolerances(Tolerance otherwise, Map<String, Tolerance> outputs) {

    /** {@link Tolerance#DEFAULT} for every output. */
    public static final Tolerances DEFAULT = of(Tolerance.DEFAULT);

    public Tolerances {
        outputs = Map.copyOf(outputs);
    }

    /** One tolerance for every output. */
    public static Tolerances of(Tolerance tolerance) {
        return new Tolerances(tolerance, Map.of());
    }

    /** The tolerance of one output. */
    public Tolerance output(String name) {
        return outputs.getOrDefault(name, otherwise);
    }
}
