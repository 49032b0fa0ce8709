package io.github.mlmaven.fuzz;

import io.github.mlmaven.inspect.ModelInspector;
import io.github.mlmaven.inspect.ModelSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * One file, under a name that the first byte chooses, in a model's folder: whatever it holds, the inspection ends with a
 * result. Jazzer adds the limits of time and memory, and reports what ends in another way.
 */
public final class ModelFolderFuzz {

    /** Names matter to few readers; an ONNX main file goes to one more of them. */
    private static final String[] NAMES = {"model.onnx", "model.pkl", "saved_model.pb", "MLmodel", "config.json", "x"};

    private static final Path FOLDER = folder();

    private ModelFolderFuzz() {}

    /** The entry point that Jazzer knows by its name. */
    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        if (input.length == 0) {
            return;
        }
        Path file = FOLDER.resolve("model").resolve(NAMES[(input[0] & 0xFF) % NAMES.length]);
        try {
            Files.write(file, java.util.Arrays.copyOfRange(input, 1, input.length));
            new ModelInspector(FOLDER.resolve("scan"))
                    .inspect(new ModelSource("m", "1", file.getParent(), FOLDER.resolve("golden"), "model", "golden"));
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private static Path folder() {
        try {
            Path folder = Files.createTempDirectory("fuzz");
            Files.createDirectories(folder.resolve("model"));
            return folder;
        } catch (IOException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
