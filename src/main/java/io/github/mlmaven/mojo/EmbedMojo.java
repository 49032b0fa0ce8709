package io.github.mlmaven.mojo;

import io.github.mlmaven.embed.EmbedRequest;
import io.github.mlmaven.embed.Embedded;
import io.github.mlmaven.embed.Embedder;
import io.github.mlmaven.embed.InvalidNameException;
import io.github.mlmaven.jib.EmbeddedMark;
import io.github.mlmaven.mojo.packaging.CompilerRelease;
import io.github.mlmaven.mojo.packaging.EntrypointManifest;
import io.github.mlmaven.mojo.resolve.ModelArtifacts;
import io.github.mlmaven.mojo.resolve.RuntimeDependencies;
import io.github.mlmaven.verify.VerifiedModel;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.inject.Inject;
import org.apache.maven.model.Resource;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Embeds the verified models: generates the entrypoint's source and the descriptor, and adds both and the models' files
 * to what the project compiles and packages.
 */
@Mojo(name = "embed", defaultPhase = LifecyclePhase.GENERATE_SOURCES, threadSafe = true)
@SuppressWarnings("NullAway.Init") // Maven fills the parameters.
public final class EmbedMojo extends AbstractVerifyingMojo {

    /** The package of the generated entrypoint; derived from the groupId when absent. */
    @Parameter(property = "ml.embed.packageName")
    private @Nullable String packageName;

    /** The class name of the generated entrypoint; derived from the artifactId when absent. */
    @Parameter(property = "ml.embed.className")
    private @Nullable String className;

    /**
     * Where the models' files are: {@code jar}, in the project's jar, or {@code file}, in {@code model/NAME/VERSION}
     * beside it, where the goal image puts them. When absent, {@code file} for models of more than 64 MiB together.
     */
    @Parameter(property = "ml.embed")
    private @Nullable String placement;

    /** The folder for the generated source. */
    @Parameter(defaultValue = "${project.build.directory}/generated-sources/ml", readonly = true)
    private File sources;

    /** The folder for the generated descriptor. */
    @Parameter(defaultValue = "${project.build.directory}/generated-resources/ml", readonly = true)
    private File resources;

    @Inject
    public EmbedMojo(ModelArtifacts artifacts, RuntimeDependencies dependencies) {
        super(artifacts, dependencies);
    }

    @Override
    protected void run()
            throws IOException, InterruptedException, InvalidNameException, MojoExecutionException,
                    MojoFailureException {
        requireRelease();
        List<VerifiedModel> models = verifiedModels();
        Embedded embedded = new Embedder()
                .embed(new EmbedRequest(
                        models,
                        ModelFolders.placement(placement, models),
                        project.getGroupId(),
                        project.getArtifactId(),
                        project.getVersion(),
                        Optional.ofNullable(packageName),
                        Optional.ofNullable(className),
                        sources.toPath(),
                        resources.toPath(),
                        Path.of(project.getBuild().getOutputDirectory())));
        project.addCompileSourceRoot(sources.getPath());
        addResource(resources.getPath(), Optional.empty()).addInclude("**");
        for (Embedded.ModelFolder model : embedded.modelFolders()) {
            Resource resource = addResource(model.folder().toString(), Optional.of(model.target()));
            model.files().forEach(resource::addInclude);
        }
        project.getProperties().setProperty(EntrypointManifest.MAIN_CLASS, embedded.mainClass());
        Map<String, Path> folders = new TreeMap<>();
        models.forEach(model -> folders.put(
                model.name() + "/" + model.version(), model.inspected().source().folder()));
        EmbeddedMark.leave(project, embedded.mainClass(), folders);
        project.getProperties().setProperty(EntrypointManifest.CLASS_PATH, manifestClassPath());
        getLog().info("Entrypoint " + embedded.mainClass() + " in " + place(embedded.source()));
    }

    private void requireRelease() throws MojoFailureException {
        int release = CompilerRelease.of(project).orElse(CompilerRelease.BASELINE);
        if (release < CompilerRelease.BASELINE) {
            throw new MojoFailureException("maven.compiler.release: the server needs a newer Java than the project is"
                    + " compiled for; expected " + CompilerRelease.BASELINE + " or later, found " + release
                    + ". Raise it, or build the model in a module of its own.");
        }
    }

    private String manifestClassPath() throws IOException, MojoExecutionException, MojoFailureException {
        return classPath().artifacts().stream()
                .map(Libraries::fileName)
                .map(name -> Libraries.FOLDER + "/" + name)
                .collect(Collectors.joining(" "));
    }

    private Resource addResource(String directory, Optional<String> target) {
        Resource resource = new Resource();
        resource.setDirectory(directory);
        resource.setFiltering(false);
        target.ifPresent(resource::setTargetPath);
        project.addResource(resource);
        return resource;
    }
}
