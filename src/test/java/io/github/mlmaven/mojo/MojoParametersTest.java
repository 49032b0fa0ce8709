package io.github.mlmaven.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.mlmaven.finding.Accept;
import io.github.mlmaven.finding.FindingId;
import io.github.mlmaven.finding.Level;
import io.github.mlmaven.finding.Policy;
import io.github.mlmaven.verify.ModelRules;
import io.github.mlmaven.verify.budget.Budgets;
import io.github.mlmaven.verify.budget.ByteSize;
import io.github.mlmaven.verify.budget.LatencyRules;
import io.github.mlmaven.verify.budget.Percentile;
import io.github.mlmaven.verify.golden.Tolerance;
import io.github.mlmaven.verify.golden.Tolerances;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.maven.api.plugin.testing.InjectMojo;
import org.apache.maven.api.plugin.testing.MojoParameter;
import org.apache.maven.api.plugin.testing.MojoTest;
import org.apache.maven.plugin.MojoFailureException;
import org.junit.jupiter.api.Test;

/** How a pom's configuration and the defaults reach the goals that judge models. */
@MojoTest
class MojoParametersTest {

    private static final String POM = "classpath:/mojo/pom.xml";

    @Test
    @InjectMojo(goal = "verify", pom = POM)
    void thePomConfiguresVerification(VerifyMojo mojo) throws Exception {
        assertThat(Fields.value(mojo, "verifyTimeout")).isEqualTo(7);
        assertThat(mojo.tolerances())
                .isEqualTo(Map.of(
                        "fraud",
                        new Tolerances(
                                new Tolerance(0.5, 0.25),
                                Map.of("label", new Tolerance(0.5, 0), "probabilities", new Tolerance(1e-3, 0.25)))));
    }

    @Test
    @InjectMojo(goal = "verify", pom = POM)
    void whatThePomLeavesOutHasADefault(VerifyMojo mojo) throws Exception {
        assertThat(Fields.value(mojo, "verifyHeap")).isEqualTo(1024);
        assertThat(Fields.value(mojo, "verifyMemory")).isEqualTo(8192);
        assertThat(Fields.value(mojo, "goldenRtol")).isEqualTo(1e-4);
        assertThat(Fields.value(mojo, "imagePlatform")).isEqualTo(List.of("linux/amd64"));
        assertThat(String.valueOf(Fields.value(mojo, "lockFile"))).endsWith("ml.lock");
        assertThat(mojo.modelDirectory()).endsWithRaw(Path.of("src/main/model"));
        assertThat(mojo.goldenDirectory()).endsWithRaw(Path.of("src/test/model"));
    }

    @Test
    @InjectMojo(goal = "verify", pom = POM)
    void thePomSetsBudgetsAndSigners(VerifyMojo mojo) throws Exception {
        ModelRules all = mojo.rules().others();

        assertThat(all.budgets())
                .isEqualTo(new Budgets(
                        new LatencyRules(Map.of(Percentile.P99, Duration.ofMillis(5)), 8, 1, false, false),
                        Optional.of(ByteSize.parse("512MiB")),
                        Optional.empty()));
        assertThat(all.signature().publicKey().orElseThrow().file()).endsWithRaw(Path.of("publisher.pem"));
        assertThat(all.signature().required()).isFalse();
    }

    @Test
    @InjectMojo(goal = "verify", pom = POM)
    void whatAModelLeavesOutIsAsForAllOthersAndOneWithASignerOfItsOwnMustBeSigned(VerifyMojo mojo) throws Exception {
        ModelRules fraud = mojo.rules().models().get("fraud");

        assertThat(fraud.budgets())
                .isEqualTo(new Budgets(
                        new LatencyRules(
                                Map.of(Percentile.P50, Duration.ofNanos(200_000), Percentile.P99, Duration.ofMillis(5)),
                                8,
                                2,
                                false,
                                false),
                        Optional.of(ByteSize.parse("512MiB")),
                        Optional.of(ByteSize.parse("8MB"))));
        assertThat(fraud.signature().publicKey()).isEmpty();
        assertThat(fraud.signature().certificates().orElseThrow().file()).endsWithRaw(Path.of("fraud.pem"));
        assertThat(fraud.signature().required()).isTrue();
    }

    @Test
    @InjectMojo(goal = "verify", pom = POM)
    @MojoParameter(name = "latencyP50", value = "1ms")
    @MojoParameter(name = "latencyP99", value = "9ms")
    void thePomsLatencyWinsOverProperties(VerifyMojo mojo) throws Exception {
        assertThat(mojo.rules().others().budgets().latency().limits())
                .isEqualTo(Map.of(Percentile.P50, Duration.ofMillis(1), Percentile.P99, Duration.ofMillis(5)));
    }

    @Test
    @InjectMojo(goal = "verify", pom = POM)
    @MojoParameter(name = "latencyP50", value = "5")
    void aTimeWithoutAUnitIsRefused(VerifyMojo mojo) {
        assertThat(assertThrows(MojoFailureException.class, mojo::rules))
                .hasMessage("ml.verify.latency.p50: expected a time such as 5ms, 250us or 1.5s, found \"5\"."
                        + " Correct it.");
    }

    @Test
    @InjectMojo(goal = "verify", pom = POM)
    @MojoParameter(name = "maxSize", value = "large")
    void aSizeThatIsNoneIsRefused(VerifyMojo mojo) {
        assertThat(assertThrows(MojoFailureException.class, mojo::rules))
                .hasMessage("ml.verify.maxSize: expected a size such as 64MB, 64MiB or a number of bytes, found"
                        + " \"large\". Correct it.");
    }

