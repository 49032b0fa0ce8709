package io.github.mlmaven.mojo;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.Policy;
import io.github.mlmaven.finding.PolicyException;
import io.github.mlmaven.finding.PolicyReader;
import io.github.mlmaven.inspect.Inspection;
import io.github.mlmaven.inspect.ModelInspector;
import io.github.mlmaven.inspect.ModelLayout;
import io.github.mlmaven.inspect.ModelSource;
import io.github.mlmaven.mojo.resolve.ModelArtifacts;
import io.github.mlmaven.mojo.resolve.RuntimeDependencies;
import io.github.mlmaven.mojo.stage.BuildMemory;
import io.github.mlmaven.mojo.stage.ServingClassPath;
import io.github.mlmaven.mojo.stage.VerificationSettings;
import io.github.mlmaven.verify.ForkSettings;
import io.github.mlmaven.verify.GoldenRecorder;
import io.github.mlmaven.verify.ModelVerifier;
import io.github.mlmaven.verify.Rules;
import io.github.mlmaven.verify.Verdict;
import io.github.mlmaven.verify.VerificationReport;
import io.github.mlmaven.verify.VerificationRequest;
import io.github.mlmaven.verify.VerifiedModel;
import io.github.mlmaven.verify.golden.Tolerance;
import io.github.mlmaven.verify.golden.Tolerances;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/** A goal that needs verified models: what it takes to verify them. */
public abstract class AbstractVerifyingMojo extends AbstractRulesMojo {

    private final RuntimeDependencies dependencies;

    /** Seconds that the forked JVM may take to load one model and run its golden data. */
    @Parameter(property = "ml.verify.timeout", defaultValue = "120")
    private int verifyTimeout;

    /** Heap of the forked JVM in MiB; the engine's own memory comes on top. */
    @Parameter(property = "ml.verify.heap", defaultValue = "1024")
    private int verifyHeap;

    /** The most resident memory of the forked JVM in MiB, the engine's own included; held on Linux only. */
    @Parameter(property = "ml.verify.memory", defaultValue = "8192")
    private int verifyMemory;

    /** Absolute tolerance of floating-point golden outputs: {@code |actual-expected| <= atol + rtol*|expected|}. */
    @Parameter(property = "ml.golden.atol", defaultValue = "1e-5")
    private double goldenAtol;

    /** Relative tolerance of floating-point golden outputs. */
    @Parameter(property = "ml.golden.rtol", defaultValue = "1e-4")
    private double goldenRtol;

    /** Resolved once in a goal; a later goal may find modules built that now are not. */
    private @Nullable ServingClassPath classPath;

    /** Whether golden outputs were recorded since an earlier goal may have verified. */
    private boolean recorded;

    /**
     * How much kinds of findings weigh: {@code <severities><ML-GOLDEN-MISSING>fail</ML-GOLDEN-MISSING></severities>};
     * {@code fail}, {@code warn} or {@code off}.
     */
    @Parameter
    private Map<String, String> severities = Map.of();

    /** The same in one text, {@code ML-GOLDEN-MISSING=fail,ML-SAFE-UNKNOWN=warn}; it wins over {@code severities}. */
    @Parameter(property = "ml.severity")
    private @Nullable String severity;

    /**
     * Risks of the models' files that are accepted, each with a reason:
     * {@code <accepts><accept><id>ML-SAFE-PICKLE</id><file>src/main/model/x.pkl</file><reason>…</reason></accept></accepts>}.
     * In {@code file}, {@code *} stands for a part of a name and {@code **} for any folders.
     */
    @Parameter
    private List<AcceptConfiguration> accepts = List.of();

    protected AbstractVerifyingMojo(ModelArtifacts artifacts, RuntimeDependencies dependencies) {
        super(artifacts);
        this.dependencies = dependencies;
    }

