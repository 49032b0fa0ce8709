package io.github.mlmaven.serving.engine;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What two runs must have in common to use the same native tensors: shapes, and which outputs. */
final class BindingKey {

    private final long[] inputs;
    private final List<String> outputs;
    private final int hash;

    BindingKey(MergedInputs merged, List<String> outputs) {
        int length = 0;
        for (int i = 0; i < merged.count(); i++) {
            length += 2 + merged.shape(i).length;
        }
        this.inputs = new long[length];
        int at = 0;
        for (int i = 0; i < merged.count(); i++) {
            long[] shape = merged.shape(i);
            inputs[at++] = shape.length;
            inputs[at++] = merged.usedInPlace(i) ? 1 : 0;
            System.arraycopy(shape, 0, inputs, at, shape.length);
            at += shape.length;
        }
        this.outputs = outputs;
        this.hash = Arrays.hashCode(inputs) * 31 + outputs.hashCode();
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof BindingKey key
                && hash == key.hash
                && Arrays.equals(inputs, key.inputs)
                && outputs.equals(key.outputs);
    }
}
