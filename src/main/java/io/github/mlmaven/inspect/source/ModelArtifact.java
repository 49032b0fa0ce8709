package io.github.mlmaven.inspect.source;

import io.github.mlmaven.model.Digest;
import java.nio.file.Path;

/**
 * An artifact that was fetched from a repository.
 *
 * @param groupId its group
 * @param artifactId its name in the group
 * @param extension its file's extension
 * @param classifier its classifier, or the empty string
 * @param version its version; of a snapshot perhaps that of the day
 * @param baseVersion its version as it is asked for
 * @param repository the id of the repository it came from
 * @param module whether this very build made it
 * @param file its file, which belongs to the local repository and is only read
 * @param sha256 the digest of the file
 */
public record ModelArtifact(
        String groupId,
        String artifactId,
        String extension,
        String classifier,
        String version,
        String baseVersion,
        String repository,
        boolean module,
        Path file,
        Digest sha256) {

    /** Whether it is a zip archive, whatever is in it. */
    boolean isArchive() {
        return extension.equals("zip") || extension.equals("jar");
    }
}
