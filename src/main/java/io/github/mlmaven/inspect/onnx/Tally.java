package io.github.mlmaven.inspect.onnx;

import static io.github.mlmaven.inspect.onnx.MalformedProtoException.limit;

import java.util.HashSet;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** What is counted while a graph is read. */
final class Tally {

    private final Operators operators = new Operators();
    private final SortedSet<String> locales = new TreeSet<>();
    private final Set<String> initializers = new HashSet<>();
    private long nodes;
    private long parameters;
    private long nameBytes;

    void addNode(String domain, String type) throws MalformedProtoException {
        nodes++;
        operators.add(domain, type);
        if (nodes > Limits.NODES) {
            throw limit("the model has too many nodes", "at most " + Limits.NODES, "more than " + Limits.NODES);
        }
    }

    /** Remembers an initializer of the main graph; false when there is one of this name. */
    boolean addInitializer(String name) throws MalformedProtoException {
        nameBytes += name.length() + Limits.NAME_OVERHEAD;
        if (nameBytes > Limits.INITIALIZER_NAMES) {
            throw limit(
                    "the names of the initializers take too much memory",
                    "at most " + Limits.INITIALIZER_NAMES + " bytes",
                    "more");
        }
        return initializers.add(name);
    }

    /** Adds the elements of an initializer; false when the sum exceeds 2^63-1. */
    boolean addParameters(long elements) {
        long sum = parameters + elements;
        if (sum < 0) {
            return false;
        }
        parameters = sum;
        return true;
    }

    boolean isInitializer(String name) {
        return initializers.contains(name);
    }

    /** Remembers a locale; of very many, not all. */
    void addLocale(String locale) {
        if (locales.size() < Limits.LOCALES) {
            locales.add(locale);
        }
    }

    Operators operators() {
        return operators;
    }

    SortedSet<String> locales() {
        return locales;
    }

    long parameters() {
        return parameters;
    }
}
