package io.github.mlmaven.mojo.stage;

import io.github.mlmaven.lock.ResolvedArtifact;
import io.github.mlmaven.mojo.packaging.RuntimeIndex;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.maven.plugin.MojoFailureException;

/**
 * The class path that ships.
 *
 * @param artifacts the project's runtime dependencies, in their order
 */
public record ServingClassPath(List<ResolvedArtifact> artifacts) {

    public ServingClassPath {
        artifacts = List.copyOf(artifacts);
    }

    /**
     * Makes sure that the participant was there.
     *
     * @throws MojoFailureException when the serving runtime is not on the class path
     */
    public ServingClassPath complete() throws MojoFailureException {
        boolean serving = artifacts.stream()
                .map(ResolvedArtifact::key)
                .anyMatch(key -> key.groupId().equals(RuntimeIndex.GROUP_ID)
                        && key.artifactId().equals(RuntimeIndex.ARTIFACT_ID)
                        && key.classifier().equals(RuntimeIndex.SERVING));
        if (!serving) {
            throw new MojoFailureException("The serving runtime is not among the project's dependencies; expected"
                    + " <extensions>true</extensions> at " + RuntimeIndex.ARTIFACT_ID
                    + " in the pom, and an execution of one of its goals or the packaging ml-model. Add what is missing,"
                    + " so that the plugin can complete the project.");
        }
        return this;
    }

    /** The files, in order. */
    public List<Path> files() {
        return artifacts.stream()
                .map(ResolvedArtifact::file)
                .flatMap(Optional::stream)
                .toList();
    }
}
