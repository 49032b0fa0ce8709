package io.github.mlmaven.model.contract;

import io.github.mlmaven.model.Contract;
import io.github.mlmaven.model.TensorSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Everything in which a contract differs from the one before it, judged for clients: what a request could bring before
 * must still be taken, and what a reply was known to hold must still be there.
 *
 * @param changes inputs first, each side in the order of the contract before, then what is new
 */
public record ContractDifference(List<TensorChange> changes) {

    public ContractDifference {
        changes = List.copyOf(changes);
    }

    /** Compares. */
    public static ContractDifference between(Contract before, Contract now) {
        List<TensorChange> changes = new ArrayList<>();
        for (Side side : Side.values()) {
            compare(side, byName(side.of(before)), byName(side.of(now)), changes);
        }
        return new ContractDifference(changes);
    }

    /** Whether nothing differs. */
    public boolean isEmpty() {
        return changes.isEmpty();
    }

    /** Whether a client that was right before may fail now. */
    public boolean breaking() {
        return changes.stream().anyMatch(TensorChange::breaking);
    }

    private static void compare(
            Side side, Map<String, TensorSpec> before, Map<String, TensorSpec> now, List<TensorChange> changes) {
        Map<String, String> renamed = renamed(before, now);
        Map<String, List<Effect>> ties = side == Side.INPUT ? DimensionTies.added(before, now) : Map.of();
        for (TensorSpec then : before.values()) {
            TensorSpec same = now.get(then.name());
            String name = renamed.get(then.name());
            if (name != null) {
                changes.add(change(side, then, now.get(name), List.of(Effect.breaking(side + " renamed"))));
            } else if (same == null) {
                changes.add(change(side, then, null, List.of(Effect.breaking(side + " removed"))));
            } else {
                List<Effect> effects = new ArrayList<>(SpecComparison.effects(side, then, same));
                effects.addAll(ties.getOrDefault(then.name(), List.of()));
                if (!effects.isEmpty()) {
                    changes.add(change(side, then, same, effects));
                }
            }
        }
        for (TensorSpec tensor : now.values()) {
            if (!before.containsKey(tensor.name()) && !renamed.containsValue(tensor.name())) {
                changes.add(change(side, null, tensor, List.of(new Effect(side == Side.INPUT, side + " added"))));
            }
        }
        order(side, before, now).ifPresent(changes::add);
    }

    /** Where a tensor is gone, and another of the same type and shape is new at its place, it has another name. */
    private static Map<String, String> renamed(Map<String, TensorSpec> before, Map<String, TensorSpec> now) {
        Map<String, String> renamed = new HashMap<>();
        List<TensorSpec> after = List.copyOf(now.values());
        int position = 0;
        for (TensorSpec then : before.values()) {
            if (position == after.size()) {
                break;
            }
            TensorSpec there = after.get(position++);
            if (!now.containsKey(then.name())
                    && !before.containsKey(there.name())
                    && then.datatype() == there.datatype()
                    && Arrays.equals(then.shape().wire(), there.shape().wire())) {
                renamed.put(then.name(), there.name());
            }
        }
        return renamed;
    }

    /** Requests and replies name their tensors, so the order is for those few clients that count. */
    private static Optional<TensorChange> order(
            Side side, Map<String, TensorSpec> before, Map<String, TensorSpec> now) {
        List<String> then = new ArrayList<>(before.keySet());
        then.retainAll(now.keySet());
        List<String> after = new ArrayList<>(now.keySet());
        after.retainAll(before.keySet());
        return then.equals(after)
                ? Optional.empty()
                : Optional.of(new TensorChange(
                        side,
                        "",
                        Optional.of(then.toString()),
                        Optional.of(after.toString()),
                        List.of(Effect.harmless("another order"))));
    }

    private static TensorChange change(
            Side side, @Nullable TensorSpec before, @Nullable TensorSpec now, List<Effect> effects) {
        TensorSpec named = before != null ? before : Objects.requireNonNull(now);
        return new TensorChange(
                side,
                named.name(),
                Optional.ofNullable(before).map(TensorSpec::toString),
                Optional.ofNullable(now).map(TensorSpec::toString),
                effects);
    }

    private static Map<String, TensorSpec> byName(List<TensorSpec> tensors) {
        Map<String, TensorSpec> named = new LinkedHashMap<>();
        tensors.forEach(tensor -> named.putIfAbsent(tensor.name(), tensor));
        return named;
    }
}
