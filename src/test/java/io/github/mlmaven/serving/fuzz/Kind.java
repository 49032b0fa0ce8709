package io.github.mlmaven.serving.fuzz;

import java.util.List;
import java.util.stream.IntStream;

/**
 * One way to be wrong.
 *
 * @param name of it, from which its chance comes
 * @param times so many requests are made
 * @param mutation makes them
 */
record Kind<T>(String name, int times, Mutation<T> mutation) {

    /** Makes a wrong request of a valid one. */
    @FunctionalInterface
    interface Mutation<T> {

        /** @param turn counts the requests of the kind, for those that go through a list */
        T make(Dice dice, int turn);
    }

    /** One for each of a list. */
    static <E, T> Kind<T> each(String name, List<E> list, Each<E, T> mutation) {
        return new Kind<>(name, list.size(), (dice, turn) -> mutation.make(dice, list.get(turn)));
    }

    /** Makes a wrong request with one element of a list. */
    @FunctionalInterface
    interface Each<E, T> {

        T make(Dice dice, E element);
    }

    List<T> requests() {
        Dice dice = new Dice(name);
        return IntStream.range(0, times)
                .mapToObj(turn -> mutation.make(dice, turn))
                .toList();
    }
}
