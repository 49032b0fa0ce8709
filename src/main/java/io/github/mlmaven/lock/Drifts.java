package io.github.mlmaven.lock;

import io.github.mlmaven.lock.Drift.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.function.Function;

/** Collects drifts. */
final class Drifts {

    private final List<Drift> all = new ArrayList<>();

    List<Drift> all() {
        return List.copyOf(all);
    }

    /** Compares something that is always there. */
    <T> void value(String what, String where, T locked, T found, String origin) {
        if (!locked.equals(found)) {
            all.add(new Drift(
                    Kind.CHANGED,
                    what,
                    where,
                    Optional.of(locked.toString()),
                    Optional.of(found.toString()),
                    Optional.empty(),
                    restore(origin)));
        }
    }

    /** Compares two collections by name, which differ in what came from one origin. */
    <T> void each(
            String what,
            String where,
            Map<String, T> locked,
            Map<String, T> found,
            BiPredicate<T, T> same,
            Function<T, String> text,
            String origin) {
        each(
                locked,
                found,
                same,
                (kind, name, then, now) -> new Drift(
                        kind, what, where + name, then.map(text), now.map(text), Optional.empty(), restore(origin)));
    }

    /** Says how something differs. */
    @FunctionalInterface
    interface Teller<T> {
        Drift tell(Kind kind, String name, Optional<T> locked, Optional<T> found);
    }

    /** Compares two collections by name. */
    <T> void each(Map<String, T> locked, Map<String, T> found, BiPredicate<T, T> same, Teller<T> teller) {
        TreeSet<String> names = new TreeSet<>(locked.keySet());
        names.addAll(found.keySet());
        for (String name : names) {
            Optional<T> then = Optional.ofNullable(locked.get(name));
            Optional<T> now = Optional.ofNullable(found.get(name));
            if (then.isPresent() && now.isPresent() && same.test(then.get(), now.get())) {
                continue;
            }
            Kind kind = then.isEmpty() ? Kind.EXTRANEOUS : now.isEmpty() ? Kind.MISSING : Kind.CHANGED;
            all.add(teller.tell(kind, name, then, now));
        }
    }

    /** The next step for what should be as it was. */
    static String restore(String origin) {
        return "Restore the " + origin + ", or run `mvn ml:lock` to accept what is there now.";
    }
}
