package io.github.mlmaven.mojo.resolve;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.project.MavenProject;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.graph.DependencyNode;

/** The modules of a build, those too that {@code -pl} leaves out, so that the lock is the same with and without it. */
final class Reactor {

    private final Map<String, MavenProject> modules;

    Reactor(Collection<MavenProject> projects) {
        modules = projects.stream()
                .collect(Collectors.toUnmodifiableMap(
                        p -> id(p.getGroupId(), p.getArtifactId(), p.getVersion()), p -> p, (one, other) -> one));
    }

    static Reactor of(MavenSession session) {
        return new Reactor(session.getAllProjects());
    }

    boolean contains(String groupId, String artifactId, String version) {
        return find(groupId, artifactId, version).isPresent();
    }

    Optional<MavenProject> find(String groupId, String artifactId, String version) {
        return Optional.ofNullable(modules.get(id(groupId, artifactId, version)));
    }

    boolean contains(DependencyNode node) {
        return contains(node.getArtifact());
    }

    boolean contains(Artifact artifact) {
        return contains(artifact.getGroupId(), artifact.getArtifactId(), artifact.getBaseVersion());
    }

    private static String id(String groupId, String artifactId, String version) {
        return groupId + ":" + artifactId + ":" + version;
    }
}
