package io.github.mlmaven.mojo;

import io.github.mlmaven.embed.Placement;
import io.github.mlmaven.image.ImageBuilder;
import io.github.mlmaven.image.ImageException;
import io.github.mlmaven.image.ImageKind;
import io.github.mlmaven.image.ImageName;
import io.github.mlmaven.image.ImageRequest;
import io.github.mlmaven.image.ImageResult;
import io.github.mlmaven.image.ImageResultJson;
import io.github.mlmaven.image.ImageTarget;
import io.github.mlmaven.image.Machine;
import io.github.mlmaven.image.RuntimeArtifact;
import io.github.mlmaven.image.TarTarget;
import io.github.mlmaven.image.modelcar.ModelCar;
import io.github.mlmaven.image.modelpack.ModelPack;
import io.github.mlmaven.image.models.ModelsBuilder;
import io.github.mlmaven.image.models.ModelsRequest;
import io.github.mlmaven.image.models.ModelsResult;
import io.github.mlmaven.image.models.ModelsResultJson;
import io.github.mlmaven.image.registry.RegistrySettings;
import io.github.mlmaven.image.target.ImageTargets;
import io.github.mlmaven.image.target.TargetSettings;
import io.github.mlmaven.lock.LockException;
import io.github.mlmaven.mojo.packaging.EntrypointManifest;
import io.github.mlmaven.mojo.resolve.ModelArtifacts;
import io.github.mlmaven.mojo.resolve.ProjectArtifacts;
import io.github.mlmaven.mojo.resolve.RuntimeDependencies;
import io.github.mlmaven.mojo.stage.BuildMemory;
import io.github.mlmaven.mojo.stage.ImageDestinations;
import io.github.mlmaven.mojo.stage.ImagePlatforms;
import io.github.mlmaven.mojo.stage.ServingClassPath;
import io.github.mlmaven.report.ImageReport;
import io.github.mlmaven.report.ModelsReport;
import io.github.mlmaven.verify.VerifiedModel;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.inject.Inject;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;
import org.jspecify.annotations.Nullable;

/**
 * Assembles the container image, starts what it assembled, replays the golden data over HTTP, and then puts the image
 * where it is to go: into a tar, which is an OCI layout and a Docker archive, unless {@code ml.image.to} says otherwise;
 * or puts the models alone there, as {@code ml.image.kind} says. Also fills {@code target/lib}, and {@code target/model}
 * where the models are not in the jar, beside which the project's jar runs as {@code java -jar}.
 */
@Mojo(
        name = "image",
        defaultPhase = LifecyclePhase.PACKAGE,
        requiresDependencyResolution = ResolutionScope.RUNTIME,
        threadSafe = true)
@SuppressWarnings("NullAway.Init") // Maven fills the parameters.
public final class ImageMojo extends AbstractLockingMojo {

    /** Builds no image; {@code target/lib} is still filled. */
    @Parameter(property = "ml.image.skip", defaultValue = "false")
    private boolean skipImage;

    /**
     * What is built: {@code server} is an image that serves the models; {@code modelcar} an image without a base that
     * holds only the models, in {@code /models/NAME/VERSION}; {@code modelpack} an OCI artifact of the ModelPack
     * specification. Of the latter two nothing runs, so no server is tried; they go wherever {@code ml.image.to} says, but
     * Docker, which loads no artifact, takes no modelpack.
     */
    @Parameter(property = "ml.image.kind", defaultValue = "server")
    private String imageKind;

    /** The image's name with tag, {@code [REGISTRY/]NAME[:TAG]}; ARTIFACTID:VERSION when absent. */
    @Parameter(property = "ml.image.name")
    private @Nullable String imageName;

