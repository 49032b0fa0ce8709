package io.github.mlmaven.inspect.scan.keras;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.inspect.scan.Kind;
import io.github.mlmaven.inspect.scan.ScanCase;
import io.github.mlmaven.inspect.scan.ScanResult;
import io.github.mlmaven.inspect.scan.Scanned;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KerasScannerTest {

    private static final String CONVERT =
            "ML-MODEL-UNSERVED: model/m.keras: the format is recognised but not served; expected an ONNX model, found a "
                    + "Keras v3 model. Convert it where it was trained: python -c \"import keras; "
                    + "keras.models.load_model('model.keras').export('model.onnx', format='onnx')\"";

    @TempDir
    Path folder;

    private Scanned scanned;

    static List<ScanCase> cases() {
        return KerasCorpus.cases();
    }

    @BeforeEach
    void scanners() {
        scanned = new Scanned(folder, new KerasScanner(), new KerasJsonScanner());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void judges_what_keras_would_build(ScanCase file) throws IOException {
        scanned.judges(file);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void says_something_of_every_broken_file(ScanCase file) {
        scanned.survivesMutations(file);
    }

    @Test
    void tells_how_to_convert_a_harmless_model() throws IOException {
        assertThat(lines("layers of Keras")).containsExactly(CONVERT);
    }

    @Test
    void names_what_bytecode_calls() throws IOException {
        assertThat(lines("a Lambda layer that calls os.system"))
                .containsExactly(
                        "ML-SAFE-MALICIOUS: model/m.keras!/config.json: the configuration attacks whoever loads the model; "
                                + "expected layers and functions of Keras, found marshalled Python bytecode that names os, "
                                + "system. Do not load the file anywhere; ask where it comes from.",
                        CONVERT);
    }

    @Test
    void names_custom_objects() throws IOException {
        assertThat(lines("a custom layer by its registration"))
                .containsExactly(
                        "ML-SAFE-CODE: model/m.keras!/config.json: the configuration runs code that is not of Keras when the "
                                + "model is loaded; expected layers and functions of Keras, found the custom object Scale, "
                                + "registered as Custom>Scale. Export the model without it; to serve the model, convert it to "
                                + "ONNX where it was trained.",
                        CONVERT);
    }

    @Test
    void names_the_function_that_is_imported() throws IOException {
        assertThat(lines("CVE-2025-8747: keras.utils.get_file").get(0))
                .contains("found keras.utils.get_file. Do not load the file anywhere");
    }

    @Test
    void says_that_two_configurations_are_two_models() throws IOException {
        assertThat(lines("two configurations").get(0))
                .isEqualTo("ML-SAFE-ARCHIVE: model/m.keras: the configuration is in it more than once, so that readers "
                        + "differ in what they load; expected one config.json, found 2. Do not load the file anywhere; ask "
                        + "where it comes from.");
    }

    @Test
    void what_a_configuration_says_does_not_reach_the_terminal() throws IOException {
        String config =
                KerasCorpus.model("{\"class_name\": \"A\\u001b[31m\\u202e" + "x".repeat(200) + "\", \"config\": {}}");

        ScanResult result = scanned.scan("m.keras", KerasCorpus.zip("config.json", config));

        assertThat(result.findings().get(0).found()).hasValue("the custom object A?[31m?" + "x".repeat(75) + "…");
    }

    @Test
    void a_configuration_that_unpacks_to_far_more_than_it_is() throws IOException {
        String config = KerasCorpus.model(" ".repeat(70 << 20));

        ScanResult result = scanned.scan(
                "m.keras", KerasCorpus.zip("config.json", config, "metadata.json", "{}", "model.weights.h5", ""));

        assertThat(result.kind()).isEqualTo(Kind.UNSAFE);
        assertThat(result.findings().get(0).line())
                .startsWith("ML-SAFE-ARCHIVE: model/m.keras!/config.json: it unpacks to far more than it is");
    }

    @Test
    void a_zip_file_of_somebody_else_is_not_of_keras() throws IOException {
        byte[] bytes = KerasCorpus.zip("config.json", "{\"model_type\": \"bert\"}", "a.txt", "a");

        assertThat(scanned.scan("m.zip", bytes).kind()).isEqualTo(Kind.UNKNOWN);
        assertThat(scanned.scan("m.json", "{} ".getBytes(StandardCharsets.UTF_8))
                        .format())
                .isEqualTo("JSON");
    }

    private List<String> lines(String name) throws IOException {
        ScanCase file =
                cases().stream().filter(c -> c.name().equals(name)).findFirst().orElseThrow();
        return scanned.scan(file.file(), file.bytes()).findings().stream()
                .map(Finding::line)
                .toList();
    }
}
