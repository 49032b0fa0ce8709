package io.github.mlmaven.fuzz;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.inspect.Inspection;
import io.github.mlmaven.inspect.ModelInspector;
import io.github.mlmaven.inspect.ModelSource;
import io.github.mlmaven.inspect.scan.Scan;
import io.github.mlmaven.inspect.scan.ScanResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * One file, under a name that the first byte chooses, in a model's folder: whatever it holds, the inspection ends with a
 * result. Jazzer adds the limits of time and memory, and reports what ends in another way.
 */
public final class ModelFolderFuzz {

    /** Names matter to few readers; an ONNX main file goes to one more of them. */
    private static final String[] NAMES = {"model.onnx", "model.pkl", "saved_model.pb", "MLmodel", "config.json", "x"};

    private static final Path FOLDER = folder();

    private ModelFolderFuzz() {}

    /** Jazzer calls it first: the time that it takes to instrument all readers is nobody's hang. */
    public static void fuzzerInitialize() throws IOException {
        fuzzerTestOneInput(new byte[] {5, 0, 1, 2, 3});
    }

    /** The entry point that Jazzer knows by its name. */
    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        if (input.length == 0) {
            return;
        }
        Path file = FOLDER.resolve("model").resolve(NAMES[(input[0] & 0xFF) % NAMES.length]);
        try {
            Files.write(file, Arrays.copyOfRange(input, 1, input.length));
            Inspection inspection = new ModelInspector(FOLDER.resolve("scan"))
                    .inspect(new ModelSource("m", "1", file.getParent(), FOLDER.resolve("golden"), "model", "golden"));
            for (ScanResult result : inspection.scanned()) {
                for (Finding finding : result.allFindings()) {
                    if (finding.message().equals(Scan.READER_FAILED)) {
                        throw new IllegalStateException(finding.line());
                    }
                }
            }
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
