package io.github.mlmaven.image.models;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mlmaven.files.WholeFile;
import io.github.mlmaven.image.ImageLayer;
import java.io.IOException;
import java.nio.file.Path;

/** {@code target/ml/image.json} of models without a server, in the form of that of an image. */
public final class ModelsResultJson {

    private static final int VERSION = 1;
    private static final ObjectMapper JSON = new ObjectMapper();

    private ModelsResultJson() {}

    /** Writes the file; until it is complete, the old one stays. */
    public static void write(ModelsResult result, Path file) throws IOException {
        WholeFile.write(file, text(result));
    }

    static String text(ModelsResult result) throws IOException {
        DefaultIndenter lf = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
        printer.indentObjectsWith(lf);
        printer.indentArraysWith(lf);
        ObjectNode node = JSON.createObjectNode().put("imageVersion", VERSION);
        node.put("kind", result.kind().toString());
        node.put("name", result.name());
        node.put("digest", result.digest().toString());
        node.put("configDigest", result.configDigest().toString());
        node.put("compressedSize", result.size());
        ArrayNode layers = node.putArray("layers");
        for (ImageLayer layer : result.layers()) {
            layers.addObject()
                    .put("name", layer.name())
                    .put("digest", layer.digest().toString())
                    .put("compressedSize", layer.compressedSize())
                    .put("uncompressedSize", layer.uncompressedSize());
        }
        return JSON.writer(printer).writeValueAsString(node) + "\n";
    }
}
