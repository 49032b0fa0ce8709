package io.github.mlmaven.mojo.resolve;

import io.github.mlmaven.lock.ArtifactKey;
import io.github.mlmaven.lock.ResolvedArtifact;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.project.MavenProject;
import org.eclipse.aether.repository.RemoteRepository;

/** The runtime class path of a project. */
public final class RuntimeDependencies {

    private RuntimeDependencies() {}

    /**
     * What the project has on its runtime class path, in that order; Maven must have resolved it, as it does for a goal
     * with {@code requiresDependencyResolution}.
     */
    public static List<ResolvedArtifact> of(MavenSession session, MavenProject project) throws IOException {
        return of(Reactor.of(session), project);
    }

    static List<ResolvedArtifact> of(Reactor reactor, MavenProject project) throws IOException {
        List<String> repositories = project.getRemoteProjectRepositories().stream()
                .map(RemoteRepository::getId)
                .toList();
        List<ResolvedArtifact> dependencies = new ArrayList<>();
        for (Artifact artifact : project.getArtifacts()) {
            if (isOnRuntimeClassPath(artifact)) {
                dependencies.add(resolved(artifact, reactor, repositories));
            }
        }
        return dependencies;
    }

    private static boolean isOnRuntimeClassPath(Artifact artifact) {
        boolean inScope = Artifact.SCOPE_COMPILE.equals(artifact.getScope())
                || Artifact.SCOPE_RUNTIME.equals(artifact.getScope());
        return inScope && artifact.getArtifactHandler().isAddedToClasspath();
    }

    private static ResolvedArtifact resolved(Artifact artifact, Reactor reactor, List<String> repositories)
            throws IOException {
        Optional<Path> file = Optional.ofNullable(artifact.getFile()).map(File::toPath);
        return new ResolvedArtifact(
                new ArtifactKey(
                        artifact.getGroupId(),
                        artifact.getArtifactId(),
                        artifact.getArtifactHandler().getExtension(),
                        Objects.requireNonNullElse(artifact.getClassifier(), "")),
                artifact.getVersion(),
                artifact.getScope(),
                file,
                file.isPresent() ? RepositoryOf.file(file.get(), repositories) : ResolvedArtifact.LOCAL,
                reactor.contains(artifact.getGroupId(), artifact.getArtifactId(), artifact.getBaseVersion()));
    }
}
