package io.github.mlmaven.inspect;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.inspect.source.ModelArtifact;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A model in the project, not yet looked at.
 *
 * @param name its name: the artifactId, the folder's name, or what the pom calls a model from a repository
 * @param version the project's version, or that of the artifact
 * @param folder the folder with its files; nothing outside it is ever read
 * @param goldenFolder the folder with its golden data, which need not exist
 * @param place the folder relative to the project, with {@code /}, for messages
 * @param goldenPlace the golden folder relative to the project, with {@code /}, for messages
 * @param findings why the folder cannot be a model's; with any, it is rejected without looking into it
 * @param artifact the artifact that it came from; empty for a model of the project itself
 */
public record ModelSource(
        String name,
        String version,
        Path folder,
        Path goldenFolder,
        String place,
        String goldenPlace,
        List<Finding> findings,
        Optional<ModelArtifact> artifact) {

    public ModelSource {
        findings = List.copyOf(findings);
    }

    /** A folder of the project. */
    public ModelSource(
            String name,
            String version,
            Path folder,
            Path goldenFolder,
            String place,
            String goldenPlace,
            List<Finding> findings) {
        this(name, version, folder, goldenFolder, place, goldenPlace, findings, Optional.empty());
    }

    /** A folder that nothing is wrong with. */
    public ModelSource(String name, String version, Path folder, Path goldenFolder, String place, String goldenPlace) {
        this(name, version, folder, goldenFolder, place, goldenPlace, List.of());
    }
}