    /**
     * Where the image goes, one or more of: {@code tar}, the file of {@code ml.image.tar}; {@code oci:FOLDER}, an OCI
     * layout in that folder, relative to the project; {@code docker}, the local Docker daemon; {@code registry} with the
     * name of {@code ml.image.name}, or {@code registry:HOST/NAME[:TAG]}, a push. {@code tar} when absent. On the command
     * line with commas between, which wins over the pom; in the pom {@code <to><target>…</target></to>}.
     */
    @Parameter(property = "ml.image.to")
    private List<String> to = List.of();

    /** Further tags that a pushed image has in the registry, for example {@code latest}. */
    @Parameter(property = "ml.image.tags")
    private List<String> tags = List.of();

    /**
     * The user to push as, with {@code ml.image.to.password}; only if one registry is pushed to. When absent, it is the
     * server of settings.xml whose id is the registry's host, then what {@code docker login} left, then Docker's
     * credential helpers.
     */
    @Parameter(property = "ml.image.to.username")
    private @Nullable String toUsername;

    /** The password or token of {@code ml.image.to.username}. */
    @Parameter(property = "ml.image.to.password")
    private @Nullable String toPassword;

    /** The tar to write. */
    @Parameter(
            property = "ml.image.tar",
            defaultValue = "${project.build.directory}/${project.artifactId}-${project.version}-image.tar")
    private File imageTar;

    /** Seconds that the packaged server may take to get ready, to answer a golden case, and to stop. */
    @Parameter(property = "ml.image.smokeTimeout", defaultValue = "60")
    private int smokeTimeout;

    @Inject
    public ImageMojo(ModelArtifacts models, RuntimeDependencies dependencies, ProjectArtifacts artifacts) {
        super(models, dependencies, artifacts);
    }

    @Override
    protected void run()
            throws IOException, InterruptedException, LockException, ImageException, MojoExecutionException,
                    MojoFailureException {
        List<RuntimeArtifact> jars =
                Libraries.of(new ServingClassPath(RuntimeDependencies.resolved(session)).complete());
        Libraries.copy(jars, Path.of(project.getBuild().getDirectory()).resolve(Libraries.FOLDER), rehash());
        List<VerifiedModel> models = verifiedModels();
        ModelFolders.put(
                ModelFolders.placement(placement, models) == Placement.FILE ? models : List.of(),
                Path.of(project.getBuild().getDirectory()).resolve(ModelFolders.FOLDER),
                outputDirectory.toPath().resolve("model-folders.txt"));
        if (skipImage) {
            getLog().info("ml.image.skip is set: no image built");
            return;
        }
        Path json = outputDirectory.toPath().resolve("image.json");
        // Whatever fails from here on, no image of an earlier build stands for this one.
        Files.deleteIfExists(json);
        ImageBuilder.setAside(imageTar.toPath(), workFolder());
        ImageKind kind = kind();
        if (kind != ImageKind.SERVER) {
            ModelsResult result = models(kind).build(modelsRequest(kind));
            ModelsResultJson.write(result, json);
            new BuildMemory(getPluginContext()).keep(ModelsResult.class, result);
            info(ModelsReport.lines(result, this::place));
            return;
        }
        ImageResult result = new ImageBuilder(Machine.current(), getLog()::info).build(request(jars));
        ImageResultJson.write(result, json);
        new BuildMemory(getPluginContext()).keep(ImageResult.class, result);
        info(ImageReport.lines(result, this::place));
    }

    private Path workFolder() {
        return outputDirectory.toPath().resolve("image");
    }

    ImageKind kind() throws MojoFailureException {
        return ImageKind.of(imageKind)
                .orElseThrow(() -> new MojoFailureException("ml.image.kind: expected one of "
                        + Arrays.toString(ImageKind.values()) + ", found \"" + imageKind + "\". Correct it."));
    }

    private String name() {
        return imageName == null ? ImageName.of(project.getArtifactId(), project.getVersion()) : imageName;
    }

