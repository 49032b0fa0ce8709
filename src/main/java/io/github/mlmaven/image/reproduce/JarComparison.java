package io.github.mlmaven.image.reproduce;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.FindingId;
import io.github.mlmaven.finding.Severity;
import io.github.mlmaven.image.layer.Measured;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Two builds of the project's jar, which is beside the image and not in it: warnings, whatever is found. */
public final class JarComparison {

    private JarComparison() {}

    /**
     * What is not the same; permissions do not count.
     *
     * @param first the jar of the first build
     * @param second the jar of the second build
     * @param place the first one, as messages write it
     */
    public static List<Finding> compare(Path first, Path second, String place) throws IOException {
        if (!Files.exists(second)) {
            return List.of(Finding.of(
                            FindingId.IMAGE_REPRODUCE,
                            place,
                            "the second build wrote no such jar",
                            "the jar",
                            "none",
                            "Run mvn clean package, in case the jar is of an older build.")
                    .weighing(Severity.WARNING));
        }
        if (Files.mismatch(first, second) < 0) {
            return List.of();
        }
        Map<String, JarFacts> before = JarFacts.read(first);
        Map<String, JarFacts> after = JarFacts.read(second);
        FileFindings says = new FileFindings(place, "the jar", "entries");
        String expected = Measured.of(out -> Files.copy(first, out)).digest().toString();
        String found = Measured.of(out -> Files.copy(second, out)).digest().toString();
        List<FileDifference> differences = FileDifference.between(before, after);
        if (!differences.isEmpty()) {
            return says.of(differences, expected, found).stream()
                    .map(finding -> finding.weighing(Severity.WARNING))
                    .toList();
        }
        if (new ArrayList<>(before.keySet()).equals(new ArrayList<>(after.keySet()))) {
            return List.of();
        }
        return List.of(says.finding("its entries are, but in another order", expected, found, FileFindings.NEXT)
                .weighing(Severity.WARNING));
    }
}
