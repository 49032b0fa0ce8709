package io.github.mlmaven.serving.fuzz;

import java.util.List;
import java.util.SplittableRandom;

/** Chance that is the same in every run. */
final class Dice {

    private static final long SEED = 20_240_229;

    private final SplittableRandom random;

    /** One for a name: what is rolled for one kind does not change when another is added. */
    Dice(String name) {
        this.random = new SplittableRandom(SEED ^ name.hashCode());
    }

    /** From 0 to before the bound. */
    int below(int bound) {
        return random.nextInt(bound);
    }

    /** Both included. */
    int between(int first, int last) {
        return random.nextInt(first, last + 1);
    }

    byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    <T> T oneOf(List<T> list) {
        return list.get(below(list.size()));
    }

    @SafeVarargs
    final <T> T oneOf(T... choices) {
        return choices[below(choices.length)];
    }
}
