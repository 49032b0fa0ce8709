package io.github.mlmaven.mojo;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.image.ImageException;
import io.github.mlmaven.lock.ContractChange;
import io.github.mlmaven.lock.FoundLock;
import io.github.mlmaven.lock.Lock;
import io.github.mlmaven.lock.LockDifference;
import io.github.mlmaven.lock.LockException;
import io.github.mlmaven.lock.LockMode;
import io.github.mlmaven.lock.LockOutcome;
import io.github.mlmaven.lock.Locking;
import io.github.mlmaven.lock.Section;
import io.github.mlmaven.mojo.resolve.ModelArtifacts;
import io.github.mlmaven.mojo.resolve.ProjectArtifacts;
import io.github.mlmaven.mojo.resolve.RuntimeDependencies;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
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

    /** Whether only is shown what accepting would change; nothing is written. Only by hand. */
    @Parameter(property = "ml.lock.dry", defaultValue = "false")
    private boolean dry;

    @Inject
    public LockMojo(ModelArtifacts models, RuntimeDependencies dependencies, ProjectArtifacts artifacts) {
        super(models, dependencies, artifacts);
    }

    @Override
    protected void run()
            throws IOException, InterruptedException, LockException, ImageException, MojoExecutionException,
                    MojoFailureException {
        if (skipLock) {
            getLog().info("ml.lock.skip is set: nothing locked");
            return;
        }
        if (dry && byHand()) {
            preview();
            return;
        }
        if (recordGolden) {
            record();
        }
        FoundLock found = found(verifiedModels());
        LockMode mode = acceptsNew() ? LockMode.ACCEPT : LockMode.BUILD;
        LockOutcome outcome = Locking.settle(found, lockFile(), mode, locked());
        tell(outcome, found.lock());
    }

    private void preview()
            throws IOException, InterruptedException, LockException, ImageException, MojoExecutionException,
                    MojoFailureException {
        FoundLock found = found(verifiedModels());
        String file = lockFile().place();
        Optional<LockDifference> difference = Locking.preview(found, lockFile());
        if (difference.isEmpty()) {
            getLog().info(file + ": `mvn ml:lock` would create it: " + holds(found.lock()));
        } else if (difference.get().isEmpty()) {
            getLog().info(file + ": `mvn ml:lock` would change nothing: " + holds(found.lock()));
        } else {
            info(difference.get());
            getLog().info(file + ": nothing is written; `mvn ml:lock` would accept this");
        }
    }

    private void record()
            throws IOException, InterruptedException, LockException, MojoExecutionException, MojoFailureException {
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
            info(updated.difference());
            updated.difference().contracts().forEach(change -> getLog().info("accepted: " + change(change)));
            getLog().info(file + ": updated: " + holds(lock) + "; commit it");
        } else if (outcome instanceof LockOutcome.Extended extended) {
            info(extended.difference());
            extended.difference().findings().forEach(finding -> getLog().info(finding.line()));
        } else {
            getLog().info(file + ": everything is as locked: " + holds(lock));
        }
    }

    private static String change(ContractChange change) {
        return "models/" + change.model() + "/contract: "
                + (change.difference().breaking()
                        ? "incompatible with the locked one, tell the clients"
                        : "compatible with the locked one");
    }

    private static String holds(Lock lock) {
        return lock.models().size() + " model(s), "
                + lock.artifacts(Section.DEPENDENCIES).size() + " dependencies, "
                + lock.artifacts(Section.PLUGINS).size() + " plugins, base " + lock.base();
    }
}
