package io.github.mlmaven.image.models;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mlmaven.image.ImageJson;
import java.io.IOException;
import java.nio.file.Path;

/** {@code target/ml/image.json} of models without a server, in the form of that of an image. */
public final class ModelsResultJson {

    private ModelsResultJson() {}

    /** Writes the file; until it is complete, the old one stays. */
    public static void write(ModelsResult result, Path file) throws IOException {
        ImageJson.write(node(result), file);
    }

    static ObjectNode node(ModelsResult result) {
        ObjectNode node = ImageJson.document();
        node.put("kind", result.kind().toString());
        node.put("name", result.name());
        node.put("digest", result.digest().toString());
        node.put("configDigest", result.configDigest().toString());
        node.put("compressedSize", result.size());
        ImageJson.layers(node, result.layers());
        ImageJson.pushed(node, result);
        return node;
    }
}
