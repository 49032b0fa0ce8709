package io.github.mlmaven.mojo.resolve;

import io.github.mlmaven.lock.ArtifactKey;
import io.github.mlmaven.lock.LockedArtifact;
import io.github.mlmaven.lock.ResolvedArtifact;
import io.github.mlmaven.lock.Section;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.inject.Inject;
import org.apache.maven.RepositoryUtils;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Dependency;
import org.apache.maven.plugin.MojoExecutionException;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.RepositorySystemSession;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.collection.CollectRequest;
import org.eclipse.aether.collection.DependencyCollectionException;
import org.eclipse.aether.graph.DependencyFilter;
import org.eclipse.aether.graph.DependencyNode;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.resolution.DependencyRequest;
import org.eclipse.aether.resolution.DependencyResolutionException;

/** Resolves the class paths of plugins and extensions, as Maven does it. */
public final class ToolClassPaths {

    private final RepositorySystem repositories;

    @Inject
    public ToolClassPaths(RepositorySystem repositories) {
        this.repositories = repositories;
    }

    /** The tools themselves, and what else is on their class paths, by section; modules of the build have no file. */
    Map<Section, List<ResolvedArtifact>> of(Collection<BuildTool> tools, MavenSession session)
            throws MojoExecutionException, IOException {
        Reactor reactor = Reactor.of(session);
        DependencyFilter used = new MavenProvided();
        List<RemoteRepository> remotes = session.getCurrentProject().getRemotePluginRepositories();
        Map<Section, List<ResolvedArtifact>> all = new EnumMap<>(Section.class);
        for (BuildTool tool : tools) {
            List<ResolvedArtifact> same = all.computeIfAbsent(tool.section(), section -> new ArrayList<>());
            if (reactor.contains(tool.key().groupId(), tool.key().artifactId(), tool.version())) {
                same.add(new ResolvedArtifact(
                        LockedArtifact.Id.of(tool.key()),
                        tool.version(),
                        "",
                        Optional.empty(),
                        ResolvedArtifact.LOCAL,
                        true,
                        List.of()));
                continue;
            }
            Walk walk = new Walk(tool, used, remotes);
            walk.visit(resolve(tool, used, remotes, session.getRepositorySession()), List.of());
            same.add(walk.found.remove(0));
            all.computeIfAbsent(Section.PLUGIN_DEPENDENCIES, section -> new ArrayList<>())
                    .addAll(walk.found);
        }
        return all;
    }

    private DependencyNode resolve(
            BuildTool tool, DependencyFilter used, List<RemoteRepository> remotes, RepositorySystemSession session)
            throws MojoExecutionException {
        Artifact root = new DefaultArtifact(
                tool.key().groupId(), tool.key().artifactId(), tool.key().extension(), tool.version());
        CollectRequest collect = new CollectRequest(new org.eclipse.aether.graph.Dependency(root, ""), remotes);
        collect.setRequestContext("plugin");
        for (Dependency dependency : tool.dependencies()) {
            if (!"system".equals(dependency.getScope())) {
                collect.addDependency(RepositoryUtils.toDependency(dependency, session.getArtifactTypeRegistry())
                        .setScope("runtime"));
            }
        }
        try {
            DependencyNode node =
                    repositories.collectDependencies(session, collect).getRoot();
            repositories.resolveDependencies(session, new DependencyRequest(node, used));
            return node;
        } catch (DependencyCollectionException | DependencyResolutionException e) {
            throw new MojoExecutionException(
                    "Maven cannot resolve the class path of " + tool.name() + " to lock: " + e.getMessage(), e);
        }
    }

    /** Goes through a resolved graph, the tool first, and remembers the way to everything. */
    private static final class Walk {
        private final BuildTool tool;
        private final DependencyFilter used;
        private final List<String> ids;
        private final List<ResolvedArtifact> found = new ArrayList<>();

        Walk(BuildTool tool, DependencyFilter used, List<RemoteRepository> remotes) {
            this.tool = tool;
            this.used = used;
            this.ids = remotes.stream().map(RemoteRepository::getId).toList();
        }

        void visit(DependencyNode node, List<String> path) throws IOException {
            Artifact artifact = node.getArtifact();
            if (used.accept(node, List.of())) {
                found.add(resolved(artifact, path));
            }
            List<String> longer = new ArrayList<>(path);
            longer.add(artifact.getGroupId() + ":" + artifact.getArtifactId());
            for (DependencyNode child : node.getChildren()) {
                visit(child, longer);
            }
        }

        private ResolvedArtifact resolved(Artifact artifact, List<String> path) throws IOException {
            Optional<Path> file = Optional.ofNullable(artifact.getFile()).map(java.io.File::toPath);
            ArtifactKey key = new ArtifactKey(
                    artifact.getGroupId(), artifact.getArtifactId(), artifact.getExtension(), artifact.getClassifier());
            return new ResolvedArtifact(
                    new LockedArtifact.Id(key, path.isEmpty() ? "" : tool.name(), ""),
                    artifact.getVersion(),
                    "",
                    file,
                    file.isPresent() ? RepositoryOf.file(file.get(), ids) : ResolvedArtifact.LOCAL,
                    false,
                    path);
        }
    }
}
