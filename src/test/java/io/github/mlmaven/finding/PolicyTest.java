package io.github.mlmaven.finding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PolicyTest {

    private static final Finding GOLDEN = Finding.of(FindingId.GOLDEN_MISSING, "src/test/model", "none", "Add some.");
    private static final Finding PICKLE =
            Finding.of(FindingId.SAFE_PICKLE, "src/main/model/a.zip!/b.pkl", "it is a pickle", "Convert it.");
    private static final Finding MALICIOUS =
            Finding.of(FindingId.SAFE_MALICIOUS, "src/main/model/x.bin", "it starts programs", "Delete it.");

    @Test
    void byDefaultEverythingWeighsWhatItsCheckSays() {
        assertThat(Policy.DEFAULT.apply(List.of(GOLDEN, PICKLE))).containsExactly(GOLDEN, PICKLE);
        assertThat(Policy.DEFAULT.unused(List.of(GOLDEN))).isEmpty();
    }

    @Test
    void aLevelRaisesLowersAndRemoves() {
        assertThat(levels(FindingId.GOLDEN_MISSING, Level.FAIL).apply(List.of(GOLDEN)))
                .containsExactly(GOLDEN.weighing(Severity.ERROR));
        assertThat(levels(FindingId.SAFE_PICKLE, Level.WARN).apply(List.of(PICKLE, GOLDEN)))
                .containsExactly(PICKLE.weighing(Severity.WARNING), GOLDEN);
        assertThat(levels(FindingId.SAFE_PICKLE, Level.OFF).apply(List.of(PICKLE, GOLDEN)))
                .containsExactly(GOLDEN);
    }

    @Test
    void anAcceptedFindingIsInformationThatSaysWhy() {
        Policy policy = accepts(new Accept(FindingId.SAFE_MALICIOUS, "src/main/model/x.bin", "a test of scanners"));

        assertThat(policy.apply(List.of(MALICIOUS, PICKLE)))
                .extracting(Finding::severity, Finding::line)
                .containsExactly(
                        tuple(
                                Severity.INFO,
                                "ML-SAFE-MALICIOUS: src/main/model/x.bin: it starts programs"
                                        + " (accepted: a test of scanners). Delete it."),
                        tuple(
                                Severity.ERROR,
                                "ML-SAFE-PICKLE: src/main/model/a.zip!/b.pkl: it is a pickle. Convert it."));
    }

    @Test
    void whatIsAcceptedIsShownThoughItsKindIsOff() {
        Policy policy = new Policy(
                Map.of(FindingId.SAFE_PICKLE, Level.OFF),
                List.of(new Accept(FindingId.SAFE_PICKLE, "src/main/model/a.zip!/**", "known")));

        assertThat(policy.apply(List.of(PICKLE)))
                .extracting(Finding::message)
                .containsExactly("it is a pickle (accepted: known)");
    }

    @Test
    void anAcceptThatIsNotNeededIsAWarning() {
        Policy policy = accepts(
                new Accept(FindingId.SAFE_PICKLE, "**/b.pkl", "known"),
                new Accept(FindingId.SAFE_PICKLE, "src/main/model/a.zip!/**", "known twice"),
                new Accept(FindingId.SAFE_PICKLE, "src/main/model/gone.pkl", "was there"),
                new Accept(FindingId.SAFE_CODE, "**/b.pkl", "another finding"));

        List<Finding> unused = policy.unused(policy.apply(List.of(PICKLE)));

        assertThat(unused)
                .extracting(Finding::line)
                .containsExactly(
                        "ML-ACCEPT-UNUSED: src/main/model/gone.pkl: ML-SAFE-PICKLE is accepted (was there) but was not"
                                + " found there. Remove the <accept>, or correct its <file> to the place that the"
                                + " finding names.",
                        "ML-ACCEPT-UNUSED: **/b.pkl: ML-SAFE-CODE is accepted (another finding) but was not found"
                                + " there. Remove the <accept>, or correct its <file> to the place that the finding"
                                + " names.");
        assertThat(unused).extracting(Finding::severity).containsOnly(Severity.WARNING);
    }

    @Test
    void anAcceptOfAModelThatCannotBeReadIsNotUsed() {
        Policy policy = accepts(new Accept(FindingId.SAFE_MALICIOUS, MALICIOUS.place(), "known"));

        assertThat(policy.unused(List.of(MALICIOUS))).hasSize(1);
    }

    @Test
    void anUnusedAcceptHasALevelToo() {
        Accept accept = new Accept(FindingId.SAFE_CODE, "x", "y");

        assertThat(new Policy(Map.of(FindingId.ACCEPT_UNUSED, Level.FAIL), List.of(accept)).unused(List.of()))
                .extracting(Finding::severity)
                .containsExactly(Severity.ERROR);
        assertThat(new Policy(Map.of(FindingId.ACCEPT_UNUSED, Level.OFF), List.of(accept)).unused(List.of()))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = Level.class,
            names = {"WARN", "OFF"})
    void noLevelMakesLessOfMaliciousCode(Level level) {
        assertThatThrownBy(() -> levels(FindingId.SAFE_MALICIOUS, level))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("ML-SAFE-MALICIOUS cannot be " + level.id());
    }

    private static Policy levels(FindingId id, Level level) {
        return new Policy(Map.of(id, level), List.of());
    }

    private static Policy accepts(Accept... accepts) {
        return new Policy(Map.of(), List.of(accepts));
    }
}
