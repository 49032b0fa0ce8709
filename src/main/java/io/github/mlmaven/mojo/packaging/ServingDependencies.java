package io.github.mlmaven.mojo.packaging;

import java.util.List;
import java.util.Optional;
import org.apache.maven.model.Dependency;
import org.apache.maven.model.DependencyManagement;
import org.apache.maven.model.Exclusion;
import org.apache.maven.project.MavenProject;

/**
 * Adds what the image runs to a project's dependencies, so that javac, {@code dependency:tree}, IDEs and other plugins
 * see it. What the project declares itself wins, and its dependencyManagement decides versions.
 */
record ServingDependencies(RuntimeIndex index) {

    void addTo(MavenProject project) {
        Dependency serving = dependency(RuntimeIndex.GROUP_ID, RuntimeIndex.ARTIFACT_ID, index.version());
        serving.setClassifier(RuntimeIndex.SERVING);
        add(project, serving);
        for (RuntimeIndex.Library library : index.libraries()) {
            add(project, dependency(library.groupId(), library.artifactId(), library.version()));
        }
    }

    private static void add(MavenProject project, Dependency dependency) {
        List<Dependency> present = project.getDependencies();
        if (present.stream().anyMatch(d -> d.getManagementKey().equals(dependency.getManagementKey()))) {
            return;
        }
        managed(project, dependency).ifPresent(dependency::setVersion);
        present.add(dependency);
    }

    /** Maven has applied dependencyManagement before it asks participants, so it is applied here. */
    private static Optional<String> managed(MavenProject project, Dependency dependency) {
        DependencyManagement management = project.getDependencyManagement();
        if (management == null) {
            return Optional.empty();
        }
        return management.getDependencies().stream()
                .filter(d -> d.getManagementKey().equals(dependency.getManagementKey()))
                .map(Dependency::getVersion)
                .findFirst();
    }

    /** Every library is added by name: what it drags in beyond that was not tested and stays out. */
    private static Dependency dependency(String groupId, String artifactId, String version) {
        Exclusion all = new Exclusion();
        all.setGroupId("*");
        all.setArtifactId("*");
        Dependency dependency = new Dependency();
        dependency.setGroupId(groupId);
        dependency.setArtifactId(artifactId);
        dependency.setVersion(version);
        dependency.setScope("compile");
        dependency.addExclusion(all);
        return dependency;
    }
}
