package io.github.mlmaven.lock;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Lists whose order no environment can change. */
final class Sorted {

    private Sorted() {}

    /** The elements in the order of their keys, of which no two are equal. */
    static <T, K extends Comparable<K>> List<T> unique(List<T> elements, Function<T, K> key) {
        Set<K> seen = new HashSet<>();
        for (T element : elements) {
            if (!seen.add(key.apply(element))) {
                throw new IllegalArgumentException("there twice: " + key.apply(element));
            }
        }
        return elements.stream().sorted(Comparator.comparing(key)).toList();
    }
}
