package io.github.mlmaven.image.modelpack;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mlmaven.image.layout.LayoutBlob;
import io.github.mlmaven.image.models.ModelsRequest;
import io.github.mlmaven.verify.VerifiedModel;
import java.util.List;
import java.util.Map;

/**
 * The configuration of an artifact (ModelPack specification, "Model Artifact Configuration"): only what is known. The
 * time of creation is left out, so that the same models give the same artifact.
 */
final class PackConfig {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Properties of the descriptor, by the annotations that say the same. */
    private static final Map<String, String> FROM_ANNOTATIONS = Map.of(
            "docURL", "org.opencontainers.image.documentation",
            "sourceURL", "org.opencontainers.image.source",
            "revision", "org.opencontainers.image.revision",
            "vendor", "org.opencontainers.image.vendor",
            "description", "org.opencontainers.image.description");

    private PackConfig() {}

    static ObjectNode of(ModelsRequest request, List<LayoutBlob> layers) {
        ObjectNode root = JSON.createObjectNode();
        ObjectNode descriptor = root.putObject("descriptor");
        descriptor.put("name", request.title()).put("version", request.version());
        FROM_ANNOTATIONS.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .filter(entry -> request.annotations().containsKey(entry.getValue()))
                .forEach(entry ->
                        descriptor.put(entry.getKey(), request.annotations().get(entry.getValue())));
        ArrayNode diffIds = root.putObject("modelfs").put("type", "layers").putArray("diffIds");
        layers.forEach(blob -> diffIds.add(blob.layer().diffId().toString()));
        ObjectNode config = root.putObject("config");
        config.put("format", request.models().get(0).inspected().format().id());
        long parameters = request.models().stream()
                .map(VerifiedModel::inspected)
                .mapToLong(model -> model.summary().parameters())
                .sum();
        if (parameters > 0) {
            config.put("paramSize", ParameterCount.of(parameters));
        }
        return root;
    }
}
