package io.github.mlmaven.lock;

import io.github.mlmaven.verify.VerifiedModel;
import java.util.List;

/**
 * What a lock is made of.
 *
 * @param models the verified models
 * @param dependencies the runtime class path
 * @param plugins the plugins that take part up to {@code package}
 * @param base what the image is built on
 * @param javaRelease the Java release that the generated code is compiled for
 * @param serving the serving runtime with its version
 */
public record LockInputs(
        List<VerifiedModel> models,
        List<ResolvedArtifact> dependencies,
        List<ResolvedArtifact> plugins,
        BaseIdentity base,
        int javaRelease,
        String serving) {

    public LockInputs {
        models = List.copyOf(models);
        dependencies = List.copyOf(dependencies);
        plugins = List.copyOf(plugins);
    }
}
