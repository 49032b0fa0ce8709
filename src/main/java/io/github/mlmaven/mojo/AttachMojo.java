package io.github.mlmaven.mojo;

import io.github.mlmaven.embed.archive.EntryTime;
import io.github.mlmaven.embed.archive.ModelZip;
import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.mojo.resolve.ModelArtifacts;
import io.github.mlmaven.mojo.resolve.RuntimeDependencies;
import io.github.mlmaven.verify.VerifiedModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.inject.Inject;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProjectHelper;
import org.jspecify.annotations.Nullable;

/**
 * Attaches each verified model to the project, so that {@code install} and {@code deploy} publish it: a reproducible zip
 * of its files and, in {@code golden/}, its golden data, with the classifier {@code model}, or the model's name where
 * there are several; and a model that is only {@code model.onnx} also as that file, of type {@code onnx}.
 */
@Mojo(name = "attach", defaultPhase = LifecyclePhase.PACKAGE, threadSafe = true)
public final class AttachMojo extends AbstractVerifyingMojo {

    private static final String ONNX = "model.onnx";

    /** The time of the archive's entries, of which only the day counts; 1980-02-01 when absent. */
    @Parameter(defaultValue = "${project.build.outputTimestamp}", readonly = true)
    private @Nullable String outputTimestamp;

    private final MavenProjectHelper projects;

    @Inject
    public AttachMojo(ModelArtifacts artifacts, RuntimeDependencies dependencies, MavenProjectHelper projects) {
        super(artifacts, dependencies);
        this.projects = projects;
    }

    @Override
    protected void run() throws IOException, InterruptedException, MojoExecutionException, MojoFailureException {
        List<VerifiedModel> models = verifiedModels();
        List<Finding> obstacles = models.stream()
                .map(ModelZip::obstacle)
                .flatMap(Optional::stream)
                .toList();
        if (!obstacles.isEmpty()) {
            throw failed(obstacles);
        }
        EntryTime time = time();
        for (VerifiedModel model : models) {
            attach(model, models.size() == 1 ? "model" : model.name(), models.size() == 1, time);
        }
    }

    private void attach(VerifiedModel model, String classifier, boolean only, EntryTime time) throws IOException {
        Path zip = Path.of(
                project.getBuild().getDirectory(),
                project.getArtifactId() + "-" + project.getVersion() + "-" + classifier + ".zip");
        ModelZip.write(model, zip, time);
        projects.attachArtifact(project, "zip", classifier, zip.toFile());
        String coordinates = project.getGroupId() + ":" + project.getArtifactId() + ":" + project.getVersion();
        getLog().info("Attached " + place(zip) + " as " + coordinates + ":zip:" + classifier);
        boolean single = model.inspected().files().size() == 1
                && model.inspected().mainFile().endsWith(ONNX);
        if (single && only) {
            projects.attachArtifact(
                    project, "onnx", model.inspected().mainFile().toFile());
            getLog().info("Attached " + place(model.inspected().mainFile()) + " as " + coordinates);
        } else if (single) {
            projects.attachArtifact(
                    project, "onnx", classifier, model.inspected().mainFile().toFile());
            getLog().info("Attached " + place(model.inspected().mainFile()) + " as " + coordinates + ":onnx:"
                    + classifier);
        }
    }

    private EntryTime time() throws MojoFailureException {
        try {
            return EntryTime.parse(outputTimestamp);
        } catch (IllegalArgumentException e) {
            throw new MojoFailureException(e.getMessage(), e);
        }
    }
}
