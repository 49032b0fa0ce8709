package io.github.mlmaven.mojo.reproduce;

import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Function;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.project.MavenProject;

/**
 * What to build a second time.
 *
 * @param session the build
 * @param project the project with the image
 * @param tar the image that the build wrote
 * @param folder where reports are, and where the second build may work
 * @param timeout how long the second build may take
 * @param place paths as messages write them
 */
public record ReproduceRequest(
        MavenSession session,
        MavenProject project,
        Path tar,
        Path folder,
        Duration timeout,
        Function<Path, String> place) {

    /** What the build wrote of its image. */
    Path json() {
        return folder.resolve("image.json");
    }

    /** The project's jar, whether there is one or not. */
    Path jar() {
        return Path.of(project.getBuild().getDirectory())
                .resolve(project.getBuild().getFinalName() + ".jar");
    }

    /** All that the second build prints. */
    Path log() {
        return folder.resolve("reproduce.log");
    }
}
