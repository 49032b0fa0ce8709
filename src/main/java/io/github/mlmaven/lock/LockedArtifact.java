package io.github.mlmaven.lock;

import io.github.mlmaven.model.Digest;

/** A dependency or plugin in a lock; {@code toString} is the form in messages. */
public sealed interface LockedArtifact {

    ArtifactKey key();

    /** {@code compile} or {@code runtime}; the empty string for a plugin. */
    String scope();

    /**
     * One that came out of a repository.
     *
     * @param key which artifact
     * @param version its version
     * @param scope its scope
     * @param sha256 the digest of its file
     * @param repository the id of the repository it came from; where it was found, no part of what it is
     */
    record Fetched(ArtifactKey key, String version, String scope, Digest sha256, String repository)
            implements LockedArtifact {

        public Fetched {
            ArtifactKey.requirePart(version, "version");
            if (repository.isEmpty()) {
                throw new IllegalArgumentException(key + " has no repository");
            }
        }

        @Override
        public String toString() {
            return (scope.isEmpty() ? version : version + " " + scope) + " " + sha256 + " from " + repository;
        }
    }

    /**
     * A module of the same build: its bytes and its version change with every commit and release, so neither is locked.
     *
     * @param key which module
     * @param scope its scope
     */
    record Sibling(ArtifactKey key, String scope) implements LockedArtifact {
        @Override
        public String toString() {
            return scope.isEmpty() ? "a module of this build" : "a module of this build, " + scope;
        }
    }
}
