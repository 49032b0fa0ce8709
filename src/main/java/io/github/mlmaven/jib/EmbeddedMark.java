package io.github.mlmaven.jib;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apache.maven.project.MavenProject;

/**
 * What the goal embed leaves on a project for goals of other plugins in the same build: a value of the session, which
 * neither a pom nor a command line nor an earlier build can set.
 */
public final class EmbeddedMark {

    private static final String KEY = "io.github.mlmaven.embedded";

    private EmbeddedMark() {}

    /**
     * Says that the project's models were verified and embedded.
     *
     * @param folders where the files of each are, by {@code NAME/VERSION}: large ones are not among the classes
     */
    public static void leave(MavenProject project, String mainClass, Map<String, Path> folders) {
        project.setContextValue(KEY, mainClass);
        // Another plugin reads it, for which only classes of the JDK are the same.
        folders.forEach((model, folder) -> project.setContextValue(KEY + "/" + model, folder.toString()));
    }

    /** Where the files of a model are that was verified and embedded in this build. */
    static Optional<Path> folder(MavenProject project, String model) {
        return Optional.ofNullable(project.getContextValue(KEY + "/" + model))
                .map(folder -> Path.of(folder.toString()));
    }

    /** The entrypoint that was generated, if the models were verified and embedded in this build. */
    static Optional<String> mainClass(MavenProject project) {
        return Optional.ofNullable(project.getContextValue(KEY)).map(String::valueOf);
    }
}
