package io.github.mlmaven.inspect.mlflow;

import java.util.List;
import java.util.stream.Collectors;

/**
 * An input or output of a signature.
 *
 * @param name its name; empty where the signature gives none
 * @param tensor whether it is a tensor; else it is a column
 * @param type NumPy's name of a tensor's element type, or MLflow's of a column's
 * @param shape the shape of a tensor, -1 where it varies
 */
public record MlflowField(String name, boolean tensor, String type, List<Long> shape) {
    public MlflowField {
        shape = List.copyOf(shape);
    }

    /** The form in messages: {@code x float32[-1,4]}. */
    @Override
    public String toString() {
        String dimensions = shape.stream().map(String::valueOf).collect(Collectors.joining(",", "[", "]"));
        return (name + " " + type + (tensor ? dimensions : "")).strip();
    }
}
