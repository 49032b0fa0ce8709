package io.github.mlmaven.mojo;

import io.github.mlmaven.image.BaseImage;
import io.github.mlmaven.image.ImageException;
import io.github.mlmaven.image.JdkSource;
import io.github.mlmaven.image.Machine;
import io.github.mlmaven.image.Platform;
import io.github.mlmaven.image.elf.SystemRoot;
import io.github.mlmaven.image.registry.JibDigits;
import io.github.mlmaven.image.registry.RegistrySettings;
import io.github.mlmaven.lock.BaseIdentity;
import io.github.mlmaven.lock.FileDigests;
import io.github.mlmaven.lock.FoundLock;
import io.github.mlmaven.lock.LockBuilder;
import io.github.mlmaven.lock.LockDifference;
import io.github.mlmaven.lock.LockException;
import io.github.mlmaven.lock.LockFile;
import io.github.mlmaven.lock.LockInputs;
import io.github.mlmaven.lock.ResolvedArtifact;
import io.github.mlmaven.mojo.packaging.CompilerRelease;
import io.github.mlmaven.mojo.packaging.RuntimeIndex;
import io.github.mlmaven.mojo.resolve.ModelArtifacts;
import io.github.mlmaven.mojo.resolve.ProjectArtifacts;
import io.github.mlmaven.mojo.resolve.RegistryServers;
import io.github.mlmaven.mojo.resolve.RuntimeDependencies;
import io.github.mlmaven.mojo.stage.BaseSelection;
import io.github.mlmaven.mojo.stage.BuildMemory;
import io.github.mlmaven.mojo.stage.ImagePlatforms;
import io.github.mlmaven.mojo.stage.PackagingSettings;
import io.github.mlmaven.report.LockReport;
import io.github.mlmaven.verify.VerifiedModel;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/** A goal that compares with the lock or writes it. */
public abstract class AbstractLockingMojo extends AbstractVerifyingMojo {

