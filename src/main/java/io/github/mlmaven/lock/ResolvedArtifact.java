package io.github.mlmaven.lock;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * An artifact as the build resolved it.
 *
 * @param id which one it is
 * @param version its version
 * @param scope its scope, or the empty string for what is not on the runtime class path
 * @param file its file, of a module of this build perhaps a folder of classes; empty if it was not resolved
 * @param repository the id of the repository it came from, {@code local} if unknown
 * @param reactor whether it is a module of this build
 * @param path through what it came, from what the project names itself to the last before it; empty if the project
 *     names it itself
 */
public record ResolvedArtifact(
        LockedArtifact.Id id,
        String version,
        String scope,
        Optional<Path> file,
        String repository,
        boolean reactor,
        List<String> path) {

    /** The id of the repository of what was not fetched from one. */
    public static final String LOCAL = "local";

    public ResolvedArtifact {
        path = List.copyOf(path);
    }

    /** The artifact, whatever its version. */
    public ArtifactKey key() {
        return id.key();
    }

    /** The same, there only where a profile is active. */
    public ResolvedArtifact inProfile(String profile) {
        return new ResolvedArtifact(
                new LockedArtifact.Id(id.key(), id.owner(), profile), version, scope, file, repository, reactor, path);
    }
}
