package io.github.mlmaven.inspect.onnx;

import static io.github.mlmaven.inspect.onnx.MalformedProtoException.limit;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The operators of a model: how often each is used, and which of them nobody knows. */
final class Operators {

    /**
     * The domains of ONNX Runtime's own operators, constants.h; all others need a library of custom operators, which is
     * code that is not part of the model.
     */
    private static final Set<String> KNOWN_DOMAINS = Set.of(
            OnnxReader.DEFAULT_DOMAIN,
            "ai.onnx.ml",
            "ai.onnx.training",
            "ai.onnx.preview.training",
            "com.microsoft",
            "com.microsoft.experimental",
            "com.microsoft.nchwc",
            "com.ms.internal.nhwc",
            "org.pytorch.aten");

    private static final int MAX_SHOWN = 10;

    private final SortedMap<String, Long> counts = new TreeMap<>();
    private final SortedSet<String> custom = new TreeSet<>();
    private final Set<String> functions = new HashSet<>();

    /** Counts one. */
    void add(String domain, String type) throws MalformedProtoException {
        String key = key(domain, type);
        counts.merge(key, 1L, Long::sum);
        if (!domain.isEmpty() && !KNOWN_DOMAINS.contains(domain)) {
            custom.add(key);
        }
        if (counts.size() > Limits.OPERATOR_TYPES) {
            throw tooMany();
        }
    }

    /** Remembers a function that the model brings: an operator by its own graph. */
    void define(String domain, String name) throws MalformedProtoException {
        functions.add(key(domain, name));
        if (functions.size() > Limits.OPERATOR_TYPES) {
            throw tooMany();
        }
    }

    private static String key(String domain, String type) {
        return (domain.isEmpty() ? OnnxReader.DEFAULT_DOMAIN : domain) + "." + type;
    }

    private static MalformedProtoException tooMany() {
        return limit(
                "the model has too many kinds of operators",
                "at most " + Limits.OPERATOR_TYPES,
                "more than " + Limits.OPERATOR_TYPES);
    }

    SortedMap<String, Long> counts() {
        return counts;
    }

    /** Those of other domains that are no functions of the model; the first of them, as text. */
    List<String> unknown() {
        List<String> unknown =
                custom.stream().filter(key -> !functions.contains(key)).toList();
        return unknown.size() <= MAX_SHOWN
                ? unknown
                : List.of(String.join(", ", unknown.subList(0, MAX_SHOWN)), (unknown.size() - MAX_SHOWN) + " more");
    }
}
