package io.github.mlmaven.inspect.source;

import java.util.Optional;

/**
 * A model that a project asks a repository for.
 *
 * @param name its name in the project
 * @param artifact coordinates as they are written, which may be wrong
 * @param path what to take of an archive: an entry, or with {@code /} at its end all below a folder; empty for all of it
 */
public record WantedModel(String name, String artifact, Optional<String> path) {}
