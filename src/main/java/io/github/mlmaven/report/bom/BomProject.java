package io.github.mlmaven.report.bom;

import io.github.mlmaven.lock.ArtifactKey;
import java.util.List;

/**
 * The project that a document is about.
 *
 * @param key its main artifact
 * @param version its version
 * @param licences what its pom declares
 */
public record BomProject(ArtifactKey key, String version, List<DeclaredLicence> licences) {
    public BomProject {
        licences = List.copyOf(licences);
    }
}
