package io.github.mlmaven.mojo.resolve;

import io.github.mlmaven.lock.ResolvedArtifact;
import io.github.mlmaven.lock.Section;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.inject.Inject;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.MojoExecutionException;

/** Every artifact that takes part in a project's build, as a lock wants them. */
public final class ProjectArtifacts {

    private final BuildTools tools;
    private final ToolClassPaths classPaths;
    private final ProjectPoms poms;

    @Inject
    public ProjectArtifacts(BuildTools tools, ToolClassPaths classPaths, ProjectPoms poms) {
        this.tools = tools;
        this.classPaths = classPaths;
        this.poms = poms;
    }

    /**
     * What there is.
     *
     * @param bySection the artifacts of each section
     * @param inactive the profiles that this machine leaves out and another may not
     */
    public record Found(Map<Section, List<ResolvedArtifact>> bySection, Set<String> inactive) {
        public Found {
            bySection = Map.copyOf(bySection);
            inactive = Set.copyOf(inactive);
        }
    }

    /**
     * The artifacts of the session's current project.
     *
     * @param dependencies its runtime class path
     * @param always what the plugin itself puts on every class path, by {@code GROUP:NAME}
     * @param memory the folder with the class paths of plugins that earlier builds resolved
     * @param trusted whether these are used, and not only written anew
     */
    public Found of(
            List<ResolvedArtifact> dependencies, Set<String> always, Path memory, boolean trusted, MavenSession session)
            throws MojoExecutionException, IOException {
        Path local =
                session.getRepositorySession().getLocalRepository().getBasedir().toPath();
        MachineProfiles profiles = MachineProfiles.of(session, always);
        Map<Section, List<ResolvedArtifact>> all = new EnumMap<>(Section.class);
        all.put(
                Section.DEPENDENCIES,
                dependencies.stream().map(profiles::dependency).toList());
        classPaths
                .of(tools.of(session), new ClassPathMemory(memory, local, trusted), session)
                .forEach((section, artifacts) -> all.put(
                        section, artifacts.stream().map(profiles::plugin).toList()));
        all.put(Section.POMS, new ArrayList<>(poms.of(session)));
        return new Found(all, profiles.inactive());
    }
}