    @Test
    @InjectMojo(goal = "verify", pom = POM)
    @MojoParameter(name = "latencyThreads", value = "0")
    void noThreadsAreRefused(VerifyMojo mojo) {
        assertThat(assertThrows(MojoFailureException.class, mojo::rules))
                .hasMessage("ml.verify.latency.threads: expected 1 to 256 threads, found 0. Correct it.");
    }

    @Test
    void aNumberThatIsNotPositiveIsRefused() {
        assertThat(assertThrows(
                        MojoFailureException.class, () -> AbstractModelMojo.positive("ml.verify.heap", 0, "MiB")))
                .hasMessage("ml.verify.heap: expected a positive number of MiB, found 0. Correct it.");
    }

    @Test
    @InjectMojo(goal = "verify", pom = POM)
    @MojoParameter(name = "goldenAtol", value = "-1")
    void aNegativeToleranceIsRefused(VerifyMojo mojo) {
        assertThat(assertThrows(MojoFailureException.class, mojo::tolerances))
                .hasMessage(
                        "ml.golden: atol and rtol are finite and zero or more: -1.0, 1.0E-4. Correct the tolerance.");
    }

    @Test
    @InjectMojo(goal = "verify", pom = POM)
    void thePomSaysWhatCounts(VerifyMojo mojo) throws Exception {
        assertThat(mojo.policy())
                .isEqualTo(new Policy(
                        Map.of(FindingId.GOLDEN_MISSING, Level.FAIL, FindingId.GOLDEN_PARTIAL, Level.OFF),
                        List.of(new Accept(FindingId.SAFE_PICKLE, "src/main/model/*.pkl", "never loaded"))));
    }

    @Test
    @InjectMojo(goal = "verify", pom = POM)
    @MojoParameter(name = "severity", value = "ML-GOLDEN-MISSING=warn,ML-GOLDEN-RUN=off")
    void theCommandLineWinsOverThePom(VerifyMojo mojo) throws Exception {
        assertThat(mojo.policy().levels())
                .isEqualTo(Map.of(
                        FindingId.GOLDEN_MISSING, Level.WARN,
                        FindingId.GOLDEN_PARTIAL, Level.OFF,
                        FindingId.GOLDEN_RUN, Level.OFF));
    }

    @Test
    @InjectMojo(goal = "lock", pom = POM)
    void theLockHoldsWhatThePomDemandsOfModels(LockMojo mojo) throws Exception {
        assertThat(mojo.verificationSettings().entries())
                .isEqualTo(Map.ofEntries(
                        Map.entry("accepts/ML-SAFE-PICKLE/src/main/model/*.pkl", "never loaded"),
                        Map.entry("ml.golden.atol", "0.5"),
                        Map.entry("ml.signature.publicKey", "unreadable"),
                        Map.entry("ml.verify.latency.batch", "8"),
                        Map.entry("ml.verify.latency.p99", "5 ms"),
                        Map.entry("ml.verify.maxMemory", "536870912"),
                        Map.entry("models/fraud/latency/p50", "200 µs"),
                        Map.entry("models/fraud/latency/threads", "2"),
                        Map.entry("models/fraud/maxSize", "8000000"),
                        Map.entry("models/fraud/outputs/label/rtol", "0"),
                        Map.entry("models/fraud/outputs/probabilities/atol", "0.001"),
                        Map.entry("models/fraud/rtol", "0.25"),
                        Map.entry("models/fraud/signature/certificateChain", "unreadable"),
                        Map.entry("models/fraud/signature/required", "true"),
                        Map.entry("severities/ML-GOLDEN-MISSING", "fail"),
                        Map.entry("severities/ML-GOLDEN-PARTIAL", "off")));
    }

    @Test
    @InjectMojo(goal = "lock", pom = POM)
    @MojoParameter(name = "goldenAtol", value = "1")
    @MojoParameter(name = "severity", value = "ML-GOLDEN-MISSING=warn,ML-GOLDEN-MISMATCH=off")
    void theLockHoldsWhatTheCommandLineMakesOfIt(LockMojo mojo) throws Exception {
        assertThat(mojo.verificationSettings().entries())
                .containsEntry("ml.golden.atol", "1")
                .containsEntry("severities/ML-GOLDEN-MISMATCH", "off")
                .doesNotContainKey("severities/ML-GOLDEN-MISSING");
    }

    @Test
    @InjectMojo(goal = "verify", pom = POM)
    @MojoParameter(name = "severity", value = "ML-SAFE-MALICIOUS=off")
    void aPolicyThatCannotBeFollowedIsRefused(VerifyMojo mojo) {
        assertThat(assertThrows(MojoFailureException.class, mojo::policy))
                .hasMessage("ml.severity: ML-SAFE-MALICIOUS cannot be off. Malicious code can only be accepted file by"
                        + " file: <accept> with <id>, <file> and <reason>.");
    }

    @Test
    @InjectMojo(goal = "verify", pom = POM)
    @MojoParameter(name = "skip", value = "true")
    void aSkippedGoalDoesNothing(VerifyMojo mojo) throws Exception {
        mojo.execute();
        assertThat(mojo.getPluginContext()).isNullOrEmpty();
    }
}
