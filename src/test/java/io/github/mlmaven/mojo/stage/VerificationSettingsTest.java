package io.github.mlmaven.mojo.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.github.mlmaven.finding.Accept;
import io.github.mlmaven.finding.FindingId;
import io.github.mlmaven.finding.Level;
import io.github.mlmaven.finding.Policy;
import io.github.mlmaven.verify.ModelRules;
import io.github.mlmaven.verify.Rules;
import io.github.mlmaven.verify.budget.Budgets;
import io.github.mlmaven.verify.budget.ByteSize;
import io.github.mlmaven.verify.budget.LatencyRules;
import io.github.mlmaven.verify.budget.Percentile;
import io.github.mlmaven.verify.golden.Tolerance;
import io.github.mlmaven.verify.golden.Tolerances;
import io.github.mlmaven.verify.signature.SignatureSettings;
import io.github.mlmaven.verify.signature.SignatureSettings.Trusted;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerificationSettingsTest {

    private static final LatencyRules P99 = latency(Duration.ofMillis(5), 0, 1, false, false);

    @TempDir
    private Path folder;

    @Test
    void whatIsADefaultIsLeftOut() {
        assertThat(entries(Tolerance.DEFAULT, Map.of(), Rules.NONE, Policy.DEFAULT))
                .isEmpty();
    }

    @Test
    void tolerancesAreRoundedToAsFewDigitsAsGiveThemBack() {
        assertThat(tolerances(new Tolerance(1, 0.3), Map.of()))
                .containsExactly(entry("ml.golden.atol", "1"), entry("ml.golden.rtol", "0.3"));
        assertThat(tolerances(new Tolerance(0, 1e-9), Map.of()))
                .containsExactly(entry("ml.golden.atol", "0"), entry("ml.golden.rtol", "0.000000001"));
        assertThat(tolerances(new Tolerance(1e7, 0x1p-44), Map.of()))
                .containsExactly(
                        entry("ml.golden.atol", "10000000"),
                        entry("ml.golden.rtol", "0.000000000000056843418860808015"));
        assertThat(tolerances(new Tolerance(Double.MAX_VALUE, Double.MIN_VALUE), Map.of()))
                .allSatisfy((name, value) -> assertThat(value).matches("[0-9.]{300,}"));
    }

    @Test
    void ofModelsAndOutputsIsToldInWhatTheyDiffer() {
        Tolerance all = new Tolerance(1e-3, 1e-4);
        Tolerance ofModel = new Tolerance(1e-3, 0.5);

        assertThat(tolerances(
                        all,
                        Map.of(
                                "fraud",
                                new Tolerances(
                                        ofModel,
                                        Map.of(
                                                "label",
                                                new Tolerance(0, 0.5),
                                                "scores/all",
                                                new Tolerance(1e-3, 0.25))),
                                "churn",
                                Tolerances.of(all))))
                .containsExactly(
                        entry("ml.golden.atol", "0.001"),
                        entry("models/fraud/outputs/label/atol", "0"),
                        entry("models/fraud/outputs/scores/all/rtol", "0.25"),
                        entry("models/fraud/rtol", "0.5"));
    }

    @Test
    void itDoesNotMatterWhoSaysIt() {
        Rules ofAll = new Rules(Map.of("fraud", budgets(P99)), budgets(P99));
        Rules ofAllAlone = new Rules(Map.of(), budgets(P99));

        assertThat(entries(Tolerance.DEFAULT, Map.of("fraud", Tolerances.DEFAULT), ofAll, Policy.DEFAULT))
                .isEqualTo(entries(Tolerance.DEFAULT, Map.of(), ofAllAlone, Policy.DEFAULT))
                .containsExactly(entry("ml.verify.latency.p99", "5 ms"));
    }

    @Test
    void budgetsAreThereWithHowTheyAreMeasured() {
        Budgets all = new Budgets(
                new LatencyRules(
                        Map.of(Percentile.P999, Duration.ofNanos(1_500), Percentile.MAX, Duration.ofSeconds(2)),
                        8,
                        2,
                        true,
                        true),
                Optional.of(ByteSize.parse("512MiB")),
                Optional.empty());
        Budgets own = new Budgets(
                new LatencyRules(
                        Map.of(
                                Percentile.P50, Duration.ofNanos(200_000),
                                Percentile.P999, Duration.ofNanos(1_500),
                                Percentile.MAX, Duration.ofSeconds(1)),
                        8,
                        1,
                        true,
                        true),
                Optional.of(ByteSize.parse("512MiB")),
                Optional.of(ByteSize.parse("8MB")));

        assertThat(rules(new Rules(Map.of("fraud", budgets(own)), budgets(all))))
                .containsExactly(
                        entry("ml.verify.latency.batch", "8"),
                        entry("ml.verify.latency.max", "2 s"),
                        entry("ml.verify.latency.p999", "1.5 µs"),
                        entry("ml.verify.latency.skip", "true"),
                        entry("ml.verify.latency.threads", "2"),
                        entry("ml.verify.latency.warn", "true"),
                        entry("ml.verify.maxMemory", "536870912"),
                        entry("models/fraud/latency/max", "1 s"),
                        entry("models/fraud/latency/p50", "200 µs"),
                        entry("models/fraud/latency/threads", "1"),
                        entry("models/fraud/maxSize", "8000000"));
    }

    @Test
    void howIsMeasuredWithoutABudgetJudgesNothing() {
        LatencyRules measured = new LatencyRules(Map.of(), 8, 2, true, true);

        assertThat(rules(new Rules(Map.of(), budgets(measured)))).isEmpty();
        assertThat(rules(new Rules(
                        Map.of("fraud", budgets(latency(Duration.ofMillis(5), 8, 2, true, false))), budgets(measured))))
                .containsExactly(
                        entry("ml.verify.latency.warn", "true"),
                        entry("models/fraud/latency/batch", "8"),
                        entry("models/fraud/latency/p99", "5 ms"),
                        entry("models/fraud/latency/threads", "2"));
    }

    @Test
    void keysAreThereByWhatTheyAreAndNotByTheirFiles() throws IOException {
        String pem = "-----BEGIN PUBLIC KEY-----\nMCow\n-----END PUBLIC KEY-----\n";
        String digest = "sha256:" + DigestUtils.sha256Hex(pem);

        assertThat(signature(key("publisher.pem", pem)))
                .containsExactly(entry("ml.signature.publicKey", digest))
                .isEqualTo(signature(key("renamed.pem", pem)))
                .isEqualTo(signature(key("of-windows.pem", pem.replace("\n", "\r\n"))));
        assertThat(signature(key("another.pem", pem.replace("MCow", "MCoz"))))
                .doesNotContainValue(digest)
                .hasSize(1);
    }

    @Test
    void ofCertificatesThatAreNoTextEveryByteCounts() throws IOException {
        byte[] der = {0x30, (byte) 0x82, '\r', '\n'};

        assertThat(rules(new Rules(
                        Map.of(),
                        new ModelRules(
                                Budgets.NONE,
                                new SignatureSettings(
                                        Optional.empty(), Optional.of(trusted("issuer.der", der)), false)))))
                .containsExactly(entry("ml.signature.certificateChain", "sha256:" + DigestUtils.sha256Hex(der)));
    }

    @Test
    void aKeyThatCannotBeReadIsNotTakenForNone() {
        assertThat(signature(new Trusted(folder.resolve("none.pem"), "none.pem")))
                .containsExactly(entry("ml.signature.publicKey", "unreadable"));
    }

    @Test
    void aModelThatMustBeSignedByAnotherSaysSo() throws IOException {
        Trusted all = key("publisher.pem", "all");
        Trusted own = key("fraud.pem", "own");
        ModelRules ofFraud = signed(new SignatureSettings(Optional.empty(), Optional.of(own), true));
        ModelRules others = signed(new SignatureSettings(Optional.of(all), Optional.empty(), false));

        assertThat(rules(new Rules(Map.of("churn", others, "fraud", ofFraud), others)))
                .containsExactly(
                        entry("ml.signature.publicKey", "sha256:" + DigestUtils.sha256Hex("all")),
                        entry("models/fraud/signature/certificateChain", "sha256:" + DigestUtils.sha256Hex("own")),
                        entry("models/fraud/signature/required", "true"));
        assertThat(rules(new Rules(Map.of(), signed(new SignatureSettings(Optional.empty(), Optional.empty(), true)))))
                .containsExactly(entry("ml.signature.required", "true"));
    }

    @Test
    void severitiesAndAcceptedRisksAreThereByWhatTheyAreAbout() {
        Policy policy = new Policy(
                Map.of(
                        FindingId.GOLDEN_MISSING, Level.FAIL,
                        FindingId.GOLDEN_MISMATCH, Level.WARN,
                        FindingId.GOLDEN_PARTIAL, Level.OFF),
                List.of(
                        new Accept(FindingId.SAFE_PICKLE, "src/main/model/x.pkl", "read by nobody"),
                        new Accept(FindingId.SAFE_PICKLE, "src/main/model/x.pkl", "never heard"),
                        new Accept(FindingId.SAFE_UNKNOWN, "src/main/model/**", "reviewed in RISK-17")));

        assertThat(entries(Tolerance.DEFAULT, Map.of(), Rules.NONE, policy))
                .containsExactly(
                        entry("accepts/ML-SAFE-PICKLE/src/main/model/x.pkl", "read by nobody"),
                        entry("accepts/ML-SAFE-UNKNOWN/src/main/model/**", "reviewed in RISK-17"),
                        entry("severities/ML-GOLDEN-MISMATCH", "warn"),
                        entry("severities/ML-GOLDEN-MISSING", "fail"),
                        entry("severities/ML-GOLDEN-PARTIAL", "off"));
    }

    @Test
    void aKindsOwnSeverityIsADefaultUnlessItsFindingsMayWeighLess() {
        Policy policy = new Policy(
                Map.of(
                        FindingId.GOLDEN_MISSING, Level.WARN,
                        FindingId.GOLDEN_MISMATCH, Level.FAIL,
                        FindingId.LATENCY_BUDGET, Level.FAIL),
                List.of());

        assertThat(entries(Tolerance.DEFAULT, Map.of(), Rules.NONE, policy))
                .containsExactly(entry("severities/ML-LATENCY-BUDGET", "fail"));
    }

    @Test
    void numbersAreTheSameInAnyLocale() {
        Locale locale = Locale.getDefault();
        Rules rules = new Rules(Map.of(), budgets(latency(Duration.ofNanos(1_500), 8, 1, false, false)));
        SortedMap<String, String> here = entries(new Tolerance(0.25, 0.5), Map.of(), rules, Policy.DEFAULT);
        try {
            for (String other : List.of("ar-EG-u-nu-arab", "de-DE", "tr-TR")) {
                Locale.setDefault(Locale.forLanguageTag(other));
                assertThat(entries(new Tolerance(0.25, 0.5), Map.of(), rules, Policy.DEFAULT))
                        .isEqualTo(here);
            }
        } finally {
            Locale.setDefault(locale);
        }
    }

    private static SortedMap<String, String> tolerances(Tolerance tolerance, Map<String, Tolerances> models) {
        return entries(tolerance, models, Rules.NONE, Policy.DEFAULT);
    }

    private static SortedMap<String, String> rules(Rules rules) {
        return entries(Tolerance.DEFAULT, Map.of(), rules, Policy.DEFAULT);
    }

    private static SortedMap<String, String> entries(
            Tolerance tolerance, Map<String, Tolerances> tolerances, Rules rules, Policy policy) {
        return new VerificationSettings(tolerance, tolerances, rules, policy).entries();
    }

    private static SortedMap<String, String> signature(Trusted key) {
        return rules(new Rules(Map.of(), signed(new SignatureSettings(Optional.of(key), Optional.empty(), false))));
    }

    private static LatencyRules latency(Duration p99, int batch, int threads, boolean warn, boolean skip) {
        return new LatencyRules(Map.of(Percentile.P99, p99), batch, threads, warn, skip);
    }

    private static ModelRules budgets(LatencyRules latency) {
        return budgets(new Budgets(latency, Optional.empty(), Optional.empty()));
    }

    private static ModelRules budgets(Budgets budgets) {
        return new ModelRules(budgets, SignatureSettings.NONE);
    }

    private static ModelRules signed(SignatureSettings signature) {
        return new ModelRules(Budgets.NONE, signature);
    }

    private Trusted key(String name, String content) throws IOException {
        return trusted(name, content.getBytes(StandardCharsets.UTF_8));
    }

    private Trusted trusted(String name, byte[] content) throws IOException {
        return new Trusted(Files.write(folder.resolve(name), content), name);
    }
}
