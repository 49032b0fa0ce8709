package io.github.mlmaven.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mlmaven.finding.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Inspects a folder as the model {@code m} of a project. */
public final class Inspected {

    private Inspected() {}

    public static ModelSource source(Path folder) {
        return new ModelSource("m", "1.0", folder, folder.resolve("golden"), "src/main/model/m", "src/test/model/m");
    }

    public static Inspection folder(Path folder) {
        return new ModelInspector(Path.of("target/scan")).inspect(source(folder));
    }

    /** What a folder with this model.onnx gives, which must be right. */
    public static ModelSummary accepted(Path folder, byte[] model) throws IOException {
        Files.write(folder.resolve("model.onnx"), model);
        Inspection inspection = folder(folder);
        if (inspection instanceof RejectedModel rejected) {
            assertThat(lines(rejected)).isEmpty();
        }
        return ((InspectedModel) inspection).summary();
    }

    /** The findings on a folder with this model.onnx, which must be wrong; each as one line. */
    public static List<String> rejected(Path folder, byte[] model) throws IOException {
        Files.write(folder.resolve("model.onnx"), model);
        return rejected(folder);
    }

    /** The findings on a folder, which must be wrong; each as one line. */
    public static List<String> rejected(Path folder) {
        Inspection inspection = folder(folder);
        assertThat(inspection).isInstanceOf(RejectedModel.class);
        return lines((RejectedModel) inspection);
    }

    private static List<String> lines(RejectedModel rejected) {
        return rejected.findings().stream().map(Finding::line).toList();
    }
}
