package io.github.mlmaven.inspect.scan;

import io.github.mlmaven.finding.FindingId;
import java.util.List;

/**
 * A file and what is to be said of it.
 *
 * @param name a sentence
 * @param file its name
 * @param ids of the findings, in their order, {@code ML-MODEL-UNSERVED} left out
 */
public record ScanCase(String name, String file, byte[] bytes, Kind kind, List<FindingId> ids) {

    public static ScanCase of(String name, String file, byte[] bytes, Kind kind, FindingId... ids) {
        return new ScanCase(name, file, bytes, kind, List.of(ids));
    }

    @Override
    public String toString() {
        return name;
    }
}
