package io.github.mlmaven.jib;

import com.google.cloud.tools.jib.api.buildplan.ContainerBuildPlan;
import com.google.cloud.tools.jib.api.buildplan.Port;
import com.google.cloud.tools.jib.maven.extension.JibMavenPluginExtension;
import com.google.cloud.tools.jib.maven.extension.MavenData;
import com.google.cloud.tools.jib.plugins.extension.ExtensionLogger;
import com.google.cloud.tools.jib.plugins.extension.ExtensionLogger.LogLevel;
import com.google.cloud.tools.jib.plugins.extension.JibPluginExtensionException;
import io.github.mlmaven.files.FileTree;
import io.github.mlmaven.image.Platform;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.maven.project.MavenProject;

/**
 * Puts the models that the same build verified, the engine's natives and the server's command into what jib-maven-plugin
 * builds: an extension of that plugin, for projects that keep their configuration of it.
 */
public final class ModelExtension implements JibMavenPluginExtension<Void> {

    private static final String USER = "65532:65532";
    private static final int PORT = 8080;

    /** For Jib, which makes one by its name. */
    public ModelExtension() {}

    @Override
    public Optional<Class<Void>> getExtraConfigType() {
        return Optional.empty();
    }

    @Override
    public ContainerBuildPlan extendContainerBuildPlan(
            ContainerBuildPlan plan,
            Map<String, String> properties,
            Optional<Void> configuration,
            MavenData maven,
            ExtensionLogger logger)
            throws JibPluginExtensionException {
        try {
            return extended(plan, maven.getMavenProject(), logger);
        } catch (PlanException e) {
            throw new JibPluginExtensionException(ModelExtension.class, e.getMessage(), e);
        } catch (IOException e) {
            throw new JibPluginExtensionException(ModelExtension.class, "could not read or write: " + e, e);
        }
    }

    private static ContainerBuildPlan extended(ContainerBuildPlan plan, MavenProject project, ExtensionLogger logger)
            throws PlanException, IOException {
        EmbeddedModels models = EmbeddedModels.of(project);
        Platform platform = PlanPlatform.of(plan);
        Path work = Path.of(project.getBuild().getDirectory(), "ml", "jib");
        FileTree.delete(work);
        ContainerBuildPlan.Builder builder = plan.toBuilder()
                .setEntrypoint(PlanEntrypoint.of(plan.getEntrypoint(), models.mainClass()))
                .setLayers(new PlanLayers(models, platform, work).of(plan.getLayers()))
                .setEnvironment(with(
                        plan.getEnvironment(),
                        // ONNX Runtime would send telemetry over the network, and write its log into /tmp.
                        Map.of("LANG", "C.UTF-8", "ORT_DISABLE_TELEMETRY", "1")))
                .setLabels(with(
                        plan.getLabels(),
                        Map.of(
                                "org.opencontainers.image.title", project.getArtifactId(),
                                "org.opencontainers.image.version", project.getVersion())))
                .addExposedPort(Port.tcp(PORT));
        if (plan.getUser() == null) {
            builder.setUser(USER);
        }
        models.models()
                .forEach(model -> logger.log(
                        LogLevel.LIFECYCLE,
                        "Model " + model.name() + " " + model.version() + " for " + platform
                                + " goes into the image as it was verified; the image itself is not tried"));
        return builder.build();
    }

    /** What Jib's configuration says wins. */
    private static Map<String, String> with(Map<String, String> configured, Map<String, String> defaults) {
        Map<String, String> all = new HashMap<>(defaults);
        all.putAll(configured);
        return all;
    }
}
