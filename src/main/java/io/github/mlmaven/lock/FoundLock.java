package io.github.mlmaven.lock;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The lock of what is there now, and what a lock file does not hold.
 *
 * @param lock what is there
 * @param paths through what an artifact came, by its place: {@code direct}, or what depends on it
 * @param inactive the profiles that this machine leaves out and another may not
 */
public record FoundLock(Lock lock, Map<String, String> paths, Set<String> inactive) {

    public FoundLock {
        paths = Map.copyOf(paths);
        inactive = Set.copyOf(inactive);
    }

    /** A lock that is all there is to know. */
    public static FoundLock of(Lock lock) {
        return new FoundLock(lock, Map.of(), Set.of());
    }

    /** The place of an artifact in the lock, by which its path is known. */
    static String place(Section section, LockedArtifact artifact) {
        return section.field() + "/" + section.identity(artifact);
    }

    /** Through what an artifact that is there came. */
    Optional<String> path(Section section, LockedArtifact artifact) {
        return Optional.ofNullable(paths.get(place(section, artifact)));
    }

    /** With what another lock holds for machines where profiles are active that are not here. */
    FoundLock withInactive(Lock there) {
        if (inactive.isEmpty()) {
            return this;
        }
        Map<Section, List<LockedArtifact>> artifacts = new EnumMap<>(Section.class);
        for (Section section : Section.values()) {
            List<LockedArtifact> all = new ArrayList<>(lock.artifacts(section));
            there.artifacts(section).stream()
                    .filter(artifact -> inactive.contains(artifact.id().profile()))
                    .forEach(all::add);
            artifacts.put(section, all);
        }
        return new FoundLock(lock.with(artifacts), paths, inactive);
    }
}
