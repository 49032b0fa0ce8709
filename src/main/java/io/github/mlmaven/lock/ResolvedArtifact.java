package io.github.mlmaven.lock;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A dependency or plugin as the build resolved it.
 *
 * @param key which artifact
 * @param version its version
 * @param scope its scope, or the empty string for a plugin
 * @param file its file, of a module of this build perhaps a folder of classes; empty if it was not resolved
 * @param repository the id of the repository it came from, {@code local} if unknown
 * @param reactor whether it is a module of this build
 */
public record ResolvedArtifact(
        ArtifactKey key, String version, String scope, Optional<Path> file, String repository, boolean reactor) {

    /** The id of the repository of what was not fetched from one. */
    public static final String LOCAL = "local";
}
