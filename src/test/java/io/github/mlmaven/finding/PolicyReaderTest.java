package io.github.mlmaven.finding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyReaderTest {

    private final PolicyReader reader = new PolicyReader();

    @Test
    void nothingIsTheDefault() throws PolicyException {
        assertThat(reader.severities("ml.severity", "").read()).isEqualTo(Policy.DEFAULT);
    }

    @Test
    void severitiesComeFromThePomAndTheCommandLineWins() throws PolicyException {
        Policy policy = reader.severity("<severities>", "ML-GOLDEN-MISSING", " fail ")
                .severity("<severities>", "ML-GOLDEN-PARTIAL", "fail")
                .severity("<severities>", "ML-SAFE-MALICIOUS", "fail")
                .severities("ml.severity", " ML-GOLDEN-PARTIAL=off , ML-SAFE-UNKNOWN=warn,")
                .read();

        assertThat(policy.levels())
                .isEqualTo(Map.of(
                        FindingId.GOLDEN_MISSING, Level.FAIL,
                        FindingId.GOLDEN_PARTIAL, Level.OFF,
                        FindingId.SAFE_MALICIOUS, Level.FAIL,
                        FindingId.SAFE_UNKNOWN, Level.WARN));
    }

    @Test
    void acceptsHaveAReason() throws PolicyException {
        Policy policy = reader.accept("ML-SAFE-PICKLE", " src/main/model/*.pkl ", "\n  converted\n  by hand\n")
                .read();

        assertThat(policy.accepts())
                .isEqualTo(List.of(new Accept(FindingId.SAFE_PICKLE, "src/main/model/*.pkl", "converted by hand")));
    }

    @Test
    void anUnknownIdIsRefusedWithTheNearest() {
        reader.severity("<severities>", "ML-GOLDEN-MISING", "fail");

        assertProblems("<severities>: there is no finding \"ML-GOLDEN-MISING\"; the nearest are ML-GOLDEN-MISSING,"
                + " ML-MODEL-MISSING, ML-GOLDEN-MISMATCH. Correct it; docs/checks.md has all of them.");
    }

    @Test
    void anUnknownLevelIsRefused() {
        reader.severity("<severities>", "ML-GOLDEN-MISSING", "error")
                .severity("<severities>", "ML-GOLDEN-PARTIAL", null)
                .severities("ml.severity", "ML-GOLDEN-RUN=FAIL,ML-GOLDEN-RUN");

        assertProblems(
                "<severities>: ML-GOLDEN-MISSING: expected fail, warn or off, found \"error\". Correct it.",
                "<severities>: ML-GOLDEN-PARTIAL: expected fail, warn or off, found \"\". Correct it.",
                "ml.severity: ML-GOLDEN-RUN: expected fail, warn or off, found \"FAIL\". Correct it.",
                "ml.severity: expected ID=fail, ID=warn or ID=off, found \"ML-GOLDEN-RUN\". Correct it.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"warn", "off"})
    void maliciousCodeIsNotSilencedByASeverity(String level) {
        reader.severity("<severities>", "ML-SAFE-MALICIOUS", level);

        assertProblems("<severities>: ML-SAFE-MALICIOUS cannot be " + level
                + ". Malicious code can only be accepted file by file: <accept> with <id>, <file> and <reason>.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ML-MODEL-ENGINE", "ML-CONTRACT-TYPE", "ML-LOCK-INVALID", "ML-IMAGE-SMOKE"})
    void whatNothingCanGoOnWithoutIsAlwaysAnError(String id) {
        reader.severities("ml.severity", id + "=warn");

        assertProblems("ml.severity: " + id + " cannot be warn. Without what it asks for nothing can be checked,"
                + " locked or built. Remove it.");
    }

    @Test
    void anAcceptIsComplete() {
        reader.accept(null, null, null).accept("ML-SAFE-PICKLE", "x", " ").accept("ML-SAFE-PICKEL", "x", "y");

        assertProblems(
                "<accept>: has no <id>. Name the finding that is accepted.",
                "<accept>: has no <file>. Name the place that the finding names, or a pattern of places.",
                "<accept>: has no <reason>. Say why the risk is taken; every report shows it.",
                "<accept> ML-SAFE-PICKLE: has no <reason>. Say why the risk is taken; every report shows it.",
                "<accept>: there is no finding \"ML-SAFE-PICKEL\"; the nearest are ML-SAFE-PICKLE, ML-SAFE-LINK,"
                        + " ML-SAFE-CODE. Correct it; docs/checks.md has all of them.");
    }

    @Test
    void onlySafetyIsAcceptedFileByFile() {
        reader.accept("ML-GOLDEN-MISSING", "src/test/model", "there are none");

        assertProblems(
                "<accept> ML-GOLDEN-MISSING: only ML-SAFE findings are accepted file by file. Use" + " <severities>.");
    }

    private void assertProblems(String... problems) {
        assertThat(assertThrows(PolicyException.class, reader::read)
                        .getMessage()
                        .split("\n"))
                .containsExactly(problems);
    }
}
