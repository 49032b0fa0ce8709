package io.github.mlmaven.mojo.resolve;

import io.github.mlmaven.lock.ArtifactKey;
import io.github.mlmaven.lock.Section;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
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

/**
 * The plugins that take part in a project's build up to {@code package}, those with a goal in the lifecycle and those
 * that extend the build, and the extensions. Whatever goal is run, they are the same.
 */
public final class BuildTools {

    private static final String UP_TO = "package";

    private final LifecycleExecutor lifecycle;

    @Inject
    public BuildTools(LifecycleExecutor lifecycle) {
        this.lifecycle = lifecycle;
    }

    /** The tools of the session's current project. */
    Collection<BuildTool> of(MavenSession session) throws MojoExecutionException, IOException {
        MavenProject project = session.getCurrentProject();
        Map<String, BuildTool> tools = new TreeMap<>();
        for (Plugin plugin : project.getBuildPlugins()) {
            if (plugin.isExtensions()) {
                put(tools, plugin(plugin));
            }
        }
        for (MojoExecution execution : plan(session)) {
            put(tools, plugin(execution.getPlugin()));
        }
        project.getBuildExtensions().stream()
                .map(extension -> extension(extension.getGroupId(), extension.getArtifactId(), extension.getVersion()))
                .forEach(extension -> put(tools, extension));
        File root = session.getRequest().getMultiModuleProjectDirectory();
        if (root != null) {
            for (CoreExtensions.Extension core : CoreExtensions.of(root.toPath())) {
                put(tools, extension(core.groupId(), core.artifactId(), core.version()));
            }
        }
        return new ArrayList<>(tools.values());
    }

    private static void put(Map<String, BuildTool> tools, BuildTool tool) {
        tools.put(tool.section() + " " + tool.name(), tool);
    }

    private static BuildTool plugin(Plugin plugin) {
        return new BuildTool(
                Section.PLUGINS,
                ArtifactKey.jar(plugin.getGroupId(), plugin.getArtifactId()),
                plugin.getVersion(),
                plugin.getDependencies());
    }

    private static BuildTool extension(String groupId, String artifactId, String version) {
        return new BuildTool(Section.EXTENSIONS, ArtifactKey.jar(groupId, artifactId), version, List.of());
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
}
