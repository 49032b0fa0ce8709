package io.github.mlmaven.inspect.mlflow;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What an {@code MLmodel} file says.
 *
 * @param flavors the libraries that can load the model
 * @param onnxFile the file of the onnx flavor, as it is written there
 * @param signature the model's inputs and outputs
 */
public record MlflowModel(SortedSet<String> flavors, Optional<String> onnxFile, Signature signature) {

    public MlflowModel {
        flavors = Collections.unmodifiableSortedSet(new TreeSet<>(flavors));
    }

    /** The name of the file in a model's folder. */
    public static final String FILE = "MLmodel";

    /**
     * A signature; one that is not there has neither inputs nor outputs.
     *
     * @param inputs what a request must bring
     * @param outputs what a reply holds
     */
    public record Signature(List<MlflowField> inputs, List<MlflowField> outputs) {
        public Signature {
            inputs = List.copyOf(inputs);
            outputs = List.copyOf(outputs);
        }
    }
}
