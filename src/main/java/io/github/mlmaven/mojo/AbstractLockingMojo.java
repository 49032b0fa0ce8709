package io.github.mlmaven.mojo;

import io.github.mlmaven.image.BaseImage;
import io.github.mlmaven.image.ImageException;
import io.github.mlmaven.image.Platform;
import io.github.mlmaven.lock.BaseIdentity;
import io.github.mlmaven.lock.Lock;
import io.github.mlmaven.lock.LockBuilder;
import io.github.mlmaven.lock.LockException;
import io.github.mlmaven.lock.LockFile;
import io.github.mlmaven.lock.LockInputs;
import io.github.mlmaven.mojo.packaging.CompilerRelease;
import io.github.mlmaven.mojo.packaging.RuntimeIndex;
import io.github.mlmaven.mojo.resolve.BuildPlugins;
import io.github.mlmaven.mojo.resolve.RuntimeDependencies;
import io.github.mlmaven.mojo.stage.BaseSelection;
import io.github.mlmaven.mojo.stage.BuildMemory;
import io.github.mlmaven.verify.VerifiedModel;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/** A goal that compares with the lock or writes it. */
public abstract class AbstractLockingMojo extends AbstractVerifyingMojo {

    private static final Path JAVA_HOME = Path.of(System.getProperty("java.home"));

    /** Neither creates nor checks the lock. */
    @Parameter(property = "ml.lock.skip", defaultValue = "false")
    protected boolean skipLock;

    /** The lock file. */
    @Parameter(property = "ml.lock.file", defaultValue = "${project.basedir}/ml.lock")
    private File lockFile;

    /**
     * Whether the lock file may neither be created nor changed. Without it, the environment decides: a build with
     * {@code CI=true} is locked.
     */
    @Parameter(property = "ml.locked")
    private @Nullable Boolean locked;

    /**
     * What the image is built on: a registry reference, pulled by the digest that the lock pins; or {@code jdk}, a
     * self-contained runtime linked from the JDK that runs Maven, without any registry (Linux only).
     */
    @Parameter(property = "ml.image.base", defaultValue = "eclipse-temurin:17-jre")
    private String imageBase;

    /** What the image runs on: {@code linux/amd64} or {@code linux/arm64}; the base jdk needs a machine of the same. */
    @Parameter(property = "ml.image.platform", defaultValue = "linux/amd64")
    private String imagePlatform;

    /** Modules of the JDK to link into the base jdk beyond those that the server and the project's classes need. */
    @Parameter(property = "ml.image.modules")
    private List<String> imageModules = List.of();

    private final BuildPlugins plugins;

    protected AbstractLockingMojo(RuntimeDependencies dependencies, BuildPlugins plugins) {
        super(dependencies);
        this.plugins = plugins;
    }

    /** The platform of the image. */
    protected final Platform platform() throws MojoFailureException {
        return Platform.of(imagePlatform)
                .orElseThrow(() -> new MojoFailureException("ml.image.platform: expected one of "
                        + Arrays.toString(Platform.values()) + ", found \"" + imagePlatform + "\". Correct it."));
    }

    /** What the image is built on, as the lock pins it. */
    protected final BaseImage baseImage()
            throws IOException, InterruptedException, LockException, ImageException, MojoFailureException {
        return base().image(baseIdentity(), imageModules);
    }

    private BaseIdentity baseIdentity()
            throws IOException, InterruptedException, LockException, ImageException, MojoFailureException {
        return base().identity(lockFile(), skipLock || acceptsNew(), new BuildMemory(getPluginContext()));
    }

    private BaseSelection base() throws MojoFailureException {
        return new BaseSelection(imageBase, platform(), JAVA_HOME, session.isOffline());
    }

    /** The Java release that the project is compiled for. */
    protected final int javaRelease() {
        return CompilerRelease.of(project).orElse(CompilerRelease.BASELINE);
    }

    /** Whether the base is looked up anew although it is locked: that is how a moved tag is accepted. */
    protected boolean acceptsNew() {
        return false;
    }

    protected final boolean locked() {
        return locked != null ? locked : "true".equalsIgnoreCase(System.getenv("CI"));
    }

    protected final LockFile lockFile() {
        return new LockFile(lockFile.toPath(), place(lockFile.toPath()));
    }

    /** The lock as it would be written now. */
    protected final Lock found(List<VerifiedModel> models)
            throws IOException, InterruptedException, LockException, ImageException, MojoExecutionException,
                    MojoFailureException {
        LockInputs inputs = new LockInputs(
                models,
                classPath().artifacts(),
                plugins.of(session),
                baseIdentity(),
                javaRelease(),
                RuntimeIndex.ARTIFACT_ID + " " + RuntimeIndex.load().version());
        return new BuildMemory(getPluginContext()).once(inputs, Lock.class, () -> LockBuilder.build(inputs));
    }
}
