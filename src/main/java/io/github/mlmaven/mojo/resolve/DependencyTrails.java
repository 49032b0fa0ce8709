package io.github.mlmaven.mojo.resolve;

import io.github.mlmaven.lock.ArtifactKey;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.maven.artifact.Artifact;

/** Which dependency brought which: the tree that resolution has left, without the edges that lost. */
public final class DependencyTrails {

    private static final int WITH_PARENT = 3;

    private DependencyTrails() {}

    /** The artifact that brought each of these; without those that the project names itself. */
    public static Map<ArtifactKey, ArtifactKey> of(Collection<Artifact> artifacts) {
        Map<String, ArtifactKey> ids = new HashMap<>();
        artifacts.forEach(artifact -> ids.put(artifact.getId(), RuntimeDependencies.key(artifact)));
        Map<ArtifactKey, ArtifactKey> parents = new HashMap<>();
        for (Artifact artifact : artifacts) {
            // The project, what brought it, and itself.
            List<String> trail = artifact.getDependencyTrail();
            if (trail != null && trail.size() >= WITH_PARENT) {
                ArtifactKey parent = ids.get(trail.get(trail.size() - 2));
                if (parent != null) {
                    parents.put(RuntimeDependencies.key(artifact), parent);
                }
            }
        }
        return parents;
    }
}
