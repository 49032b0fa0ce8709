package io.github.mlmaven.inspect.scan.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.inspect.scan.ScanCase;
import io.github.mlmaven.inspect.scan.ScanResult;
import io.github.mlmaven.inspect.scan.Scanned;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TensorFlowScannerTest {

    @TempDir
    Path folder;

    private Scanned scanned;

    static List<ScanCase> cases() {
        return TensorFlowCorpus.cases();
    }

    @BeforeEach
    void scanners() {
        scanned = new Scanned(
                folder,
                new TensorFlowScanner(),
                new TensorFlowTextScanner(),
                new VariablesScanner(),
                new KerasMetadataScanner(),
                new FingerprintScanner());
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
    void says_where_an_operator_is() throws IOException {
        assertThat(lines("in a function"))
                .containsExactly(
                        "ML-SAFE-OPERATOR: model/saved_model.pb: an operator writes files; expected operators of TensorFlow "
                                + "that only compute, found WriteFile in node \"evil\" of function \"f\". Do not load it before "
                                + "you know why it is there; export the model without it.",
                        "ML-MODEL-UNSERVED: model/saved_model.pb: the format is recognised but not served; expected an ONNX "
                                + "model, found a TensorFlow SavedModel. Convert it: python -m tf2onnx.convert --saved-model "
                                + "DIR --output model.onnx");
    }

    @Test
    void says_what_makes_an_operator_reach_out() throws IOException {
        assertThat(lines("printing to a file").get(0))
                .contains(
                        "an operator reaches out; expected operators of TensorFlow that only compute, found PrintV2 with "
                                + "output_stream file:///etc/cron.d/x in node \"p\".");
    }

    @Test
    void says_how_often_an_operator_is_there() throws IOException {
        byte[] twice =
                TensorFlowCorpus.graph(TensorFlowCorpus.node("a", "PyFunc"), TensorFlowCorpus.node("b", "PyFunc"));

        assertThat(scanned.scan("graph.pb", twice).findings().get(0).found()).hasValue("PyFunc in node \"a\", 2 times");
    }

    @Test
    void raw_variables_are_known_by_the_index_beside_them() throws IOException {
        ScanCase index = named("an index of variables");
        scanned.scan("variables.index", index.bytes());

        ScanResult data = scanned.scan("variables.data-00000-of-00001", new byte[100]);

        assertThat(data.format()).isEqualTo("raw values of TensorFlow variables");
    }

    private List<String> lines(String name) throws IOException {
        ScanCase file = named(name);
        return scanned.scan(file.file(), file.bytes()).findings().stream()
                .map(Finding::line)
                .toList();
    }

    private static ScanCase named(String name) {
        return cases().stream().filter(c -> c.name().equals(name)).findFirst().orElseThrow();
    }
}
