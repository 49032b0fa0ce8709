package io.github.mlmaven.mojo;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.image.ImageException;
import io.github.mlmaven.inspect.InspectedModel;
import io.github.mlmaven.lock.FailedModel;
import io.github.mlmaven.lock.LockException;
import io.github.mlmaven.lock.LockOutcome;
import io.github.mlmaven.lock.Locking;
import io.github.mlmaven.mojo.reproduce.ReproduceRequest;
import io.github.mlmaven.mojo.reproduce.Reproduction;
import io.github.mlmaven.mojo.resolve.ModelArtifacts;
import io.github.mlmaven.mojo.resolve.ProjectArtifacts;
import io.github.mlmaven.mojo.resolve.RuntimeDependencies;
import io.github.mlmaven.mojo.stage.BuildMemory;
import io.github.mlmaven.mojo.stage.ReportFacts;
import io.github.mlmaven.report.Reports;
import io.github.mlmaven.verify.Verdict;
import io.github.mlmaven.verify.VerificationReport;
import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.inject.Inject;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Runs every check on every model, compares with the lock, and writes {@code target/ml/verify.html}, {@code verify.json},
 * {@code verify.sarif} and {@code TEST-ml-verify.xml}; changes nothing else. Fails when anything has an error, after
 * everything was reported.
 */
@Mojo(name = "verify", defaultPhase = LifecyclePhase.INITIALIZE, threadSafe = true)
@SuppressWarnings("NullAway.Init") // Maven fills the parameters.
public final class VerifyMojo extends AbstractLockingMojo {

    /**
     * Whether the image is built a second time, from scratch in another folder, time zone and language, and compared
     * layer by layer with the one that is there: {@code mvn package ml:verify -Dml.reproduce}. Where the goal is bound to
     * a phase, only after package.
     */
    @Parameter(property = "ml.reproduce", defaultValue = "false")
    private boolean reproduce;

    /** Seconds that the second build may take. */
    @Parameter(property = "ml.reproduce.timeout", defaultValue = "1800")
    private int reproduceTimeout;

    /** The image that a second build is compared with, where {@code ml:image} wrote it. */
    @Parameter(
            property = "ml.image.tar",
            defaultValue = "${project.build.directory}/${project.artifactId}-${project.version}-image.tar")
    private File imageTar;

    @Inject
    public VerifyMojo(ModelArtifacts models, RuntimeDependencies dependencies, ProjectArtifacts artifacts) {
        super(models, dependencies, artifacts);
    }

    @Override
    protected void run() throws IOException, InterruptedException, MojoExecutionException, MojoFailureException {
        Reports reports = new Reports(outputDirectory.toPath());
        // Whatever fails from here on, no report of an earlier build stands for this one.
        reports.delete();
        VerificationReport models = verification();
        VerificationReport report = skipLock ? models : models.with(policy().apply(compareWithLock(models)));
        if (reproduce && afterPackage() && report.verdict() != Verdict.FAIL) {
            report = report.with(policy().apply(reproduction().findings()));
        }
        reports.write(report, ReportFacts.of(project, session));
        log(report);
        getLog().info("The report is "
                + reports.files().stream().map(this::place).collect(Collectors.joining(", ")));
        if (report.verdict() == Verdict.FAIL) {
            throw failed(report.allFindings());
        }
        new BuildMemory(getPluginContext()).keep(Reports.class, reports);
    }

    private Reproduction reproduction() throws MojoFailureException {
        Duration timeout = Duration.ofSeconds(positive("ml.reproduce.timeout", reproduceTimeout, "seconds"));
        ReproduceRequest request = new ReproduceRequest(
                session, project, imageTar.toPath(), outputDirectory.toPath(), timeout, this::place);
        return new Reproduction(request, getLog()::info);
    }

    /** What the lock has to say; a model that failed its checks is compared by its files alone. */
    private List<Finding> compareWithLock(VerificationReport report)
            throws IOException, InterruptedException, MojoExecutionException, MojoFailureException {
        try {
            LockOutcome outcome = Locking.check(found(report.verified()), failedModels(report), lockFile(), locked());
            if (outcome instanceof LockOutcome.Extended extended) {
                info(extended.difference());
                return extended.difference().findings();
            }
            if (outcome instanceof LockOutcome.Absent absent) {
                if (byHand()) {
                    return List.of(absent.warning());
                }
                getLog().info(lockFile().place() + ": there is none yet; ml:lock creates it");
            }
            return List.of();
        } catch (LockException e) {
            e.difference().ifPresent(this::info);
            return e.findings();
        } catch (ImageException e) {
            // A base that cannot be identified must not keep the models' own findings from being told.
            return e.findings();
        }
    }

    /** What is known of each model that did not pass. */
    private static Map<String, FailedModel> failedModels(VerificationReport report) {
        return report.models().stream()
                .filter(model -> model.verified().isEmpty())
                .collect(Collectors.toMap(
                        model -> model.source().name(),
                        model -> new FailedModel(
                                model.inspected().map(InspectedModel::files).orElse(List.of()),
                                model.goldenFiles(),
                                model.contract())));
    }
}
