package io.github.mlmaven.report.bom;

import io.github.mlmaven.verify.ModelVerification;
import java.util.List;
import java.util.Optional;

/**
 * What a document tells of.
 *
 * @param project what was built
 * @param libraries the runtime class path
 * @param models what verification says of each model; all of them passed
 * @param image the image; empty when none was built, and then neither its base nor its natives are in the document
 * @param pluginVersion the version of this plugin
 */
public record BomRequest(
        BomProject project,
        List<BomLibrary> libraries,
        List<ModelVerification> models,
        Optional<BomImage> image,
        String pluginVersion) {

    public BomRequest {
        libraries = List.copyOf(libraries);
        models = List.copyOf(models);
    }
}
