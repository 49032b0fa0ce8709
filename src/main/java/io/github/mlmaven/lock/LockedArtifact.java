package io.github.mlmaven.lock;

import io.github.mlmaven.model.Digest;

/** An artifact in a lock; {@code toString} is the form in messages. */
public sealed interface LockedArtifact {

    /** Which one it is. */
    Id id();

    /** {@code compile} or {@code runtime}; the empty string for what is not on the runtime class path. */
    String scope();

    /** The artifact, whatever its version. */
    default ArtifactKey key() {
        return id().key();
    }

    /**
     * What tells one element of a section from another, whatever its version.
     *
     * @param key which artifact
     * @param owner the plugin or extension on whose class path it is, {@code GROUP:NAME}; otherwise the empty string
     * @param profile the profile that it is there for, where the machine decides whether that is active; otherwise the
     *     empty string
     */
    record Id(ArtifactKey key, String owner, String profile) {

        /** An artifact that belongs to the project, and is there on every machine. */
        public static Id of(ArtifactKey key) {
            return new Id(key, "", "");
        }

        /** The place in a section, {@code [OWNER/]GROUP:NAME[:EXTENSION[:CLASSIFIER]][@PROFILE]}. */
        @Override
        public String toString() {
            return (owner.isEmpty() ? "" : owner + "/") + key.brief() + (profile.isEmpty() ? "" : "@" + profile);
        }
    }

    /**
     * One that came out of a repository.
     *
     * @param id which one it is
     * @param version its version
     * @param scope its scope
     * @param sha256 the digest of its file
     * @param repository the id of the repository it came from; where it was found, no part of what it is
     */
    record Fetched(Id id, String version, String scope, Digest sha256, String repository) implements LockedArtifact {

        public Fetched {
            ArtifactKey.requirePart(version, "version");
            if (repository.isEmpty()) {
                throw new IllegalArgumentException(id + " has no repository");
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
     * @param id which one it is
     * @param scope its scope
     */
    record Sibling(Id id, String scope) implements LockedArtifact {
        @Override
        public String toString() {
            return scope.isEmpty() ? "a module of this build" : "a module of this build, " + scope;
        }
    }
}
