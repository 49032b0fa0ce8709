package io.github.mlmaven.report.provenance;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the build was asked for.
 *
 * @param goals phases and goals, in their order
 * @param profiles the ids of the poms' active profiles, sorted
 * @param properties the properties of the command line that may be told
 */
public record Invocation(List<String> goals, List<String> profiles, SortedMap<String, String> properties) {
    public Invocation {
        goals = List.copyOf(goals);
        profiles = profiles.stream().distinct().sorted().toList();
        properties = Collections.unmodifiableSortedMap(new TreeMap<>(properties));
    }

    /**
     * Leaves out what is not the plugin's, and what is nobody's business.
     *
     * @param goals phases and goals, in their order
     * @param profiles the ids of active profiles
     * @param properties all properties of the command line
     * @param redaction what may be told
     */
    public static Invocation of(
            List<String> goals, List<String> profiles, Map<String, String> properties, Redaction redaction) {
        SortedMap<String, String> told = new TreeMap<>();
        properties.forEach(
                (name, value) -> redaction.property(name, value).ifPresent(harmless -> told.put(name, harmless)));
        return new Invocation(goals, profiles, told);
    }
}
