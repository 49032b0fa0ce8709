package io.github.mlmaven.mojo.resolve;

import io.github.mlmaven.lock.ArtifactKey;
import io.github.mlmaven.lock.ResolvedArtifact;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.inject.Inject;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.lifecycle.LifecycleExecutor;
import org.apache.maven.lifecycle.LifecycleNotFoundException;
import org.apache.maven.lifecycle.LifecyclePhaseNotFoundException;
import org.apache.maven.model.Plugin;
import org.apache.maven.plugin.InvalidPluginDescriptorException;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoNotFoundException;
import org.apache.maven.plugin.PluginDescriptorParsingException;
import org.apache.maven.plugin.PluginManagerException;
import org.apache.maven.plugin.PluginNotFoundException;
import org.apache.maven.plugin.PluginResolutionException;
import org.apache.maven.plugin.prefix.NoPluginFoundForPrefixException;
import org.apache.maven.plugin.version.PluginVersionResolutionException;
import org.apache.maven.project.MavenProject;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.resolution.ArtifactRequest;
import org.eclipse.aether.resolution.ArtifactResolutionException;
import org.eclipse.aether.resolution.ArtifactResult;

/**
 * The plugins that take part in a project's build up to {@code package}: those with a goal in the lifecycle, and those
 * that extend the build. Whatever goal is run, the list is the same.
 */
public final class BuildPlugins {

    private static final String UP_TO = "package";

    private final LifecycleExecutor lifecycle;
    private final RepositorySystem repositories;

    @Inject
    public BuildPlugins(LifecycleExecutor lifecycle, RepositorySystem repositories) {
        this.lifecycle = lifecycle;
        this.repositories = repositories;
    }

    /** The plugins of the session's current project, each with the file of its own artifact. */
    public List<ResolvedArtifact> of(MavenSession session) throws MojoExecutionException, IOException {
        MavenProject project = session.getCurrentProject();
        Map<ArtifactKey, String> versions = versions(session, project);
        List<RemoteRepository> remotes = project.getRemotePluginRepositories();
        List<String> ids = remotes.stream().map(RemoteRepository::getId).toList();
        Reactor reactor = Reactor.of(session);
        List<ResolvedArtifact> plugins = new ArrayList<>();
        List<ArtifactRequest> requests = new ArrayList<>();
        versions.forEach((key, version) -> {
            if (reactor.contains(key.groupId(), key.artifactId(), version)) {
                plugins.add(new ResolvedArtifact(key, version, "", Optional.empty(), ResolvedArtifact.LOCAL, true));
            } else {
                requests.add(new ArtifactRequest(
                        new DefaultArtifact(key.groupId(), key.artifactId(), key.extension(), version),
                        remotes,
                        "plugin"));
            }
        });
        for (ArtifactResult result : resolve(session, requests)) {
            plugins.add(resolved(result, ids));
        }
        return plugins;
    }

    private Map<ArtifactKey, String> versions(MavenSession session, MavenProject project)
            throws MojoExecutionException {
        Map<ArtifactKey, String> versions = new TreeMap<>();
        for (Plugin plugin : project.getBuildPlugins()) {
            if (plugin.isExtensions()) {
                versions.put(ArtifactKey.jar(plugin.getGroupId(), plugin.getArtifactId()), plugin.getVersion());
            }
        }
        for (MojoExecution execution : plan(session)) {
            versions.put(ArtifactKey.jar(execution.getGroupId(), execution.getArtifactId()), execution.getVersion());
        }
        return versions;
    }

    private List<MojoExecution> plan(MavenSession session) throws MojoExecutionException {
        try {
            // Without setup: only the list is wanted, not each goal's configuration and forks.
            return lifecycle.calculateExecutionPlan(session, false, UP_TO).getMojoExecutions();
        } catch (PluginNotFoundException
                | PluginResolutionException
                | PluginDescriptorParsingException
                | MojoNotFoundException
                | NoPluginFoundForPrefixException
                | InvalidPluginDescriptorException
                | PluginManagerException
                | LifecyclePhaseNotFoundException
                | LifecycleNotFoundException
                | PluginVersionResolutionException e) {
            throw new MojoExecutionException("Maven cannot plan the build up to " + UP_TO + ": " + e.getMessage(), e);
        }
    }

    private List<ArtifactResult> resolve(MavenSession session, List<ArtifactRequest> requests)
            throws MojoExecutionException {
        try {
            return repositories.resolveArtifacts(session.getRepositorySession(), requests);
        } catch (ArtifactResolutionException e) {
            throw new MojoExecutionException("Maven cannot resolve the plugins to lock: " + e.getMessage(), e);
        }
    }

    private static ResolvedArtifact resolved(ArtifactResult result, List<String> ids) throws IOException {
        var artifact = result.getArtifact();
        Path file = artifact.getFile().toPath();
        return new ResolvedArtifact(
                ArtifactKey.jar(artifact.getGroupId(), artifact.getArtifactId()),
                artifact.getVersion(),
                "",
                Optional.of(file),
                RepositoryOf.file(file, ids),
                false);
    }
}
