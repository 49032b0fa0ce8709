package io.github.mlmaven.mojo;

import io.github.mlmaven.image.BaseImage;
import io.github.mlmaven.image.BaseImages;
import io.github.mlmaven.image.ImageException;
import io.github.mlmaven.image.Platform;
import io.github.mlmaven.lock.BaseIdentity;
import io.github.mlmaven.lock.Lock;
import io.github.mlmaven.lock.LockBuilder;
import io.github.mlmaven.lock.LockException;
import io.github.mlmaven.lock.LockFile;
import io.github.mlmaven.lock.LockInputs;
import io.github.mlmaven.model.Digest;
import io.github.mlmaven.mojo.packaging.CompilerRelease;
import io.github.mlmaven.mojo.packaging.RuntimeIndex;
import io.github.mlmaven.mojo.resolve.BuildPlugins;
import io.github.mlmaven.mojo.resolve.RuntimeDependencies;
import io.github.mlmaven.mojo.stage.BuildMemory;
import io.github.mlmaven.verify.VerifiedModel;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/** A goal that compares with the lock or writes it. */
public abstract class AbstractLockingMojo extends AbstractVerifyingMojo {

    private static final String JDK = "jdk";
    private static final Path JAVA_HOME = Path.of(System.getProperty("java.home"));

    private final BuildPlugins plugins;

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
        BaseIdentity identity = baseIdentity();
        if (identity instanceof BaseIdentity.Registry registry) {
            Digest digest =
                    Objects.requireNonNull(registry.platforms().get(platform().toString()));
            return new BaseImage.Registry(registry.reference(), digest);
        }
        return new BaseImage.Jdk(JAVA_HOME, imageModules);
    }

    /**
     * What pins the base: a JDK by what it is, an image in a registry by the digest that is locked for the same
     * reference and platform, else by what the registry says now.
     */
    private BaseIdentity baseIdentity()
            throws IOException, InterruptedException, LockException, ImageException, MojoFailureException {
        Platform platform = platform();
        Optional<BaseIdentity.Registry> locked = lockedBase(platform);
        if (locked.isPresent()) {
            return locked.get();
        }
        return new BuildMemory(getPluginContext())
                .<BaseIdentity, ImageException>once(
                        List.of(imageBase, platform),
                        BaseIdentity.class,
                        () -> imageBase.equals(JDK)
                                ? BaseImages.identify(JAVA_HOME)
                                : BaseImages.resolve(imageBase, Set.of(platform), session.isOffline()));
    }

    private Optional<BaseIdentity.Registry> lockedBase(Platform platform) throws LockException, IOException {
        if (skipLock || acceptsNew()) {
            return Optional.empty();
        }
        return lockFile()
                .read()
                .map(Lock::base)
                .filter(BaseIdentity.Registry.class::isInstance)
                .map(BaseIdentity.Registry.class::cast)
                .filter(base ->
                        base.reference().equals(imageBase) && base.platforms().containsKey(platform.toString()));
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

    /** The lock as it would be written now. */
    protected final Lock found(List<VerifiedModel> models)
            throws IOException, InterruptedException, LockException, ImageException, MojoExecutionException,
                    MojoFailureException {
        BaseIdentity base = baseIdentity();
        return LockBuilder.build(new LockInputs(
                models,
                classPath().artifacts(),
                plugins.of(session),
                base,
                CompilerRelease.of(project).orElse(CompilerRelease.BASELINE),
                RuntimeIndex.ARTIFACT_ID + " " + RuntimeIndex.load().version()));
    }
}
