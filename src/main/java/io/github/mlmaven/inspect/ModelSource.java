package io.github.mlmaven.inspect;

import io.github.mlmaven.finding.Finding;
import java.nio.file.Path;
import java.util.List;

/**
 * A model in the project, not yet looked at.
 *
 * @param name its name: the artifactId, or the folder's name
 * @param version the project's version
 * @param folder the folder with its files; nothing outside it is ever read
 * @param goldenFolder the folder with its golden data, which need not exist
 * @param place the folder relative to the project, with {@code /}, for messages
 * @param goldenPlace the golden folder relative to the project, with {@code /}, for messages
 * @param findings why the folder cannot be a model's; with any, it is rejected without looking into it
 */
public record ModelSource(
        String name,
        String version,
        Path folder,
        Path goldenFolder,
        String place,
        String goldenPlace,
        List<Finding> findings) {

    public ModelSource {
        findings = List.copyOf(findings);
    }

    /** A folder that nothing is wrong with. */
    public ModelSource(String name, String version, Path folder, Path goldenFolder, String place, String goldenPlace) {
        this(name, version, folder, goldenFolder, place, goldenPlace, List.of());
    }
}
