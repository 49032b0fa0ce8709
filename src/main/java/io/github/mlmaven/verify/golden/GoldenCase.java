package io.github.mlmaven.verify.golden;

import io.github.mlmaven.model.ModelFile;
import io.github.mlmaven.model.Tensor;
import java.util.List;

/**
 * Recorded inputs with the outputs they must give.
 *
 * @param name {@code test_data_set_N}, or the JSON file's name without its extension
 * @param place its folder or file relative to the project, with {@code /}
 * @param files its files with digests, paths below the model's golden folder
 * @param inputs one tensor for each input of the contract, in its order
 * @param outputs the expected outputs, by name
 */
public record GoldenCase(String name, String place, List<ModelFile> files, List<Tensor> inputs, List<Tensor> outputs) {
    public GoldenCase {
        files = List.copyOf(files);
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }
}
