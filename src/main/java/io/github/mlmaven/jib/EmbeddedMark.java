package io.github.mlmaven.jib;

import java.util.Optional;
import org.apache.maven.project.MavenProject;

/**
 * What the goal embed leaves on a project for goals of other plugins in the same build: a value of the session, which
 * neither a pom nor a command line nor an earlier build can set.
 */
public final class EmbeddedMark {

    private static final String KEY = "io.github.mlmaven.embedded";

    private EmbeddedMark() {}

    /** Says that the project's models were verified and embedded. */
    public static void leave(MavenProject project, String mainClass) {
        project.setContextValue(KEY, mainClass);
    }

    /** The entrypoint that was generated, if the models were verified and embedded in this build. */
    static Optional<String> mainClass(MavenProject project) {
        return Optional.ofNullable(project.getContextValue(KEY)).map(String::valueOf);
    }
}
