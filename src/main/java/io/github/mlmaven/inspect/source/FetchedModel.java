package io.github.mlmaven.inspect.source;

import io.github.mlmaven.finding.Finding;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What became of a wanted model.
 *
 * @param wanted what was asked for
 * @param artifact what it came from; empty when that could not be had
 * @param folder the folder with its files
 * @param golden the folder with the golden data that came along, which need not exist
 * @param findings why it cannot be used
 */
public record FetchedModel(
        WantedModel wanted, Optional<ModelArtifact> artifact, Path folder, Path golden, List<Finding> findings) {

    public FetchedModel {
        findings = List.copyOf(findings);
    }
}
