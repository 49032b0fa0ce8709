package io.github.mlmaven.mojo.resolve;

import io.github.mlmaven.lock.ArtifactKey;
import io.github.mlmaven.lock.LockedArtifact;
import io.github.mlmaven.lock.ResolvedArtifact;
import io.github.mlmaven.lock.Section;
import java.io.File;
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
    private final DependencyFilter used = new MavenProvided();

    @Inject
    public ToolClassPaths(RepositorySystem repositories) {
        this.repositories = repositories;
    }

    /**
     * The tools themselves, and what else is on their class paths, by section; modules of the build have no file.
     *
     * @param memory what earlier builds resolved
     */
    Map<Section, List<ResolvedArtifact>> of(Collection<BuildTool> tools, ClassPathMemory memory, MavenSession session)
            throws MojoExecutionException, IOException {
        Reactor reactor = Reactor.of(session);
        List<RemoteRepository> remotes = session.getCurrentProject().getRemotePluginRepositories();
        List<String> ids = remotes.stream().map(RemoteRepository::getId).toList();
        Map<Section, List<ResolvedArtifact>> all = new EnumMap<>(Section.class);
        for (BuildTool tool : tools) {
            List<ResolvedArtifact> same = all.computeIfAbsent(tool.section(), section -> new ArrayList<>());
            if (reactor.contains(tool.key().groupId(), tool.key().artifactId(), tool.version())) {
                same.add(module(tool));
                continue;
            }
            for (ClassPathMemory.Entry entry : entries(tool, memory, remotes, reactor, session)) {
                (entry.path().isEmpty()
                                ? same
                                : all.computeIfAbsent(Section.PLUGIN_DEPENDENCIES, s -> new ArrayList<>()))
                        .add(resolved(tool, entry, reactor, ids));
            }
        }
        return all;
    }

    private List<ClassPathMemory.Entry> entries(
            BuildTool tool,
            ClassPathMemory memory,
            List<RemoteRepository> remotes,
            Reactor reactor,
            MavenSession session)
            throws MojoExecutionException, IOException {
        Optional<List<ClassPathMemory.Entry>> known = memory.read(tool);
        if (known.isPresent()) {
            return known.get();
        }
        // A module of the build need not be built yet, and then has no file.
        DependencyFilter fetched = (node, parents) -> used.accept(node, parents) && !reactor.contains(node);
        DependencyNode root = resolve(tool, remotes, fetched, session.getRepositorySession());
        List<ClassPathMemory.Entry> entries = new ArrayList<>();
        collect(root, List.of(), entries);
        boolean complete = entries.stream()
                .map(ClassPathMemory.Entry::artifact)
                .allMatch(artifact -> artifact.getFile() != null && !reactor.contains(artifact));
        if (complete && ClassPathMemory.isStable(root)) {
            try {
                memory.write(tool, entries);
            } catch (IOException e) {
                // Nothing is remembered, and the next build resolves again.
            }
        }
        return entries;
    }

    private DependencyNode resolve(
            BuildTool tool, List<RemoteRepository> remotes, DependencyFilter fetched, RepositorySystemSession session)
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
            repositories.resolveDependencies(session, new DependencyRequest(node, fetched));
            return node;
        } catch (DependencyCollectionException | DependencyResolutionException e) {
            throw new MojoExecutionException(
                    "Maven cannot resolve the class path of " + tool.name() + " to lock: " + e.getMessage(), e);
        }
    }

    /** Goes through a resolved graph, the tool first, and remembers the way to everything. */
    private void collect(DependencyNode node, List<String> path, List<ClassPathMemory.Entry> entries) {
        Artifact artifact = node.getArtifact();
        if (used.accept(node, List.of())) {
            entries.add(new ClassPathMemory.Entry(artifact, path));
        }
        List<String> longer = new ArrayList<>(path);
        longer.add(artifact.getGroupId() + ":" + artifact.getArtifactId());
        for (DependencyNode child : node.getChildren()) {
            collect(child, longer, entries);
        }
    }

    private static ResolvedArtifact module(BuildTool tool) {
        return new ResolvedArtifact(
                LockedArtifact.Id.of(tool.key()),
                tool.version(),
                "",
                Optional.empty(),
                ResolvedArtifact.LOCAL,
                true,
                List.of());
    }

    private static ResolvedArtifact resolved(
            BuildTool tool, ClassPathMemory.Entry entry, Reactor reactor, List<String> ids) throws IOException {
        Artifact artifact = entry.artifact();
        Optional<Path> file = Optional.ofNullable(artifact.getFile()).map(File::toPath);
        ArtifactKey key = new ArtifactKey(
                artifact.getGroupId(), artifact.getArtifactId(), artifact.getExtension(), artifact.getClassifier());
        return new ResolvedArtifact(
                new LockedArtifact.Id(key, entry.path().isEmpty() ? "" : tool.name(), ""),
                artifact.getVersion(),
                "",
                file,
                file.isPresent() ? RepositoryOf.file(file.get(), artifact.getVersion(), ids) : ResolvedArtifact.LOCAL,
                reactor.contains(artifact),
                entry.path());
    }
}