    /** What the verification of this build said; verifies unless an earlier goal of the build has. */
    protected final VerificationReport verification()
            throws IOException, InterruptedException, MojoExecutionException, MojoFailureException {
        ModelLayout.Discovery discovery = models();
        Settings settings = new Settings(
                discovery.models(),
                modelDirectory(),
                goldenDirectory(),
                fork(),
                tolerance(),
                tolerances(),
                rules(),
                policy(),
                recorded);
        return new BuildMemory(getPluginContext()).once(settings, VerificationReport.class, () -> {
            ModelInspector inspector = inspector();
            List<Inspection> inspections =
                    discovery.models().stream().map(inspector::inspect).toList();
            ConfiguredTolerances.requireKnown(settings.tolerances(), inspections);
            List<Finding> findings = new ArrayList<>(discovery.findings());
            inspector.look(discovery).forEach(loose -> findings.addAll(loose.allFindings()));
            return new ModelVerifier()
                    .verify(new VerificationRequest(
                            inspections,
                            findings,
                            settings.fork(),
                            settings.tolerances(),
                            settings.tolerance(),
                            settings.rules(),
                            settings.policy()));
        });
    }

    /** The models, if all of them passed. */
    protected final List<VerifiedModel> verifiedModels()
            throws IOException, InterruptedException, MojoExecutionException, MojoFailureException {
        VerificationReport report = verification();
        if (report.verdict() == Verdict.FAIL) {
            log(report);
            throw failed(report.allFindings());
        }
        return report.verified();
    }

    /**
     * Writes the outputs that this engine gives for golden inputs without any; what is verified afterwards sees them.
     *
     * @return what was written, and what could not be
     */
    protected final List<Finding> recordGolden()
            throws IOException, InterruptedException, MojoExecutionException, MojoFailureException {
        recorded = true;
        ModelInspector inspector = inspector();
        // What came out of an archive with its model is the publisher's, and is gone with the next clean.
        return new GoldenRecorder(fork())
                .record(models().models().stream()
                        .filter(model -> !model.goldenFolder().startsWith(outputDirectory.toPath()))
                        .map(inspector::inspect)
                        .toList());
    }

    /** The tolerances for a model's golden data. */
    protected final Tolerances tolerancesOf(String model) throws MojoFailureException {
        return tolerances().getOrDefault(model, Tolerances.of(tolerance()));
    }

    /** Tolerances by the names of models that have some of their own. */
    protected final Map<String, Tolerances> tolerances() throws MojoFailureException {
        return ConfiguredTolerances.of(configured(), tolerance());
    }

    private Tolerance tolerance() throws MojoFailureException {
        return ConfiguredTolerances.tolerance("ml.golden", goldenAtol, goldenRtol);
    }

    /** What is demanded of the models. */
    protected final Rules rules() throws MojoFailureException {
        return rules(configured());
    }

    /** What counts, by the pom and the command line. */
    protected final Policy policy() throws MojoFailureException {
        PolicyReader reader = new PolicyReader();
        severities.forEach((id, level) -> reader.severity("<severities>", id, level));
        reader.severities("ml.severity", severity == null ? "" : severity);
        accepts.forEach(accept -> reader.accept(accept.getId(), accept.getFile(), accept.getReason()));
        try {
            return reader.read();
        } catch (PolicyException e) {
            throw new MojoFailureException(e.getMessage(), e);
        }
    }

    /** What decides the verdict on the models, for the lock. */
    protected final VerificationSettings verificationSettings() throws MojoFailureException {
        return new VerificationSettings(tolerance(), tolerances(), rules(), policy());
    }

    /** What a verification depends on beside the files. */
    private record Settings(
            List<ModelSource> sources,
            Path models,
            Path golden,
            ForkSettings fork,
            Tolerance tolerance,
            Map<String, Tolerances> tolerances,
            Rules rules,
            Policy policy,
            boolean recorded) {}

    /**
     * The class path that ships. Modules of the same build are on it without a file: before they are built, a goal by
     * hand could not run at all if it asked for them, and no check needs them.
     */
    protected final ServingClassPath classPath() throws IOException, MojoExecutionException, MojoFailureException {
        if (classPath == null) {
            classPath = new ServingClassPath(dependencies.resolve(session)).complete();
        }
        return classPath;
    }

    private ForkSettings fork() throws IOException, MojoExecutionException, MojoFailureException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        return new ForkSettings(
                java,
                classPath().files(),
                positive("ml.verify.heap", verifyHeap, "MiB"),
                positive("ml.verify.memory", verifyMemory, "MiB"),
                Duration.ofSeconds(positive("ml.verify.timeout", verifyTimeout, "seconds")),
                outputDirectory.toPath().resolve("fork"));
    }
}
