package io.github.mlmaven.image;

import java.util.List;

/** The command that a container runs, in exec form. */
final class Entrypoint {

    private Entrypoint() {}

    /**
     * The command.
     *
     * @param java the command that starts Java
     */
    static List<String> command(String java, List<String> classPath, String mainClass) {
        return List.of(
                java,
                "-XX:MaxRAMPercentage=75",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:-UsePerfData",
                "-Donnxruntime.native.path=" + ApplicationTree.ROOT + "/native",
                "-Dml.model.path=" + ApplicationTree.ROOT + "/model",
                "-cp",
                String.join(":", classPath),
                mainClass);
    }
}
