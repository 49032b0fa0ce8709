package io.github.mlmaven.serving.protocol;

import java.util.Map;

/**
 * Which outputs a reply carries in binary ("Binary Tensor Data Extension").
 *
 * @param byDefault the request's {@code binary_data_output}
 * @param named the outputs' own {@code binary_data}, which goes before
 */
public record BinaryOutputs(boolean byDefault, Map<String, Boolean> named) {

    /** All of them are JSON. */
    public static final BinaryOutputs NONE = new BinaryOutputs(false, Map.of());

    public BinaryOutputs {
        named = Map.copyOf(named);
    }

    boolean contains(String output) {
        return named.getOrDefault(output, byDefault);
    }
}
