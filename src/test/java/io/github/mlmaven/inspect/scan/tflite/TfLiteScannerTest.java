package io.github.mlmaven.inspect.scan.tflite;

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

class TfLiteScannerTest {

    @TempDir
    Path folder;

    private Scanned scanned;

    static List<ScanCase> cases() {
        return TfLiteCorpus.cases();
    }

    @BeforeEach
    void scanners() {
        scanned = new Scanned(folder, new TfLiteScanner(), new OrtScanner());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void judges_the_operators(ScanCase file) throws IOException {
        scanned.judges(file);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void says_something_of_every_broken_file(ScanCase file) {
        scanned.survivesMutations(file);
    }

    @Test
    void names_operators_of_TensorFlow_that_reach_out() throws IOException {
        assertThat(scanned.scan("m.tflite", TfLiteCorpus.model("FlexErf", "FlexReadFile"))
                        .findings())
                .extracting(Finding::line)
                .containsExactly(
                        "ML-SAFE-OPERATOR: model/m.tflite: an operator reads files; expected operators that only compute, found "
                                + "FlexReadFile. Do not load it before you know why it is there; export the model without it.",
                        "ML-MODEL-UNSERVED: model/m.tflite: the format is recognised but not served; expected an ONNX model, "
                                + "found a TFLite model with custom operators: FlexErf, FlexReadFile. Convert it: python -m "
                                + "tf2onnx.convert --tflite model.tflite --output model.onnx");
    }

    @Test
    void tells_where_to_find_a_model_that_is_served() throws IOException {
        ScanCase ort = cases().stream()
                .filter(c -> c.name().equals("ONNX Runtime's own format"))
                .findFirst()
                .orElseThrow();

        assertThat(scanned.scan(ort.file(), ort.bytes()).findings().get(0).line())
                .isEqualTo(
                        "ML-MODEL-UNSERVED: model/m.ort: the format is recognised but not served; expected an ONNX model, "
                                + "found a model in ONNX Runtime's own format (ORT). Use the .onnx file that it was made from.");
    }
}
