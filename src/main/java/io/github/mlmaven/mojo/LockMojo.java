package io.github.mlmaven.mojo;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.image.ImageException;
import io.github.mlmaven.lock.ContractChange;
import io.github.mlmaven.lock.Drift;
import io.github.mlmaven.lock.Lock;
import io.github.mlmaven.lock.LockException;
import io.github.mlmaven.lock.LockMode;
import io.github.mlmaven.lock.LockOutcome;
import io.github.mlmaven.lock.Locking;
import io.github.mlmaven.mojo.resolve.BuildPlugins;
import io.github.mlmaven.mojo.resolve.RuntimeDependencies;
import io.github.mlmaven.report.ContractReport;
import java.io.IOException;
import java.util.List;
import javax.inject.Inject;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Keeps {@code ml.lock}. In a build: creates it when there is none, else fails on every difference. Called by hand,
 * {@code mvn ml:lock}: accepts what is there now. Only models that pass every check are locked.
 */
@Mojo(name = "lock", defaultPhase = LifecyclePhase.INITIALIZE, threadSafe = true)
public final class LockMojo extends AbstractLockingMojo {

    /**
     * Whether the outputs that this engine gives are written for golden inputs without any; only by hand. They show
     * later changes, and not whether the model predicts what the training library does: say that in a review.
     */
    @Parameter(property = "ml.golden.record", defaultValue = "false")
    private boolean recordGolden;

    @Inject
    public LockMojo(RuntimeDependencies dependencies, BuildPlugins plugins) {
        super(dependencies, plugins);
    }

    @Override
    protected void run()
            throws IOException, InterruptedException, LockException, ImageException, MojoExecutionException,
                    MojoFailureException {
        if (skipLock) {
            getLog().info("ml.lock.skip is set: nothing locked");
            return;
        }
        if (recordGolden) {
            record();
        }
        Lock found = found(verifiedModels());
        LockMode mode = acceptsNew() ? LockMode.ACCEPT : LockMode.BUILD;
        LockOutcome outcome = Locking.settle(found, lockFile(), mode, locked());
        tell(outcome, found);
    }

    private void record() throws IOException, LockException, MojoExecutionException, MojoFailureException {
        if (!byHand()) {
            throw new MojoFailureException("ml.golden.record: outputs are recorded only by hand, not in a build. Run"
                    + " `mvn ml:lock -Dml.golden.record`.");
        }
        if (locked()) {
            throw Locking.recordingRefused(place(goldenDirectory()));
        }
        List<Finding> findings = recordGolden();
        findings.stream().filter(finding -> !finding.isError()).forEach(finding -> getLog().info(finding.line()));
        if (findings.stream().anyMatch(Finding::isError)) {
            throw failed(findings);
        }
        if (findings.isEmpty()) {
            getLog().info("ml.golden.record: every golden case has outputs: nothing recorded");
        }
    }

    @Override
    protected boolean acceptsNew() {
        return byHand();
    }

    private void tell(LockOutcome outcome, Lock lock) {
        String file = lockFile().place();
        if (outcome instanceof LockOutcome.Created) {
            getLog().info(file + ": created: " + holds(lock) + "; commit it");
        } else if (outcome instanceof LockOutcome.Updated updated) {
            info(ContractReport.lines(updated.difference().contracts()));
            updated.difference().contracts().forEach(change -> getLog().info("accepted: " + change(change)));
            updated.difference().drifts().forEach(drift -> getLog().info("accepted: " + change(drift)));
            getLog().info(file + ": updated: " + holds(lock) + "; commit it");
        } else if (outcome instanceof LockOutcome.Extended extended) {
            info(ContractReport.lines(extended.difference().contracts()));
            extended.difference().findings().forEach(finding -> getLog().info(finding.line()));
        } else {
            getLog().info(file + ": everything is as locked: " + holds(lock));
        }
    }

    private static String change(Drift drift) {
        return drift.where() + ": " + drift.expected().orElse("nothing") + " -> "
                + drift.found().orElse("nothing");
    }

    private static String change(ContractChange change) {
        return "models/" + change.model() + "/contract: "
                + (change.difference().breaking()
                        ? "incompatible with the locked one, tell the clients"
                        : "compatible with the locked one");
    }

    private static String holds(Lock lock) {
        return lock.models().size() + " model(s), " + lock.dependencies().size() + " dependencies, "
                + lock.plugins().size() + " plugins, base " + lock.base();
    }
}
