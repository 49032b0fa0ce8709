package io.github.mlmaven.report.provenance;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Who ran the build: what may differ where the same build runs again.
 *
 * @param builder a URI for whoever ran it
 * @param versions of the programs that it ran on, by name
 * @param invocation what the builder calls this run
 */
public record Run(String builder, SortedMap<String, String> versions, Optional<String> invocation) {
    public Run {
        versions = Collections.unmodifiableSortedMap(new TreeMap<>(versions));
    }

    /**
     * A run.
     *
     * @param builder a URI for whoever ran it
     * @param versions of the programs that it ran on, by name
     * @param invocation what the builder calls this run
     */
    public static Run of(String builder, Map<String, String> versions, Optional<String> invocation) {
        return new Run(builder, new TreeMap<>(versions), invocation);
    }
}
