package io.github.mlmaven.mojo.attest;

import java.io.File;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.project.MavenProject;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.repository.LocalArtifactRequest;

/** Where poms are on this machine. */
@FunctionalInterface
interface PomFiles {

    /** The pom of these coordinates; empty where there is none. */
    Optional<Path> find(String groupId, String artifactId, String version);

    /**
     * The poms of a build's modules and of the local repository, which resolution has filled; nothing is fetched.
     */
    static PomFiles of(MavenSession session) {
        return (groupId, artifactId, version) -> {
            for (MavenProject module : session.getAllProjects()) {
                if (module.getGroupId().equals(groupId)
                        && module.getArtifactId().equals(artifactId)
                        && module.getVersion().equals(version)) {
                    return Optional.ofNullable(module.getFile()).map(File::toPath);
                }
            }
            var repositories = session.getCurrentProject().getRemoteProjectRepositories();
            var request = new LocalArtifactRequest(
                    new DefaultArtifact(groupId, artifactId, "pom", version), repositories, "");
            var repository = session.getRepositorySession();
            // Present is enough: from which repository it came is the business of resolution, which has used it.
            return Optional.ofNullable(repository
                            .getLocalRepositoryManager()
                            .find(repository, request)
                            .getFile())
                    .map(File::toPath);
        };
    }
}