    static {
        JibDigits.load();
    }

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
     * What the image is built on: a registry reference, pulled by the digest that the lock pins; {@code tar://FILE}, a file
     * that {@code docker save} wrote, relative to the project; {@code docker://NAME}, an image of the Docker daemon; or
     * {@code jdk}, a self-contained runtime linked from the JDK of {@code ml.image.jdk}, without any registry (Linux only).
     */
    @Parameter(property = "ml.image.base", defaultValue = "eclipse-temurin:17-jre")
    private String imageBase;

    /**
     * Hosts of registries, with or without a port, that may be spoken to without TLS when the base is pulled or the image
     * is pushed; this machine always may. A base is then also pulled with a certificate that is not trusted; nothing is
     * pushed with one. No password is sent without TLS, or where the certificate is not trusted.
     */
    @Parameter(property = "ml.image.insecureRegistries")
    private List<String> insecureRegistries = List.of();

    /**
     * What the image runs on: {@code linux/amd64}, {@code linux/arm64}, or both with a comma between, which makes an image
     * index with an image for each; the base jdk is for one, that of the JDK.
     */
    @Parameter(property = "ml.image.platform", defaultValue = "linux/amd64")
    private List<String> imagePlatform = List.of();

    /**
     * The folder of the JDK that the base jdk is linked from, of version 17 or later and with {@code jlink}; the one that
     * runs Maven when absent. Naming it gives the same image whatever runs Maven. One for another platform than this
     * machine's is linked from its {@code jmods}, by the JDK that runs Maven, which has to be of the same version.
     */
    @Parameter(property = "ml.image.jdk")
    private @Nullable File imageJdk;

    /**
     * The root of the file system whose shared libraries the base jdk takes, such as the folder where packages of another
     * platform were unpacked; this machine's when absent. Links are followed within it.
     */
    @Parameter(property = "ml.image.sysroot")
    private @Nullable File imageSysroot;

    /** Modules of the JDK to link into the base jdk beyond those that the server and the project's classes need. */
    @Parameter(property = "ml.image.modules")
    private List<String> imageModules = List.of();

    /** Labels beyond those of the OCI annotations, which name title, version and base. */
    @Parameter
    protected Map<String, String> labels = new TreeMap<>();

    /** The package of the generated entrypoint, as for the goal embed. */
    @Parameter(property = "ml.embed.packageName")
    private @Nullable String packageName;

    /** The class name of the generated entrypoint, as for the goal embed. */
    @Parameter(property = "ml.embed.className")
    private @Nullable String className;

    /** Where the models' files are, as for the goal embed. */
    @Parameter(property = "ml.embed")
    protected @Nullable String placement;

    /**
     * Whether every file is read to find out its digest, the class paths of plugins are resolved anew, and the image is
     * built and tried anew. Otherwise a file of the local repository, of the JDK or of {@code ml.cache} whose size, times
     * and inode are as they were when an earlier build read it is not read again, and an image of which nothing changed is
     * left alone. Without it, the environment decides: with {@code CI=true} everything is read.
     */
    @Parameter(property = "ml.lock.rehash")
    private @Nullable Boolean rehash;

    /**
     * The folder of what builds of this machine's user share: digests, class paths of plugins, linked runtimes and layers
     * that every project has. It may be deleted at any time. {@code .ml-maven-plugin} in the local repository when absent.
     */
    @Parameter(property = "ml.cache")
    private @Nullable File cache;

    private final ProjectArtifacts artifacts;

    protected AbstractLockingMojo(ModelArtifacts models, RuntimeDependencies dependencies, ProjectArtifacts artifacts) {
        super(models, dependencies);
        this.artifacts = artifacts;
    }

    /** The platforms of the image. */
    protected final SortedSet<Platform> platforms() throws MojoFailureException {
        return ImagePlatforms.of(imagePlatform);
    }

    /** The base as the user wrote it. */
    protected final String baseName() {
        return imageBase;
    }

    /** Who the user is at registries, and which of them need no TLS. */
    protected final RegistrySettings registries() {
        return new RegistrySettings(RegistryServers.of(session), Set.copyOf(insecureRegistries));
    }

    /** What the image is built on, as the lock pins it. */
    protected final BaseImage baseImage()
            throws IOException, InterruptedException, LockException, ImageException, MojoFailureException {
        return base().image(baseIdentity(digests()));
    }

    /** What pins the base of an image, if there is an image. */
    final BaseIdentity baseIdentity(boolean image, FileDigests digests)
            throws IOException, InterruptedException, LockException, ImageException, MojoFailureException {
        return image ? baseIdentity(digests) : new BaseIdentity.None();
    }

    private BaseIdentity baseIdentity(FileDigests digests)
            throws IOException, InterruptedException, LockException, ImageException, MojoFailureException {
        return base().identity(lockFile(), skipLock || acceptsNew(), new BuildMemory(getPluginContext()), digests);
    }

    private BaseSelection base() throws MojoFailureException {
        return new BaseSelection(
                imageBase,
                project.getBasedir().toPath(),
                platforms(),
                jdk(),
                imageModules,
                Machine.current(),
                registries(),
                session.isOffline());
    }

    private JdkSource jdk() {
        JdkSource current = JdkSource.current();
        return new JdkSource(
                imageJdk != null ? imageJdk.toPath() : current.home(),
                imageSysroot != null ? new SystemRoot(imageSysroot.toPath()) : current.root(),
                current.home());
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
        return locked != null ? locked : inCi();
    }

    private static boolean inCi() {
        return "true".equalsIgnoreCase(System.getenv("CI"));
    }

    protected final LockFile lockFile() {
        return new LockFile(
                lockFile.toPath(), place(lockFile.toPath()), userFolder().resolve("guards"));
    }

    /** What builds of this machine's user share: beside the artifacts that it is about, if that can be written. */
    protected final Path userFolder() {
        Path folder = cache != null ? cache.toPath() : localRepository().resolve(".ml-maven-plugin");
        try {
            if (Files.isWritable(Files.createDirectories(folder))) {
                return folder;
            }
        } catch (IOException e) {
            getLog().debug("not shared with other builds: " + folder, e);
        }
        return outputDirectory.toPath().resolve("cache");
    }

    private Path localRepository() {
        return session.getRepositorySession().getLocalRepository().getBasedir().toPath();
    }

    /** What knows or finds out the digests of artifacts and of a JDK. */
    protected final FileDigests digests() {
        return FileDigests.remembering(userFolder().resolve("digests.txt"), rehash());
    }

    /** Whether nothing is believed that other builds found out. */
    protected final boolean rehash() {
        return rehash != null ? rehash : inCi();
    }

    @Override
    protected final void info(LockDifference difference) {
        info(LockReport.lines(lockFile().place(), difference));
    }

    /** The lock as it would be written now. */
    protected final FoundLock found(List<VerifiedModel> models)
            throws IOException, InterruptedException, LockException, ImageException, MojoExecutionException,
                    MojoFailureException {
        return found(models, true);
    }

    /**
     * What there is to lock.
     *
     * @param image whether it is about an image too: without one there is no base, and no registry is asked for it
     */
    protected final FoundLock found(List<VerifiedModel> models, boolean image)
            throws IOException, InterruptedException, LockException, ImageException, MojoExecutionException,
                    MojoFailureException {
        RuntimeIndex runtime = RuntimeIndex.load();
        FileDigests digests = digests();
        List<ResolvedArtifact> dependencies = classPath().artifacts();
        ProjectArtifacts.Found there = new BuildMemory(getPluginContext())
                .<ProjectArtifacts.Found, MojoExecutionException>once(
                        dependencies,
                        ProjectArtifacts.Found.class,
                        () -> artifacts.of(
                                dependencies, runtime.names(), userFolder().resolve("classpaths"), !rehash(), session));
        LockInputs inputs = new LockInputs(
                models,
                there.bySection(),
                there.inactive(),
                baseIdentity(image, digests),
                new PackagingSettings(packageName, className, placement, imageModules, labels).of(project),
                verificationSettings().entries(),
                javaRelease(),
                RuntimeIndex.ARTIFACT_ID + " " + runtime.version());
        return new BuildMemory(getPluginContext())
                .once(inputs, FoundLock.class, () -> LockBuilder.build(inputs, digests));
    }
}
