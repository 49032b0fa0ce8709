package io.github.mlmaven.mojo;

import io.github.mlmaven.image.ImageException;
import io.github.mlmaven.lock.Drift;
import io.github.mlmaven.lock.Lock;
import io.github.mlmaven.lock.LockException;
import io.github.mlmaven.lock.LockMode;
import io.github.mlmaven.lock.LockOutcome;
import io.github.mlmaven.lock.Locking;
import io.github.mlmaven.mojo.resolve.BuildPlugins;
import io.github.mlmaven.mojo.resolve.RuntimeDependencies;
import java.io.IOException;
import javax.inject.Inject;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;

/**
 * Keeps {@code ml.lock}. In a build: creates it when there is none, else fails on every difference. Called by hand,
 * {@code mvn ml:lock}: accepts what is there now. Only models that pass every check are locked.
 */
@Mojo(name = "lock", defaultPhase = LifecyclePhase.INITIALIZE, threadSafe = true)
public final class LockMojo extends AbstractLockingMojo {

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
        Lock found = found(verifiedModels());
        LockMode mode = acceptsNew() ? LockMode.ACCEPT : LockMode.BUILD;
        LockOutcome outcome = Locking.settle(found, lockFile(), mode, locked());
        tell(outcome, found);
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
            updated.drifts().forEach(drift -> getLog().info("accepted: " + change(drift)));
            getLog().info(file + ": updated: " + holds(lock) + "; commit it");
        } else {
            getLog().info(file + ": everything is as locked: " + holds(lock));
        }
    }

    private static String change(Drift drift) {
        return drift.where() + ": " + drift.expected().orElse("nothing") + " -> "
                + drift.found().orElse("nothing");
    }

    private static String holds(Lock lock) {
        return lock.models().size() + " model(s), " + lock.dependencies().size() + " dependencies, "
                + lock.plugins().size() + " plugins, base " + lock.base();
    }
}
