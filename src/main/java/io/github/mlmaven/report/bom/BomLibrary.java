package io.github.mlmaven.report.bom;

import io.github.mlmaven.lock.ArtifactKey;
import io.github.mlmaven.model.Digest;
import io.github.mlmaven.report.Purl;
import java.util.List;
import java.util.Optional;

/**
 * A jar of the runtime class path.
 *
 * @param key which artifact
 * @param version its version
 * @param digest of its file
 * @param licences what its pom declares, or its parent's
 * @param broughtBy the artifact whose dependency it is; empty for the project's own
 */
public record BomLibrary(
        ArtifactKey key,
        String version,
        Digest digest,
        List<DeclaredLicence> licences,
        Optional<ArtifactKey> broughtBy) {

    public BomLibrary {
        licences = List.copyOf(licences);
    }

    /** What names it in the document. */
    String ref() {
        return Purl.maven(key, version);
    }
}
