package io.github.mlmaven.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OrtEnvironment;
import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.inspect.InspectedModels;
import io.github.mlmaven.inspect.ModelSource;
import io.github.mlmaven.inspect.ModelSummary;
import io.github.mlmaven.inspect.Opset;
import io.github.mlmaven.inspect.onnx.Onnx;
import io.github.mlmaven.inspect.onnx.Proto;
import io.github.mlmaven.model.Digest;
import io.github.mlmaven.model.ModelFile;
import io.github.mlmaven.verify.golden.GoldenData;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class PortabilityCheckTest {

    private static final String PLACE = "src/main/model/model.onnx";

    @Test
    void newerOperatorSetsAreNamedWithTheirVersions() {
        CheckResult result = check(List.of(new Opset("ai.onnx", 27), new Opset("ai.onnx.ml", 6)));

        assertThat(result.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(lines(result))
                .containsExactly(
                        "ML-PORT-OPSET: " + PLACE
                                + ": operator set ai.onnx is newer than the engine; expected at most 26,"
                                + " found 27. Export the model for an older operator set, or use a newer version of the"
                                + " plugin.",
                        "ML-PORT-OPSET: " + PLACE
                                + ": operator set ai.onnx.ml is newer than the engine; expected at most"
                                + " 5, found 6. Export the model for an older operator set, or use a newer version of the"
                                + " plugin.");
    }

    @Test
    void theNewestOperatorSetsAndUnknownDomainsAreNoProblem() {
        CheckResult result = check(
                List.of(new Opset("ai.onnx", 26), new Opset("ai.onnx.ml", 5), new Opset("my.functions", 1000)), "C");

        assertThat(result.verdict()).isEqualTo(Verdict.PASS);
        assertThat(result.figure()).isEqualTo("nothing missing");
    }

    @Test
    void aLocaleIsAWarning() {
        CheckResult result = check(List.of(), "de_DE", "C", "en_US.UTF-8");

        assertThat(result.verdict()).isEqualTo(Verdict.WARN);
        assertThat(lines(result))
                .containsExactly("ML-PORT-LOCALE: " + PLACE + ": StringNormalizer asks the system for a locale that the"
                        + " image may not have; expected no locale, or C, found de_DE, en_US.UTF-8. Change the case before"
                        + " the model, or use a base image that has the locale.");
    }

    @Test
    void theEngineSaysThatTheseAreItsNewestOperatorSets() throws Exception {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        for (Map.Entry<String, Long> newest : PortabilityCheck.NEWEST.entrySet()) {
            String domain = newest.getKey();
            environment.createSession(model(domain, newest.getValue())).close();

            assertThatThrownBy(() -> environment.createSession(model(domain, 99)))
                    .hasMessageContaining(
                            "Current official support for domain " + domain + " is till opset " + newest.getValue());
        }
    }

    private static byte[] model(String domain, long version) {
        Proto model = new Proto()
                .number(1, 8)
                .message(7, Onnx.graph())
                .message(8, Onnx.opset(domain.equals("ai.onnx") ? "" : domain, version));
        return (domain.equals("ai.onnx") ? model : model.message(8, Onnx.opset("", 17))).toBytes();
    }

    private static CheckResult check(List<Opset> opsets, String... locales) {
        Path nowhere = Path.of("nowhere");
        ModelSummary summary = new ModelSummary(
                8, opsets, "", List.of(), List.of(), new TreeMap<>(), 0, new TreeSet<>(List.of(locales)));
        return new PortabilityCheck()
                .check(new Evidence(
                        InspectedModels.onnx(
                                new ModelSource("m", "1", nowhere, nowhere, "src/main/model", "src/test/model"),
                                List.of(new ModelFile("model.onnx", 1, new Digest("0".repeat(64)))),
                                summary),
                        Optional.empty(),
                        new GoldenData(List.of(), List.of()),
                        Optional.empty(),
                        ModelRules.NONE));
    }

    private static List<String> lines(CheckResult result) {
        return result.findings().stream().map(Finding::line).toList();
    }
}
