package io.github.mlmaven.mojo.stage;

import io.github.mlmaven.finding.FindingId;
import io.github.mlmaven.finding.Policy;
import io.github.mlmaven.model.Digest;
import io.github.mlmaven.verify.ModelRules;
import io.github.mlmaven.verify.Rules;
import io.github.mlmaven.verify.budget.Budgets;
import io.github.mlmaven.verify.budget.ByteSize;
import io.github.mlmaven.verify.budget.LatencyRules;
import io.github.mlmaven.verify.budget.TimeText;
import io.github.mlmaven.verify.golden.Tolerance;
import io.github.mlmaven.verify.golden.Tolerances;
import io.github.mlmaven.verify.signature.SignatureSettings;
import io.github.mlmaven.verify.signature.SignatureSettings.Trusted;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The settings that decide the verdict on models and that a command line may change too, as a lock holds them: those in
 * effect, whoever set them. What only bounds the machine, such as time and memory of the forked JVM, is none of them.
 *
 * @param tolerance of golden outputs of models without one of their own
 * @param tolerances by the names of the models that have some of their own
 * @param rules budgets and signers
 * @param policy severities and accepted risks
 */
public record VerificationSettings(
        Tolerance tolerance, Map<String, Tolerances> tolerances, Rules rules, Policy policy) {

    /** Their findings may weigh less than their kind: naming the kind's own severity makes a difference there. */
    private static final Set<FindingId> WEIGHED_BY_CASE = Set.of(
            FindingId.GOLDEN_INVALID, FindingId.IMAGE_REPRODUCE, FindingId.LATENCY_BUDGET, FindingId.LOCK_MISSING);

    private static final String YES = "true";

    public VerificationSettings {
        tolerances = Map.copyOf(tolerances);
    }

    /**
     * By the names of the properties that set them, where there are such. What is a default, or what a model has as all
     * others have it, is left out, so that it does not matter where the pom or the command line says it.
     */
    public SortedMap<String, String> entries() {
        SortedMap<String, String> entries = new TreeMap<>();
        put(entries, "ml.golden.", tolerance, Tolerance.DEFAULT);
        ModelRules others = rules.others();
        putLatency(entries, "ml.verify.latency.", others.budgets().latency(), LatencyRules.NONE);
        putSizes(entries, "ml.verify.", others.budgets(), Budgets.NONE);
        put(entries, "ml.signature.", others.signature(), SignatureSettings.NONE);
        tolerances.forEach((name, own) -> putTolerances(entries, model(name), own));
        rules.models().forEach((name, own) -> {
            putLatency(
                    entries,
                    model(name) + "latency/",
                    own.budgets().latency(),
                    others.budgets().latency());
            putSizes(entries, model(name), own.budgets(), others.budgets());
            put(entries, model(name) + "signature/", own.signature(), others.signature());
        });
        policy.levels().forEach((id, level) -> {
            boolean same = level.severity().filter(id.severity()::equals).isPresent();
            if (!same || WEIGHED_BY_CASE.contains(id)) {
                entries.put("severities/" + id.id(), level.id());
            }
        });
        // Of several for the same place the first one gives its reason.
        policy.accepts()
                .forEach(accept ->
                        entries.putIfAbsent("accepts/" + accept.id().id() + "/" + accept.file(), accept.reason()));
        return entries;
    }

    private static String model(String name) {
        return "models/" + name + "/";
    }

    private void putTolerances(Map<String, String> entries, String model, Tolerances own) {
        put(entries, model, own.otherwise(), tolerance);
        own.outputs()
                .forEach((output, ofOutput) ->
                        put(entries, model + "outputs/" + output + "/", ofOutput, own.otherwise()));
    }

    private static void put(Map<String, String> entries, String prefix, Tolerance own, Tolerance otherwise) {
        put(entries, prefix + "atol", number(own.atol()), number(otherwise.atol()));
        put(entries, prefix + "rtol", number(own.rtol()), number(otherwise.rtol()));
    }

    private static void putLatency(
            Map<String, String> entries, String prefix, LatencyRules own, LatencyRules configured) {
        if (own.limits().isEmpty()) {
            // Without a budget it is measured, and nothing judged.
            return;
        }
        LatencyRules otherwise = configured.limits().isEmpty() ? LatencyRules.NONE : configured;
        own.limits().forEach((percentile, limit) -> {
            if (!limit.equals(otherwise.limits().get(percentile))) {
                entries.put(prefix + percentile.name().toLowerCase(Locale.ROOT), TimeText.exactly(limit));
            }
        });
        put(entries, prefix + "batch", String.valueOf(own.batch()), String.valueOf(otherwise.batch()));
        put(entries, prefix + "threads", String.valueOf(own.threads()), String.valueOf(otherwise.threads()));
        // No model has these of its own.
        if (own.warn()) {
            entries.put("ml.verify.latency.warn", YES);
        }
        if (own.skip()) {
            entries.put("ml.verify.latency.skip", YES);
        }
    }

    private static void putSizes(Map<String, String> entries, String prefix, Budgets own, Budgets otherwise) {
        put(entries, prefix + "maxMemory", bytes(own.maxMemory()), bytes(otherwise.maxMemory()));
        put(entries, prefix + "maxSize", bytes(own.maxSize()), bytes(otherwise.maxSize()));
    }

    private static void put(
            Map<String, String> entries, String prefix, SignatureSettings own, SignatureSettings otherwise) {
        put(entries, prefix + "publicKey", digest(own.publicKey()), digest(otherwise.publicKey()));
        put(entries, prefix + "certificateChain", digest(own.certificates()), digest(otherwise.certificates()));
        put(entries, prefix + "required", own.required() ? YES : "", otherwise.required() ? YES : "");
    }

    /** What is not there is empty; no model can take away what all others have. */
    private static void put(Map<String, String> entries, String name, String own, String otherwise) {
        if (!own.isEmpty() && !own.equals(otherwise)) {
            entries.put(name, own);
        }
    }

    private static String bytes(Optional<ByteSize> size) {
        return size.map(found -> String.valueOf(found.bytes())).orElse("");
    }

    /** A key that cannot be read is one that nobody has; where that matters, verification tells it. */
    private static String digest(Optional<Trusted> trusted) {
        return trusted.map(pem -> pem.digest().map(Digest::toString).orElse("unreadable"))
                .orElse("");
    }

    /** Rounded to as few digits as give it back; those of {@code Double.toString} differ between versions of Java. */
    private static String number(double value) {
        BigDecimal exact = new BigDecimal(value);
        int digits = 1;
        BigDecimal shortest = exact.round(new MathContext(digits));
        while (shortest.doubleValue() != value) {
            digits++;
            shortest = exact.round(new MathContext(digits));
        }
        return shortest.signum() == 0 ? "0" : shortest.stripTrailingZeros().toPlainString();
    }
}
