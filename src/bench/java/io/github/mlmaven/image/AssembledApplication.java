package io.github.mlmaven.image;

import io.github.mlmaven.files.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** An application on disk laid out as in an image, and the image's own command to start it here. */
public final class AssembledApplication {

    private final Path root;
    private final List<String> classPath = new ArrayList<>();

    private AssembledApplication(Path root) {
        this.root = root;
    }

    /** An empty one; whatever was in the folder is gone. */
    public static AssembledApplication in(Path root) throws IOException {
        FileTree.delete(root);
        Files.createDirectories(root.resolve("lib"));
        Files.createDirectories(root.resolve("native"));
        return new AssembledApplication(root);
    }

    /** The folder that is {@code /app} in an image. */
    public Path root() {
        return root;
    }

    /** Appends something that is below {@link #root()} already to the class path. */
    public AssembledApplication path(String path) {
        classPath.add(path);
        return this;
    }

    /** Copies a jar and appends it to the class path; the engine's natives go into {@code native/}. */
    public AssembledApplication jar(Path jar) throws IOException {
        Path target = root.resolve("lib").resolve(jar.getFileName());
        if (EngineJar.hasNatives(jar)) {
            Platform here = Platform.ofMachine(System.getProperty("os.name"), System.getProperty("os.arch"))
                    .orElseThrow(() -> new IOException("images run on Linux; the benchmark does, too"));
            EngineJar.split(jar, here, target, root.resolve("native"));
        } else {
            Files.copy(jar, target);
        }
        return path("lib/" + jar.getFileName());
    }

    /** The image's command, with the paths of this machine. */
    public List<String> command(Path java, String mainClass) {
        return new Entrypoint(classPath, mainClass).here(java, root);
    }
}
