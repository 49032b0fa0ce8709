package io.github.mlmaven.mojo;

import io.github.mlmaven.mojo.resolve.ModelArtifacts;
import io.github.mlmaven.verify.ModelRules;
import io.github.mlmaven.verify.Rules;
import io.github.mlmaven.verify.budget.Budgets;
import io.github.mlmaven.verify.budget.ByteSize;
import io.github.mlmaven.verify.signature.SignatureSettings;
import io.github.mlmaven.verify.signature.SignatureSettings.Trusted;
import java.io.File;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/** A goal that judges models: what they may cost, and who must have signed them. */
public abstract class AbstractRulesMojo extends AbstractModelMojo {

    /**
     * The latency budget of every model: {@code <latency><p99>5ms</p99><batch>1</batch><threads>1</threads></latency>},
     * with p50, p90, p99, p999 and max. Without one, nothing fails, and the report says what was measured.
     */
    @Parameter
    private LatencyConfiguration latency = new LatencyConfiguration();

    /** What half of the runs may take at most, for example {@code 500us}. */
    @Parameter(property = "ml.verify.latency.p50")
    private @Nullable String latencyP50;

    /** What 90 of 100 runs may take at most. */
    @Parameter(property = "ml.verify.latency.p90")
    private @Nullable String latencyP90;

    /** What 99 of 100 runs may take at most. */
    @Parameter(property = "ml.verify.latency.p99")
    private @Nullable String latencyP99;

    /** What 999 of 1000 runs may take at most. */
    @Parameter(property = "ml.verify.latency.p999")
    private @Nullable String latencyP999;

    /** What every run may take at most. */
    @Parameter(property = "ml.verify.latency.max")
    private @Nullable String latencyMax;

    /** Rows of each timed run; as many as each golden case has when absent. */
    @Parameter(property = "ml.verify.latency.batch")
    private @Nullable Integer latencyBatch;

    /** Callers at the same time, each with one thread of the engine; one when absent. */
    @Parameter(property = "ml.verify.latency.threads")
    private @Nullable Integer latencyThreads;

    /** Whether a missed latency budget is a warning: for machines that are noisy. */
    @Parameter(property = "ml.verify.latency.warn", defaultValue = "false")
    private boolean latencyWarn;

    /** Whether models are not timed at all. */
    @Parameter(property = "ml.verify.latency.skip", defaultValue = "false")
    private boolean latencySkip;

    /**
     * The most resident memory, for example {@code 512MiB}, of the process that loads the model and runs its golden
     * data: model, engine and JVM. Measured on Linux only.
     */
    @Parameter(property = "ml.verify.maxMemory")
    private @Nullable String maxMemory;

    /** The most bytes of a model's files together, for example {@code 64MB}. */
    @Parameter(property = "ml.verify.maxSize")
    private @Nullable String maxSize;

    /**
     * What to verify {@code model.sig} in a model's folder with, a bundle of OpenSSF Model Signing: {@code
     * <signature><publicKey>…</publicKey></signature>} or {@code <certificateChain>}. A signature that cannot be
     * verified is a failure.
     */
    @Parameter
    private SignatureConfiguration signature = new SignatureConfiguration();

    /** The signer's public key in PEM. */
    @Parameter(property = "ml.signature.publicKey")
    private @Nullable File signaturePublicKey;

    /** Certificates in PEM, one of which issued the signer's or is it. */
    @Parameter(property = "ml.signature.certificateChain")
    private @Nullable File signatureCertificateChain;

    /** Whether a model without a signature fails; one with a {@code <signature>} of its own always does. */
    @Parameter(property = "ml.signature.required", defaultValue = "false")
    private boolean signatureRequired;

    protected AbstractRulesMojo(ModelArtifacts artifacts) {
        super(artifacts);
    }

    /** What is demanded of the models; what a model's own configuration leaves out is as for all others. */
    protected final Rules rules(List<ModelConfiguration> models) throws MojoFailureException {
        LatencyConfiguration everyLatency = latency.or(latencyProperties());
        Budgets everyBudget = new Budgets(
                everyLatency.rules("ml.verify.latency.", latencyWarn, latencySkip),
                size("ml.verify.maxMemory", maxMemory),
                size("ml.verify.maxSize", maxSize));
        SignatureConfiguration trusted = signature;
        if (signature.isEmpty()) {
            trusted = new SignatureConfiguration();
            trusted.setPublicKey(signaturePublicKey);
            trusted.setCertificateChain(signatureCertificateChain);
        }
        SignatureSettings everySignature = signature("ml.signature", trusted, signatureRequired);
        Map<String, ModelRules> rules = new HashMap<>();
        for (ModelConfiguration model : models) {
            String where = "<model> " + model.getName() + ": ";
            Optional<ByteSize> memory = size(where + "maxMemory", model.getMaxMemory());
            Optional<ByteSize> size = size(where + "maxSize", model.getMaxSize());
            SignatureConfiguration own = model.getSignature();
            rules.put(
                    String.valueOf(model.getName()),
                    new ModelRules(
                            new Budgets(
                                    model.getLatency()
                                            .or(everyLatency)
                                            .rules(where + "latency ", latencyWarn, latencySkip),
                                    memory.or(everyBudget::maxMemory),
                                    size.or(everyBudget::maxSize)),
                            own.isEmpty() ? everySignature : signature(where + "signature", own, true)));
        }
        return new Rules(rules, new ModelRules(everyBudget, everySignature));
    }

    private LatencyConfiguration latencyProperties() {
        LatencyConfiguration properties = new LatencyConfiguration();
        properties.setP50(latencyP50);
        properties.setP90(latencyP90);
        properties.setP99(latencyP99);
        properties.setP999(latencyP999);
        properties.setMax(latencyMax);
        properties.setBatch(latencyBatch);
        properties.setThreads(latencyThreads);
        return properties;
    }

    private static Optional<ByteSize> size(String where, @Nullable String text) throws MojoFailureException {
        try {
            return Optional.ofNullable(text).map(ByteSize::parse);
        } catch (IllegalArgumentException e) {
            throw new MojoFailureException(where + ": " + e.getMessage() + ". Correct it.", e);
        }
    }

    private SignatureSettings signature(String where, SignatureConfiguration trusted, boolean required)
            throws MojoFailureException {
        try {
            return new SignatureSettings(
                    trusted(trusted.getPublicKey()), trusted(trusted.getCertificateChain()), required);
        } catch (IllegalArgumentException e) {
            throw new MojoFailureException(where + ": " + e.getMessage() + ".", e);
        }
    }

    private Optional<Trusted> trusted(@Nullable File file) {
        return Optional.ofNullable(file).map(pem -> new Trusted(pem.toPath(), place(pem.toPath())));
    }
}
