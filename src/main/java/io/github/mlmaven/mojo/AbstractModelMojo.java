package io.github.mlmaven.mojo;

import io.github.mlmaven.embed.InvalidNameException;
import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.image.ImageException;
import io.github.mlmaven.inspect.ModelInspector;
import io.github.mlmaven.inspect.ModelLayout;
import io.github.mlmaven.inspect.source.FetchedModel;
import io.github.mlmaven.lock.LockDifference;
import io.github.mlmaven.lock.LockException;
import io.github.mlmaven.mojo.packaging.ModelProjectParticipant;
import io.github.mlmaven.mojo.resolve.ModelArtifacts;
import io.github.mlmaven.report.ConsoleReport;
import io.github.mlmaven.report.LockReport;
import io.github.mlmaven.verify.VerificationReport;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;

/** What every goal knows of the project, and the one place where outcomes become Maven's. */
public abstract class AbstractModelMojo extends AbstractMojo {

    private static final Set<String> AFTER_PACKAGE =
            Set.of("pre-integration-test", "integration-test", "post-integration-test", "verify", "install", "deploy");

    @Parameter(defaultValue = "${project}", readonly = true, required = true)
    protected MavenProject project;

    @Parameter(defaultValue = "${session}", readonly = true, required = true)
    protected MavenSession session;

    /** Tells a build from a call by hand. */
    @Parameter(defaultValue = "${mojoExecution}", readonly = true, required = true)
    private MojoExecution execution;

    /** Does nothing, in any goal. */
    @Parameter(property = "ml.skip", defaultValue = "false")
    private boolean skip;

    /**
     * The folder with the models: {@code model.onnx} in it is a model named by the artifactId; otherwise every folder
     * in it is a model named by the folder.
     */
    @Parameter(property = "ml.modelDirectory", defaultValue = "${project.basedir}/src/main/model")
    private File modelDirectory;

    /**
     * The folder with the golden data: {@code test_data_set_N/input_M.pb} and {@code output_M.pb}, or {@code CASE.json}
     * in the form of the Open Inference Protocol; for several models in a folder for each.
     */
    @Parameter(property = "ml.goldenDirectory", defaultValue = "${project.basedir}/src/test/model")
    private File goldenDirectory;

    /**
     * Settings for single models: {@code <models><model><name>…</name><atol>…</atol><rtol>…</rtol></model></models>}; a
     * model may have {@code <outputs><output><name>…</name><atol>…</atol><rtol>…</rtol></output></outputs>}, and {@code
     * <latency>}, {@code <maxMemory>}, {@code <maxSize>} and {@code <signature>} of its own. With {@code
     * <artifact>GROUP:NAME:VERSION[:TYPE[:CLASSIFIER]]</artifact>} it comes from a repository, named by the artifact
     * unless it has a {@code <name>}; {@code <path>} says which entry, or which folder with {@code /} at its end, of a
     * zip or jar it is.
     */
    @Parameter
    private List<ModelConfiguration> models = List.of();

    private final ModelArtifacts artifacts;

    protected AbstractModelMojo(ModelArtifacts artifacts) {
        this.artifacts = artifacts;
    }

    /** The folder for reports and intermediate files. */
    @Parameter(defaultValue = "${project.build.directory}/ml", readonly = true)
    protected File outputDirectory;

