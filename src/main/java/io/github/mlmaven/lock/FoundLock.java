package io.github.mlmaven.lock;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
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

    /**
     * As another lock would say it: with what that holds for machines where profiles are active that are not here, and of
     * what has not changed with the repository that it came from then.
     */
    FoundLock against(Lock there) {
        Map<Section, List<LockedArtifact>> artifacts = new EnumMap<>(Section.class);
        for (Section section : Section.values()) {
            Map<String, LockedArtifact> locked = new HashMap<>();
            there.artifacts(section).forEach(artifact -> locked.put(section.identity(artifact), artifact));
            Map<String, LockedArtifact> all = new LinkedHashMap<>();
            for (LockedArtifact artifact : lock.artifacts(section)) {
                LockedArtifact then = locked.get(section.identity(artifact));
                boolean same = then != null && LockDifference.sameBytes(then, artifact);
                all.put(section.identity(artifact), same ? then : artifact);
            }
            locked.forEach((identity, artifact) -> {
                if (inactive.contains(artifact.id().profile())) {
                    all.putIfAbsent(identity, artifact);
                }
            });
            artifacts.put(section, List.copyOf(all.values()));
        }
        return new FoundLock(lock.with(artifacts), paths, inactive);
    }
}
