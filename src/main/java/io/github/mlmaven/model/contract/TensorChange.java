package io.github.mlmaven.model.contract;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One input or output that is not as it was, or the order of all of them.
 *
 * @param side whether it is an input or an output
 * @param tensor its name, the old one if it was renamed; empty for the order
 * @param before what it was; empty if it was not there
 * @param now what it is; empty if it is no longer there
 * @param effects everything that changed, at least one
 */
public record TensorChange(
        Side side, String tensor, Optional<String> before, Optional<String> now, List<Effect> effects) {

    public TensorChange {
        effects = List.copyOf(effects);
        if (effects.isEmpty()) {
            throw new IllegalArgumentException("a change has an effect");
        }
    }

    /** Whether a client that was right before may fail now. */
    public boolean breaking() {
        return effects.stream().anyMatch(Effect::breaking);
    }

    /** What it is about: {@code input features}, or {@code order of the inputs}. */
    public String subject() {
        return tensor.isEmpty() ? "order of the " + side + "s" : side + " " + tensor;
    }

    /** What changed; where something breaks clients, that alone. */
    public String what() {
        return effects.stream()
                .filter(effect -> effect.breaking() == breaking())
                .map(Effect::what)
                .collect(Collectors.joining(", "));
    }
}
