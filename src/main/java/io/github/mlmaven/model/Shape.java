package io.github.mlmaven.model;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The shape of a tensor in a contract, outermost dimension first (row-major); a scalar has no dimensions.
 *
 * @param dimensions the dimensions
 */
public record Shape(List<Dimension> dimensions) {

    /** More dimensions than any servable model has; keeps hostile shapes small. */
    public static final int MAX_RANK = 64;

    public Shape {
        dimensions = List.copyOf(dimensions);
        if (dimensions.size() > MAX_RANK) {
            throw new IllegalArgumentException("a shape has at most " + MAX_RANK + " dimensions: " + dimensions.size());
        }
    }

    /** The number of dimensions; 0 for a scalar. */
    public int rank() {
        return dimensions.size();
    }

    /** The shape as the Open Inference Protocol writes it in metadata: -1 for a symbolic dimension. */
    public long[] wire() {
        return dimensions.stream().mapToLong(Dimension::wireSize).toArray();
    }

    /** Whether a tensor of this actual shape fits. */
    public boolean accepts(long[] actual) {
        if (actual.length != dimensions.size()) {
            return false;
        }
        for (int i = 0; i < actual.length; i++) {
            long expected = dimensions.get(i).wireSize();
            if (actual[i] < 0 || (expected >= 0 && expected != actual[i])) {
                return false;
            }
        }
        return true;
    }

    /** The form in messages: {@code [N,28]}, {@code [batch,1,8,8]}, {@code []} for a scalar. */
    @Override
    public String toString() {
        return dimensions.stream().map(Dimension::toString).collect(Collectors.joining(",", "[", "]"));
    }
}
