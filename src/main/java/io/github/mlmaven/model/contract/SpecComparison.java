package io.github.mlmaven.model.contract;

import io.github.mlmaven.model.Dimension;
import io.github.mlmaven.model.TensorSpec;
import java.util.ArrayList;
import java.util.List;

/** Compares a tensor with the one of the same name before it. */
final class SpecComparison {

    private SpecComparison() {}

    static List<Effect> effects(Side side, TensorSpec before, TensorSpec now) {
        List<Effect> effects = new ArrayList<>();
        if (before.datatype() != now.datatype()) {
            effects.add(Effect.breaking("datatype changed"));
        }
        if (before.shape().rank() != now.shape().rank()) {
            effects.add(Effect.breaking("rank changed"));
            return effects;
        }
        for (int i = 0; i < before.shape().rank(); i++) {
            compare(
                    side,
                    i,
                    before.shape().dimensions().get(i),
                    now.shape().dimensions().get(i),
                    effects);
        }
        return effects;
    }

    /** An input may take more and an output may promise more, but not the other way round. */
    private static void compare(Side side, int index, Dimension before, Dimension now, List<Effect> effects) {
        if (before.equals(now)) {
            return;
        }
        boolean wasFixed = before instanceof Dimension.Fixed;
        boolean isFixed = now instanceof Dimension.Fixed;
        String dimension = "dimension " + index;
        if (wasFixed && isFixed) {
            effects.add(Effect.breaking(dimension + " has another size"));
        } else if (wasFixed) {
            effects.add(new Effect(side == Side.OUTPUT, dimension + " wider"));
        } else if (isFixed) {
            effects.add(new Effect(side == Side.INPUT, dimension + " narrower"));
        } else {
            effects.add(Effect.harmless(dimension + " has another name"));
        }
    }
}
