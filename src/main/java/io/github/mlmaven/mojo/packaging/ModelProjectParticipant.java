package io.github.mlmaven.mojo.packaging;

import org.apache.maven.AbstractMavenLifecycleParticipant;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Plugin;
import org.apache.maven.project.MavenProject;

/**
 * Completes every project that builds a model, before anything is resolved: the serving dependencies, a manifest that
 * starts the entrypoint, and for the packaging {@code ml-model} the defaults that a pom of twenty lines leaves open.
 */
public final class ModelProjectParticipant extends AbstractMavenLifecycleParticipant {

    /** The packaging that maps the lifecycle. */
    public static final String PACKAGING = "ml-model";

    @Override
    public void afterProjectsRead(MavenSession session) {
        RuntimeIndex index = RuntimeIndex.load();
        for (MavenProject project : session.getProjects()) {
            if (buildsModel(project)) {
                new ServingDependencies(index).addTo(project);
                new EntrypointManifest().addTo(project);
                PackagingDefaults.addReleaseTo(project);
            }
            if (PACKAGING.equals(project.getPackaging())) {
                PackagingDefaults.addTo(project);
            }
        }
    }

    /** Whether a project was completed, so that goals by hand can tell modules with a model from others. */
    public static boolean completed(MavenProject project) {
        return project.getDependencies().stream()
                .anyMatch(d -> RuntimeIndex.ARTIFACT_ID.equals(d.getArtifactId())
                        && RuntimeIndex.GROUP_ID.equals(d.getGroupId())
                        && RuntimeIndex.SERVING.equals(d.getClassifier()));
    }

    private static boolean buildsModel(MavenProject project) {
        Plugin plugin = project.getPlugin(RuntimeIndex.GROUP_ID + ":" + RuntimeIndex.ARTIFACT_ID);
        return plugin != null
                && (PACKAGING.equals(project.getPackaging())
                        || !plugin.getExecutions().isEmpty());
    }
}
