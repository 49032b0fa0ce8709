package io.github.mlmaven.inspect.scan.coreml;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.inspect.scan.ScanCase;
import io.github.mlmaven.inspect.scan.Scanned;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CoreMlScannerTest {

    @TempDir
    Path folder;

    private Scanned scanned;

    static List<ScanCase> cases() {
        return CoreMlCorpus.cases();
    }

    @BeforeEach
    void scanners() {
        scanned = new Scanned(folder, new CoreMlScanner(), new MilBlobScanner());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void judges_what_a_model_needs(ScanCase file) throws IOException {
        scanned.judges(file);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void says_something_of_every_broken_file(ScanCase file) {
        scanned.survivesMutations(file);
    }

    @Test
    void names_the_class_that_is_needed() throws IOException {
        assertThat(lines("a custom layer"))
                .containsExactly(
                        "ML-SAFE-CODE: model/m.mlmodel: the model needs code that is not in it; expected layers of Core ML, "
                                + "found a custom layer of the class EvilLayer. Export the model without it; to serve the "
                                + "model, convert it to ONNX where it was trained.",
                        "ML-MODEL-UNSERVED: model/m.mlmodel: the format is recognised but not served; expected an ONNX model, "
                                + "found a Core ML model, specification 4. Convert the model that it was made from to ONNX; "
                                + "what Core ML made of it does not lead back.");
    }

    @Test
    void names_the_file_that_is_linked() throws IOException {
        assertThat(lines("a model in another file").get(0))
                .isEqualTo(
                        "ML-SAFE-PATH: model/m.mlmodel: the model is in another file; expected all of the model in its own "
                                + "file, found a link to other.mlmodelc in /tmp. Save the linked model itself.");
    }

    private List<String> lines(String name) throws IOException {
        ScanCase file =
                cases().stream().filter(c -> c.name().equals(name)).findFirst().orElseThrow();
        return scanned.scan(file.file(), file.bytes()).findings().stream()
                .map(Finding::line)
                .toList();
    }
}
