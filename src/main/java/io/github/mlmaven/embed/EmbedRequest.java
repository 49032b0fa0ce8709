package io.github.mlmaven.embed;

import io.github.mlmaven.verify.VerifiedModel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What to embed, and where.
 *
 * @param models the verified models, at least one
 * @param placement where the models' files go
 * @param groupId names the package unless {@code packageName} does
 * @param artifactId names the class unless {@code className} does
 * @param version the project's version
 * @param packageName the package of the entrypoint, when configured
 * @param className the simple name of the entrypoint, when configured
 * @param sources the folder for the generated source
 * @param resources the folder for the descriptor and the examples
 * @param classes the project's class folder, from which models and examples of earlier builds are removed
 */
public record EmbedRequest(
        List<VerifiedModel> models,
        Placement placement,
        String groupId,
        String artifactId,
        String version,
        Optional<String> packageName,
        Optional<String> className,
        Path sources,
        Path resources,
        Path classes) {

    public EmbedRequest {
        models = List.copyOf(models);
    }
}