    @Override
    public final void execute() throws MojoExecutionException, MojoFailureException {
        if (skip) {
            getLog().info("ml.skip is set: nothing done");
            return;
        }
        if (byHand() && session.getProjects().size() > 1 && !ModelProjectParticipant.completed(project)) {
            getLog().info("no model is built here: nothing done");
            return;
        }
        try {
            run();
        } catch (LockException e) {
            e.difference().ifPresent(this::info);
            throw failed(e.findings());
        } catch (ImageException e) {
            throw failed(e.findings());
        } catch (InvalidNameException e) {
            throw new MojoFailureException(e.getMessage(), e);
        } catch (IOException e) {
            throw new MojoExecutionException("could not read or write: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MojoExecutionException("interrupted", e);
        }
    }

    /** Whether the goal was called by hand, and is not part of a build. */
    protected final boolean byHand() {
        return execution.getSource() == MojoExecution.Source.CLI;
    }

    /** The jar of this plugin. */
    protected final Path plugin() {
        return execution
                .getMojoDescriptor()
                .getPluginDescriptor()
                .getPluginArtifact()
                .getFile()
                .toPath();
    }

    /** Whether what the phase package makes is there: in a build only after that phase. */
    protected final boolean afterPackage() {
        return byHand() || AFTER_PACKAGE.contains(String.valueOf(execution.getLifecyclePhase()));
    }

    /** The goal's own work. */
    protected abstract void run()
            throws IOException, InterruptedException, LockException, ImageException, InvalidNameException,
                    MojoExecutionException, MojoFailureException;

    /** What the pom says of single models. */
    protected final List<ModelConfiguration> configured() {
        return models;
    }

    /** The models that the project holds, and those that it takes from repositories. */
    protected final ModelLayout.Discovery models() throws IOException, InterruptedException {
        Path root = outputDirectory.toPath().resolve("models");
        List<FetchedModel> fetched =
                new FetchedModels(artifacts, session, getPluginContext(), root).of(models, this::tell);
        return ModelLayout.discover(
                project.getBasedir().toPath(),
                modelDirectory(),
                goldenDirectory(),
                project.getArtifactId(),
                project.getVersion(),
                fetched);
    }

    private void tell(FetchedModel model) {
        model.artifact().ifPresent(artifact -> {
            String name = model.wanted().name();
            getLog().info(name + " is " + model.wanted().artifact() + " from " + artifact.repository());
            Path own = goldenDirectory().resolve(name);
            if (Files.exists(own) && Files.isDirectory(model.golden())) {
                getLog().info("The golden data of " + name + " is that in " + place(own)
                        + ", not what came with the artifact");
            }
        });
    }

    /** Reads models and looks at what lies beside them. */
    protected final ModelInspector inspector() {
        return new ModelInspector(outputDirectory.toPath().resolve("scan"));
    }

    protected final Path modelDirectory() {
        return modelDirectory.toPath();
    }

    protected final Path goldenDirectory() {
        return goldenDirectory.toPath();
    }

    /** A path as messages write it: relative to the project, with forward slashes. */
    protected final String place(Path path) {
        Path base = project.getBasedir().toPath().toAbsolutePath().normalize();
        Path absolute = path.toAbsolutePath().normalize();
        Path shown = absolute.startsWith(base) ? base.relativize(absolute) : absolute;
        return shown.toString().replace(File.separatorChar, '/');
    }

    /** Logs a verification, each finding as loud as it weighs. */
    protected final void log(VerificationReport report) {
        for (ConsoleReport.Line line : ConsoleReport.lines(report, TerminalStyle.now())) {
            switch (line.severity()) {
                case ERROR -> getLog().error(line.text());
                case WARNING -> getLog().warn(line.text());
                case INFO -> getLog().info(line.text());
            }
        }
    }

    /** Logs what differs from the lock. */
    protected void info(LockDifference difference) {
        info(LockReport.lines("ml.lock", difference));
    }

    /** Logs lines that a report prepared. */
    protected final void info(List<String> lines) {
        lines.forEach(getLog()::info);
    }

    /** A number that must be positive. */
    protected static int positive(String property, int value, String unit) throws MojoFailureException {
        if (value <= 0) {
            throw new MojoFailureException(
                    property + ": expected a positive number of " + unit + ", found " + value + ". Correct it.");
        }
        return value;
    }

    /** The one failure that says everything, so that it is complete with -q too. */
    protected static MojoFailureException failed(List<Finding> findings) {
        List<String> errors = findings.stream()
                .filter(Finding::isError)
                .sorted(Finding.ORDER)
                .map(Finding::line)
                .toList();
        return new MojoFailureException(
                errors.size() == 1 ? errors.get(0) : errors.size() + " problems:\n" + String.join("\n", errors));
    }
}
