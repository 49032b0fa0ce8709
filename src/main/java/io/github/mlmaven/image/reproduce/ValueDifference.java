package io.github.mlmaven.image.reproduce;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * One value that is not the same in two JSON documents.
 *
 * @param pointer where it is (RFC 6901)
 * @param first what it is in the first, as JSON or {@code none}
 * @param second what it is in the second
 */
record ValueDifference(JsonPointer pointer, String first, String second) {

    private static final int SHOWN = 200;

    /** All differences, each as deep in the documents as it can be told. */
    static List<ValueDifference> between(JsonNode first, JsonNode second) {
        List<ValueDifference> differences = new ArrayList<>();
        collect(JsonPointer.empty(), first, second, differences);
        return differences;
    }

    private static void collect(JsonPointer at, JsonNode first, JsonNode second, List<ValueDifference> differences) {
        if (first.equals(second)) {
            return;
        }
        if (first.isObject() && second.isObject()) {
            TreeSet<String> names = new TreeSet<>();
            first.fieldNames().forEachRemaining(names::add);
            second.fieldNames().forEachRemaining(names::add);
            names.forEach(name -> collect(at.appendProperty(name), first.path(name), second.path(name), differences));
        } else if (first.isArray() && second.isArray()) {
            for (int i = 0; i < Math.max(first.size(), second.size()); i++) {
                collect(at.appendIndex(i), first.path(i), second.path(i), differences);
            }
        } else {
            differences.add(new ValueDifference(at, shown(first), shown(second)));
        }
    }

    private static String shown(JsonNode node) {
        String text = node.isMissingNode() ? "none" : node.toString();
        return text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
    }
}
