package io.github.mlmaven.mojo.resolve;

import io.github.mlmaven.lock.ArtifactKey;
import io.github.mlmaven.lock.LockedArtifact;
import io.github.mlmaven.lock.ResolvedArtifact;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import javax.inject.Inject;
import org.apache.maven.RepositoryUtils;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.project.DefaultDependencyResolutionRequest;
import org.apache.maven.project.DependencyResolutionException;
import org.apache.maven.project.DependencyResolutionRequest;
import org.apache.maven.project.MavenProject;
import org.apache.maven.project.ProjectDependenciesResolver;
import org.eclipse.aether.graph.DependencyNode;
import org.eclipse.aether.repository.RemoteRepository;

/** The runtime class path of the session's current project, in its order. */
public final class RuntimeDependencies {

    private final ProjectDependenciesResolver resolver;

    @Inject
    public RuntimeDependencies(ProjectDependenciesResolver resolver) {
        this.resolver = resolver;
    }

    /**
     * Resolves everything but the modules of this build, which need not be built yet and then have no file. For goals
     * run by hand from the root of a reactor: with {@code requiresDependencyResolution} Maven 3 refuses them.
     */
    public List<ResolvedArtifact> resolve(MavenSession session) throws MojoExecutionException, IOException {
        Reactor reactor = Reactor.of(session);
        DependencyResolutionRequest request =
                new DefaultDependencyResolutionRequest(session.getCurrentProject(), session.getRepositorySession());
        request.setResolutionFilter((node, parents) -> isOnRuntimeClassPath(node) && !reactor.contains(node));
        Set<Artifact> artifacts = new LinkedHashSet<>();
        try {
            RepositoryUtils.toArtifacts(
                    artifacts, resolver.resolve(request).getDependencyGraph().getChildren(), List.of(), null);
        } catch (DependencyResolutionException e) {
            throw new MojoExecutionException("Maven cannot resolve the runtime class path: " + e.getMessage(), e);
        }
        return resolved(artifacts, reactor, session.getCurrentProject());
    }

    /** What Maven itself resolved for a goal with {@code requiresDependencyResolution}, modules of this build too. */
    public static List<ResolvedArtifact> resolved(MavenSession session) throws IOException {
        MavenProject project = session.getCurrentProject();
        return resolved(project.getArtifacts(), Reactor.of(session), project);
    }

    static List<ResolvedArtifact> resolved(Collection<Artifact> artifacts, Reactor reactor, MavenProject project)
            throws IOException {
        List<String> repositories = project.getRemoteProjectRepositories().stream()
                .map(RemoteRepository::getId)
                .toList();
        List<ResolvedArtifact> dependencies = new ArrayList<>();
        for (Artifact artifact : artifacts) {
            if (isRuntime(artifact.getScope()) && artifact.getArtifactHandler().isAddedToClasspath()) {
                dependencies.add(resolved(artifact, reactor, repositories));
            }
        }
        return dependencies;
    }

    private static ResolvedArtifact resolved(Artifact artifact, Reactor reactor, List<String> repositories)
            throws IOException {
        Optional<Path> file = Optional.ofNullable(artifact.getFile()).map(File::toPath);
        ArtifactKey key = key(artifact);
        String repository = file.isPresent()
                ? RepositoryOf.file(file.get(), artifact.getVersion(), repositories)
                : ResolvedArtifact.LOCAL;
        boolean module = reactor.contains(key.groupId(), key.artifactId(), artifact.getBaseVersion());
        return new ResolvedArtifact(
                LockedArtifact.Id.of(key),
                artifact.getVersion(),
                artifact.getScope(),
                file,
                repository,
                module,
                path(artifact));
    }

    /** What tells one of Maven's artifacts from another. */
    static ArtifactKey key(Artifact artifact) {
        return new ArtifactKey(
                artifact.getGroupId(),
                artifact.getArtifactId(),
                artifact.getArtifactHandler().getExtension(),
                Objects.requireNonNullElse(artifact.getClassifier(), ""));
    }

    /** From what the project names to the last before the artifact; Maven's trail may begin with the project. */
    private static List<String> path(Artifact artifact) {
        List<String> trail = artifact.getDependencyTrail();
        if (trail == null || trail.isEmpty()) {
            return List.of();
        }
        return trail.subList(0, trail.size() - 1).stream()
                .map(RuntimeDependencies::brief)
                .toList();
    }

    /** Of Maven's id {@code GROUP:NAME:TYPE[:CLASSIFIER]:VERSION} what names it in a path. */
    private static String brief(String id) {
        String[] parts = id.split(":", 3);
        return parts.length < 2 ? id : parts[0] + ":" + parts[1];
    }

    private static boolean isOnRuntimeClassPath(DependencyNode node) {
        return node.getDependency() != null && isRuntime(node.getDependency().getScope());
    }

    private static boolean isRuntime(String scope) {
        return Artifact.SCOPE_COMPILE.equals(scope) || Artifact.SCOPE_RUNTIME.equals(scope);
    }
}
