package io.github.mlmaven.inspect.scan.tensorflow;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.FindingId;
import io.github.mlmaven.inspect.scan.Printable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which operators a graph uses that have to be talked about: each with its first place and how often. */
final class OperatorUse {

    private static final int MOST_UNKNOWN = 20;
    private static final int MOST_FUNCTIONS = 100_000;
    private static final String NEXT = "Do not load it before you know why it is there; export the model without it.";

    private final Map<String, Use> dangerous = new LinkedHashMap<>();
    private final Map<String, Use> unknown = new LinkedHashMap<>();
    private final Map<String, Use> savers = new LinkedHashMap<>();
    private final Map<String, Use> assets = new LinkedHashMap<>();
    private final Set<String> functions = new HashSet<>();
    private long nodes;

    private record Use(String place, long count) {
        Use(String place) {
            this(place, 1);
        }

        Use and(Use other) {
            return new Use(place, count + other.count);
        }

        String found(String operator) {
            return operator + " in " + place + (count > 1 ? ", " + count + " times" : "");
        }
    }

    long nodes() {
        return nodes;
    }

    void node(String operator, String node, String function) {
        nodes++;
        use(operator, place(node, function));
    }

    /** A function of the graph's library; operators that are called like it are calls of it. */
    void function(String name) {
        if (functions.size() < MOST_FUNCTIONS) {
            functions.add(name);
        }
    }

    /** An operator can also be called as if it were a function. */
    void called(String operator, String node, String function) {
        if (TensorFlowOperators.danger(operator).isPresent()) {
            use(operator, place(node, function));
        }
    }

    /** An attribute makes a harmless operator reach out. */
    void reaches(String what, String node, String function) {
        dangerous.merge(what, new Use(place(node, function)), Use::and);
    }

    private void use(String operator, String place) {
        if (TensorFlowOperators.danger(operator).isPresent()) {
            dangerous.merge(operator, new Use(place), Use::and);
        } else if (TensorFlowOperators.isOfSaver(operator)) {
            savers.merge(operator, new Use(place), Use::and);
        } else if (TensorFlowOperators.isOfAssets(operator)) {
            assets.merge(operator, new Use(place), Use::and);
        } else if (!TensorFlowOperators.isNamedAsOwn(operator)
                && (unknown.containsKey(operator) || unknown.size() < MOST_FUNCTIONS)) {
            unknown.merge(operator, new Use(place), Use::and);
        }
    }

    /**
     * What is wrong with them.
     *
     * @param saver whether there is a saver, which reads and writes checkpoints
     * @param hasAssets whether there are assets, which tables are read from
     */
    List<Finding> findings(String place, boolean saver, boolean hasAssets) {
        List<Finding> findings = new ArrayList<>();
        dangerous.forEach((operator, use) -> findings.add(finding(
                place,
                "an operator " + TensorFlowOperators.danger(operator).orElse("reaches out"),
                use.found(operator))));
        if (!saver) {
            savers.forEach((operator, use) -> findings.add(
                    finding(place, "an operator reads or writes a checkpoint without a saver", use.found(operator))));
        }
        if (!hasAssets) {
            assets.forEach((operator, use) -> findings.add(
                    finding(place, "an operator reads files, and the model has no assets", use.found(operator))));
        }
        unknown.entrySet().stream()
                .filter(entry -> !functions.contains(entry.getKey()))
                .limit(MOST_UNKNOWN)
                .forEach(entry -> findings.add(finding(
                        place,
                        "an operator is not of TensorFlow",
                        entry.getValue().found(Printable.of(entry.getKey())))));
        return findings;
    }

    private static Finding finding(String place, String message, String found) {
        return Finding.of(
                FindingId.SAFE_OPERATOR, place, message, "operators of TensorFlow that only compute", found, NEXT);
    }

    private static String place(String node, String function) {
        String place = "node \"" + Printable.of(node) + "\"";
        return function.isEmpty() ? place : place + " of function \"" + Printable.of(function) + "\"";
    }
}
