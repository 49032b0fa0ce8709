package io.github.mlmaven.mojo.resolve;

import java.util.Arrays;
import java.util.List;
import org.apache.maven.execution.DefaultMavenExecutionRequest;
import org.apache.maven.execution.DefaultMavenExecutionResult;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Build;
import org.apache.maven.model.Model;
import org.apache.maven.project.MavenProject;
import org.eclipse.aether.DefaultRepositorySystemSession;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.util.artifact.DefaultArtifactTypeRegistry;

/** Sessions and projects of Maven without Maven. */
final class Sessions {

    static final String GROUP = "com.acme";

    private Sessions() {}

    /** A session whose first module is the current project. */
    @SuppressWarnings("deprecation") // the only constructor
    static MavenSession of(MavenProject... modules) {
        DefaultRepositorySystemSession system = new DefaultRepositorySystemSession();
        system.setArtifactTypeRegistry(new DefaultArtifactTypeRegistry());
        MavenSession session =
                new MavenSession(null, system, new DefaultMavenExecutionRequest(), new DefaultMavenExecutionResult());
        session.setProjects(List.of(modules[0]));
        session.setAllProjects(Arrays.asList(modules));
        return session;
    }

    /** A project of version 1.0 whose pom, as it is written, is empty, with a repository {@code acme}. */
    static MavenProject project(String name) {
        return project(name, new Model());
    }

    /** A project of version 1.0 with a pom as it is written. */
    static MavenProject project(String name, Model written) {
        List<RemoteRepository> acme = List.of(new RemoteRepository.Builder("acme", "default", "file:nowhere").build());
        MavenProject project = new MavenProject() {
            @Override
            public List<RemoteRepository> getRemoteProjectRepositories() {
                return acme;
            }

            @Override
            public List<RemoteRepository> getRemotePluginRepositories() {
                return acme;
            }
        };
        project.setGroupId(GROUP);
        project.setArtifactId(name);
        project.setVersion("1.0");
        project.setBuild(new Build());
        project.setOriginalModel(written);
        return project;
    }
}
