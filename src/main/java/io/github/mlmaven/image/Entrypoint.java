package io.github.mlmaven.image;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The command that a container runs, in exec form. */
public final class Entrypoint {

    private static final String ENGINE = "-Donnxruntime.native.path=";

    // The engine is native code, which from Java 24 on must be allowed (JEP 472).
    private static final String NATIVE_ACCESS = "--enable-native-access=ALL-UNNAMED";

    // ONNX Runtime makes a folder for temporary files even when it needs none; with a read-only root this is the one
    // place where a container can write without any option.
    private static final String TEMPORARY = "-Djava.io.tmpdir=/dev/shm";

    // Not every base has its locale: the C library then falls back to ASCII, and so would Java for texts (before Java
    // 18)
    // and for what it prints. For names of files that cannot be set, and BaseLocale looks at them.
    private static final List<String> ENCODING =
            List.of("-Dfile.encoding=UTF-8", "-Dstdout.encoding=UTF-8", "-Dstderr.encoding=UTF-8");

    private final List<String> classPath;
    private final String mainClass;

    /**
     * An entrypoint.
     *
     * @param classPath paths below {@code /app}, in the order of resolution
     * @param mainClass the class to start
     */
    Entrypoint(List<String> classPath, String mainClass) {
        this.classPath = List.copyOf(classPath);
        this.mainClass = mainClass;
    }

    /** The options of Java that the server needs, wherever in an image its class path is. */
    public static List<String> optionsInImage() {
        return options(ApplicationTree.ROOT, ENGINE + ApplicationTree.ROOT + "/native");
    }

    /** The command of the image. */
    List<String> inImage(String java) {
        return command(java, ApplicationTree.ROOT, ":", ENGINE + ApplicationTree.ROOT + "/native");
    }

    /** The same command for this machine: only the paths are others. */
    List<String> here(Path java, Path app) {
        return command(java.toString(), app.toString(), File.pathSeparator, ENGINE + app.resolve("native"));
    }

    /** The command for this machine when the image is for another: the engine's whole jar has natives for both. */
    List<String> here(Path java, Path app, Path engine) {
        List<String> command = new ArrayList<>(command(java.toString(), app.toString(), File.pathSeparator, ""));
        command.removeIf(word -> word.isEmpty() || word.equals(TEMPORARY));
        command.replaceAll(word -> word.startsWith(app + "/classes") ? engine + File.pathSeparator + word : word);
        return command;
    }

    private List<String> command(String java, String app, String separator, String engine) {
        List<String> command = new ArrayList<>(List.of(java));
        command.addAll(options(app, engine));
        command.add("-cp");
        command.add(classPath.stream().map(path -> app + "/" + path).collect(Collectors.joining(separator)));
        command.add(mainClass);
        return List.copyOf(command);
    }

    private static List<String> options(String app, String engine) {
        List<String> options = new ArrayList<>(
                List.of("-XX:MaxRAMPercentage=75", "-XX:+ExitOnOutOfMemoryError", "-XX:-UsePerfData", NATIVE_ACCESS));
        options.addAll(ENCODING);
        options.addAll(List.of(TEMPORARY, engine, "-Dml.model.path=" + app + "/model"));
        return options;
    }
}
