package io.github.mlmaven.inspect.source;

import java.io.IOException;

/** Where artifacts come from. */
@FunctionalInterface
public interface ArtifactSource {

    /**
     * Fetches an artifact.
     *
     * @throws SourceException when it cannot be had, and why
     */
    ModelArtifact fetch(ArtifactCoordinates coordinates) throws SourceException, IOException;
}
