package io.github.mlmaven.mojo;

import io.github.mlmaven.image.ImageException;
import io.github.mlmaven.image.ImageResult;
import io.github.mlmaven.image.PlacedImage;
import io.github.mlmaven.image.models.ModelsResult;
import io.github.mlmaven.image.registry.RegistrySettings;
import io.github.mlmaven.lock.LockException;
import io.github.mlmaven.mojo.attest.BomFacts;
import io.github.mlmaven.mojo.attest.Referrers;
import io.github.mlmaven.mojo.attest.RunFacts;
import io.github.mlmaven.mojo.attest.Subjects;
import io.github.mlmaven.mojo.packaging.RuntimeIndex;
import io.github.mlmaven.mojo.resolve.ModelArtifacts;
import io.github.mlmaven.mojo.resolve.ProjectArtifacts;
import io.github.mlmaven.mojo.resolve.RuntimeDependencies;
import io.github.mlmaven.mojo.stage.BuildMemory;
import io.github.mlmaven.mojo.stage.ServingClassPath;
import io.github.mlmaven.report.AttachedReport;
import io.github.mlmaven.report.Reports;
import io.github.mlmaven.report.bom.BomImage;
import io.github.mlmaven.report.bom.BomReport;
import io.github.mlmaven.report.bom.BomRequest;
import io.github.mlmaven.report.provenance.Product;
import io.github.mlmaven.report.provenance.ProvenanceReport;
import io.github.mlmaven.report.provenance.ProvenanceRequest;
import io.github.mlmaven.report.provenance.Run;
import io.github.mlmaven.verify.VerifiedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.inject.Inject;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;
import org.apache.maven.project.MavenProjectHelper;
import org.apache.maven.rtinfo.RuntimeInformation;
import org.jspecify.annotations.Nullable;

/**
 * Writes what the image and the jar are made of, {@code bom.json} (CycloneDX, the models as components), and how they
 * came about, {@code provenance.json} (SLSA's provenance in an in-toto statement), and attaches both to the project, and
 * to the image where it was pushed.
 */
@Mojo(
        name = "attest",
        defaultPhase = LifecyclePhase.PACKAGE,
        requiresDependencyResolution = ResolutionScope.RUNTIME,
        threadSafe = true)
@SuppressWarnings("NullAway.Init") // Maven fills the parameters.
public final class AttestMojo extends AbstractLockingMojo {

    private static final String TYPE = "json";

    /** Writes and attaches neither file. */
    @Parameter(property = "ml.attest.skip", defaultValue = "false")
    private boolean skipAttest;

    /** A URI for whoever runs the build, for example a CI system; the default stands for a developer's machine. */
    @Parameter(property = "ml.provenance.builder", defaultValue = ProvenanceReport.DEVELOPER_MACHINE)
    private String builder;

    /** What the builder calls this run, for example the address of a CI job; left out when absent. */
    @Parameter(property = "ml.provenance.invocation")
    private @Nullable String invocation;

    /**
     * Attaches both, and {@code verify.json} if this build wrote it, to the image, or the models alone, wherever
     * {@code ml.image.to} put it in a registry or an OCI layout: as manifests that name the image's as their subject.
     */
    @Parameter(property = "ml.attest.push", defaultValue = "true")
    private boolean push;

    private final MavenProjectHelper projects;
    private final RuntimeInformation maven;

    @Inject
    public AttestMojo(
            ModelArtifacts models,
            RuntimeDependencies dependencies,
            ProjectArtifacts artifacts,
            MavenProjectHelper projects,
            RuntimeInformation maven) {
        super(models, dependencies, artifacts);
        this.projects = projects;
        this.maven = maven;
    }

    @Override
    protected void run()
            throws IOException, InterruptedException, LockException, ImageException, MojoExecutionException,
                    MojoFailureException {
        if (skipAttest) {
            getLog().info("ml.attest.skip is set: nothing attested");
            return;
        }
        Path bom = outputDirectory.toPath().resolve("bom.json");
        Path provenance = outputDirectory.toPath().resolve("provenance.json");
        // Whatever fails from here on, nothing of an earlier build speaks for this one.
        Files.deleteIfExists(bom);
        Files.deleteIfExists(provenance);
        Optional<ImageResult> image = new BuildMemory(getPluginContext()).kept(ImageResult.class);
        Optional<ModelsResult> alone = new BuildMemory(getPluginContext()).kept(ModelsResult.class);
        List<Product> subjects = Subjects.of(image, alone, project);
        List<VerifiedModel> models = verifiedModels();
        BomReport.write(bom, bom(image));
        ProvenanceReport.write(
                provenance,
                new ProvenanceRequest(
                        subjects,
                        RunFacts.invocation(session),
                        RunFacts.source(project),
                        found(models, image.isPresent()).lock(),
                        Run.of(
                                builder,
                                Map.of(
                                        "java", System.getProperty("java.runtime.version"),
                                        "maven", maven.getMavenVersion()),
                                Optional.ofNullable(invocation)),
                        List.of(new Product(bom.getFileName().toString(), BomFacts.digest(bom)))));
        projects.attachArtifact(project, TYPE, "cyclonedx", bom.toFile());
        projects.attachArtifact(project, TYPE, "provenance", provenance.toFile());
        getLog().info("Attested "
                + String.join(" and ", subjects.stream().map(Product::name).toList()) + ": " + place(bom) + ", "
                + place(provenance));
        if (push) {
            for (PlacedImage placed :
                    Stream.concat(image.stream(), alone.stream()).toList()) {
                attach(placed, bom, provenance);
            }
        }
    }

    private void attach(PlacedImage image, Path bom, Path provenance)
            throws IOException, InterruptedException, ImageException {
        BuildMemory memory = new BuildMemory(getPluginContext());
        RegistrySettings registries = memory.kept(RegistrySettings.class).orElseGet(this::registries);
        Optional<Path> verification =
                memory.kept(Reports.class).map(Reports::json).filter(Files::isRegularFile);
        new Referrers(registries, this::place, getLog()::info)
                .attach(image, Referrers.documents(bom, provenance, verification))
                .forEach(attached -> info(AttachedReport.lines(attached)));
    }

    private BomRequest bom(Optional<ImageResult> image)
            throws IOException, InterruptedException, MojoExecutionException, MojoFailureException {
        ServingClassPath classPath = new ServingClassPath(RuntimeDependencies.resolved(session)).complete();
        Optional<BomImage> inImage =
                image.isEmpty() ? Optional.empty() : Optional.of(BomFacts.image(image.get(), Libraries.of(classPath)));
        return new BomRequest(
                BomFacts.project(project),
                BomFacts.libraries(session, classPath.artifacts(), digests()),
                verification().models(),
                inImage,
                RuntimeIndex.load().version());
    }
}
