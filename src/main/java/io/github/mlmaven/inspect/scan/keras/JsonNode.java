package io.github.mlmaven.inspect.scan.keras;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** An object of JSON that is being read, or an array: of what is in it only what decides what Keras makes of it. */
final class JsonNode {

    private enum Key {
        CLASS_NAME,
        MODULE,
        REGISTERED_NAME,
        CONFIG,
        FUNCTION,
        SPEC_NAME,
        VOCABULARY,
        FILEPATH;

        private static Optional<Key> of(String name) {
            return Stream.of(values())
                    .filter(key -> key.name().toLowerCase(Locale.ROOT).equals(name))
                    .findFirst();
        }
    }

    private final int suspectedBefore;
    private final Set<Key> seen = EnumSet.noneOf(Key.class);
    private final Map<Key, String> texts = new EnumMap<>(Key.class);
    private Optional<Key> current = Optional.empty();

    JsonNode(int suspectedBefore) {
        this.suspectedBefore = suspectedBefore;
    }

    /** How many suspicions there were when it started. */
    int suspectedBefore() {
        return suspectedBefore;
    }

    /** Goes to the value of this name; false when it matters and there has been one. */
    boolean enter(String name) {
        current = Key.of(name);
        return current.isEmpty() || seen.add(current.get());
    }

    /** The value of the current name. */
    void text(String text) {
        current.ifPresent(key -> texts.put(key, text.length() > 1000 ? text.substring(0, 1000) : text));
    }

    boolean readsFile() {
        return current.filter(key -> key == Key.VOCABULARY || key == Key.FILEPATH)
                .isPresent();
    }

    boolean isRootOfKeras() {
        return texts.containsKey(Key.CLASS_NAME) && seen.contains(Key.CONFIG);
    }

    KerasObject object() {
        String name = Stream.of(Key.SPEC_NAME, Key.FUNCTION, Key.CONFIG)
                .filter(texts::containsKey)
                .findFirst()
                .map(this::get)
                .orElse("");
        return new KerasObject(get(Key.CLASS_NAME), get(Key.MODULE), get(Key.REGISTERED_NAME), name);
    }

    private String get(Key key) {
        return texts.getOrDefault(key, "");
    }
}
