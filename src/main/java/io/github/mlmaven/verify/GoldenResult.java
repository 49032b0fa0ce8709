package io.github.mlmaven.verify;

import io.github.mlmaven.verify.golden.Comparison;
import java.util.List;
import java.util.Optional;

/**
 * What came of one golden case.
 *
 * @param name the case
 * @param place its folder or file relative to the project, with {@code /}
 * @param outputs every expected output compared with the found one; empty when the engine refused the inputs
 * @param failure the engine's reason for refusing the inputs
 */
public record GoldenResult(String name, String place, List<Comparison> outputs, Optional<String> failure) {
    public GoldenResult {
        outputs = List.copyOf(outputs);
    }

    /** Whether it ran and every output is as expected. */
    public boolean matches() {
        return failure.isEmpty() && outputs.stream().allMatch(Comparison::matches);
    }
}
