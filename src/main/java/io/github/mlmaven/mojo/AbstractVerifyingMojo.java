package io.github.mlmaven.mojo;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.inspect.ModelInspector;
import io.github.mlmaven.inspect.ModelLayout;
import io.github.mlmaven.inspect.ModelSource;
import io.github.mlmaven.mojo.resolve.RuntimeDependencies;
import io.github.mlmaven.mojo.stage.BuildMemory;
import io.github.mlmaven.mojo.stage.ServingClassPath;
import io.github.mlmaven.verify.ForkSettings;
import io.github.mlmaven.verify.ModelVerifier;
import io.github.mlmaven.verify.Verdict;
import io.github.mlmaven.verify.VerificationReport;
import io.github.mlmaven.verify.VerificationRequest;
import io.github.mlmaven.verify.VerifiedModel;
import io.github.mlmaven.verify.golden.Tolerance;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Parameter;

/** A goal that needs verified models: what it takes to verify them. */
public abstract class AbstractVerifyingMojo extends AbstractModelMojo {

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

    /** Settings for single models: {@code <models><model><name>…</name><atol>…</atol><rtol>…</rtol></model></models>}. */
    @Parameter
    private List<ModelConfiguration> models = List.of();

    protected AbstractVerifyingMojo(RuntimeDependencies dependencies) {
        this.dependencies = dependencies;
    }

    /** What the verification of this build said; verifies unless an earlier goal of the build has. */
    protected final VerificationReport verification()
            throws IOException, InterruptedException, MojoExecutionException, MojoFailureException {
        Settings settings = new Settings(
                modelDirectory(),
                goldenDirectory(),
                fork(),
                tolerance("ml.golden", goldenAtol, goldenRtol),
                tolerances());
        return new BuildMemory(getPluginContext()).once(settings, VerificationReport.class, () -> {
            ModelLayout.Discovery discovery = models();
            requireKnown(settings.tolerances().keySet(), discovery.models());
            ModelInspector inspector = inspector();
            List<Finding> findings = new ArrayList<>(discovery.findings());
            inspector.look(discovery).forEach(loose -> findings.addAll(loose.allFindings()));
            return new ModelVerifier()
                    .verify(new VerificationRequest(
                            discovery.models().stream().map(inspector::inspect).toList(),
                            findings,
                            settings.fork(),
                            settings.tolerances(),
                            settings.tolerance()));
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

    /** The tolerance for a model's golden data. */
    protected final Tolerance toleranceOf(String model) throws MojoFailureException {
        Tolerance otherwise = tolerance("ml.golden", goldenAtol, goldenRtol);
        return tolerances(otherwise).getOrDefault(model, otherwise);
    }

    /** Tolerances by the names of models that have one of their own. */
    protected final Map<String, Tolerance> tolerances() throws MojoFailureException {
        return tolerances(tolerance("ml.golden", goldenAtol, goldenRtol));
    }

    /** What a verification depends on beside the files. */
    private record Settings(
            Path models, Path golden, ForkSettings fork, Tolerance tolerance, Map<String, Tolerance> tolerances) {}

    /**
     * The class path that ships. Modules of the same build are on it without a file: before they are built, a goal by
     * hand could not run at all if it asked for them, and no check needs them.
     */
    protected final ServingClassPath classPath() throws IOException, MojoExecutionException, MojoFailureException {
        return new ServingClassPath(dependencies.resolve(session)).complete();
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

    private Map<String, Tolerance> tolerances(Tolerance otherwise) throws MojoFailureException {
        Map<String, Tolerance> tolerances = new HashMap<>();
        for (ModelConfiguration model : models) {
            String name = model.getName();
            if (name == null) {
                throw new MojoFailureException("<models>: a <model> has no <name>. Name the model it is about.");
            }
            Double atol = model.getAtol();
            Double rtol = model.getRtol();
            tolerances.put(
                    name,
                    tolerance(
                            "<model> " + name,
                            atol == null ? otherwise.atol() : atol,
                            rtol == null ? otherwise.rtol() : rtol));
        }
        return tolerances;
    }

    private static void requireKnown(Set<String> configured, List<ModelSource> models) throws MojoFailureException {
        List<String> names = models.stream().map(ModelSource::name).toList();
        for (String name : configured) {
            if (!names.contains(name)) {
                throw new MojoFailureException("<models>: there is no model of this name; expected one of " + names
                        + ", found \"" + name + "\". Correct the <name>.");
            }
        }
    }

    private static Tolerance tolerance(String where, double atol, double rtol) throws MojoFailureException {
        try {
            return new Tolerance(atol, rtol);
        } catch (IllegalArgumentException e) {
            throw new MojoFailureException(where + ": " + e.getMessage() + ". Correct the tolerance.", e);
        }
    }
}
