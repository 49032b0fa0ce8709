package io.github.mlmaven.model.contract;

import io.github.mlmaven.model.Dimension;
import io.github.mlmaven.model.TensorSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Dimensions of inputs that share a name have the same size in a request (ONNX IR specification, "Static tensor
 * shapes"): to give one name to dimensions that could differ takes less than before.
 */
final class DimensionTies {

    private DimensionTies() {}

    /**
     * By the input's name, the dimensions that must be equal to an earlier one and need not before; only of inputs that
     * were there before and have kept their rank.
     */
    static Map<String, List<Effect>> added(Map<String, TensorSpec> before, Map<String, TensorSpec> now) {
        Map<String, String> firstOfName = new HashMap<>();
        Map<String, List<Effect>> added = new HashMap<>();
        for (TensorSpec tensor : now.values()) {
            TensorSpec then = before.get(tensor.name());
            if (then == null || then.shape().rank() != tensor.shape().rank()) {
                continue;
            }
            for (int i = 0; i < tensor.shape().rank(); i++) {
                if (!(tensor.shape().dimensions().get(i) instanceof Dimension.Symbolic symbolic)
                        || symbolic.name().isEmpty()) {
                    continue;
                }
                String size = size(then, i);
                String first = firstOfName.putIfAbsent(symbolic.name(), size);
                if (first != null && !first.equals(size)) {
                    added.computeIfAbsent(tensor.name(), name -> new ArrayList<>())
                            .add(Effect.breaking("dimension " + i + " must be equal to another " + symbolic.name()));
                }
            }
        }
        return added;
    }

    /** Equal texts for dimensions that were always equal; one without a name is equal to no other. */
    private static String size(TensorSpec tensor, int index) {
        Dimension dimension = tensor.shape().dimensions().get(index);
        if (dimension instanceof Dimension.Fixed fixed) {
            return "fixed " + fixed.size();
        }
        return dimension instanceof Dimension.Symbolic symbolic
                        && !symbolic.name().isEmpty()
                ? "named " + symbolic.name()
                : "free " + index + " " + tensor.name();
    }
}