    private ModelsBuilder models(ImageKind kind) throws IOException, ImageException, MojoFailureException {
        ImageName.require(name());
        List<String> wanted = wanted();
        // They have no base that a registry could have already.
        ImageTargets known = imageTargets(wanted, "scratch", registries());
        List<ImageTarget> targets = kind == ImageKind.MODELCAR ? known.of(wanted) : known.ofArtifact(wanted);
        if (rehash() || targets.stream().noneMatch(TarTarget.class::isInstance)) {
            ImageBuilder.forget(imageTar.toPath(), workFolder());
        }
        return new ModelsBuilder(kind, kind == ImageKind.MODELCAR ? ModelCar::layout : ModelPack::layout, targets);
    }

    private ModelsRequest modelsRequest(ImageKind kind)
            throws IOException, InterruptedException, ImageException, MojoExecutionException, MojoFailureException {
        return new ModelsRequest(
                name(),
                project.getArtifactId(),
                project.getVersion(),
                verifiedModels(),
                kind == ImageKind.MODELCAR
                        ? ImagePlatforms.only(platforms(), kind)
                        : platforms().first(),
                completeLabels());
    }

    SortedMap<String, String> completeLabels() throws MojoFailureException {
        for (Map.Entry<String, String> label : labels.entrySet()) {
            if (label.getValue() == null) {
                throw new MojoFailureException("<labels>: expected a value for " + label.getKey()
                        + ", found none, or one with a property that is not set. Correct or remove it.");
            }
        }
        return new TreeMap<>(labels);
    }

    private ImageRequest request(List<RuntimeArtifact> jars)
            throws IOException, InterruptedException, LockException, ImageException, MojoExecutionException,
                    MojoFailureException {
        String mainClass = project.getProperties().getProperty(EntrypointManifest.MAIN_CLASS);
        if (mainClass == null) {
            throw new MojoFailureException("ml:image: there is no entrypoint; expected the goal embed before image in"
                    + " the same build, found none. Run a phase from package on, or bind embed too.");
        }
        RegistrySettings registries = registries();
        List<String> wanted = wanted();
        ImageRequest.Builder request = ImageRequest.builder(name())
                .targets(imageTargets(wanted, baseName(), registries).of(wanted))
                .registries(registries)
                .classes(Path.of(project.getBuild().getOutputDirectory()))
                .classPath(jars)
                .mainClass(mainClass)
                .javaRelease(javaRelease())
                .base(baseImage())
                .platforms(platforms())
                .label("org.opencontainers.image.title", project.getArtifactId())
                .label("org.opencontainers.image.version", project.getVersion())
                .tar(imageTar.toPath())
                .workFolder(workFolder())
                .cache(rehash() ? workFolder() : userFolder())
                .reuse(!rehash())
                .digests(digests())
                .plugin(plugin())
                .offline(session.isOffline())
                .smokeTimeout(Duration.ofSeconds(positive("ml.image.smokeTimeout", smokeTimeout, "seconds")));
        completeLabels().forEach(request::label);
        for (VerifiedModel model : verifiedModels()) {
            request.model(model).tolerances(model.name(), tolerancesOf(model.name()));
        }
        return request.build();
    }

    private List<String> wanted() {
        return ImageDestinations.of(to, session.getUserProperties());
    }

    /** What reads {@code ml.image.to}, for an image on this base. */
    private ImageTargets imageTargets(List<String> wanted, String base, RegistrySettings registries)
            throws MojoFailureException {
        RegistrySettings pushing = ImageDestinations.as(registries, wanted, name(), toUsername, toPassword);
        // What is attached to the image later in the build goes there as the same user.
        new BuildMemory(getPluginContext()).keep(RegistrySettings.class, pushing);
        return new ImageTargets(new TargetSettings(
                name(),
                imageName != null,
                base,
                tags,
                new TarTarget(imageTar.toPath(), workFolder(), new ConsoleProgress(getLog())),
                folder -> project.getBasedir().toPath().resolve(folder),
                pushing,
                session.isOffline(),
                getLog()::info));
    }
}
