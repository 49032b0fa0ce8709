package io.github.mlmaven.image;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mlmaven.files.WholeFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The form of {@code target/ml/image.json}, whatever kind of image it is about. */
public final class ImageJson {

    private static final int VERSION = 1;
    private static final ObjectMapper JSON = new ObjectMapper();

    private ImageJson() {}

    /** A document that says nothing yet but its version. */
    public static ObjectNode document() {
        return JSON.createObjectNode().put("imageVersion", VERSION);
    }

    /** Says what the layers are, from the lowest. */
    public static void layers(ObjectNode document, List<ImageLayer> layers) {
        ArrayNode array = document.putArray("layers");
        for (ImageLayer layer : layers) {
            array.addObject()
                    .put("name", layer.name())
                    .put("digest", layer.digest().toString())
                    .put("compressedSize", layer.compressedSize())
                    .put("uncompressedSize", layer.uncompressedSize());
        }
    }

    /** Says where it was pushed: left out when it was not. */
    public static void pushed(ObjectNode document, PlacedImage image) {
        for (Placement.Registry registry : image.pushed()) {
            for (String reference : registry.references()) {
                document.withArrayProperty("pushed")
                        .addObject()
                        .put("reference", reference)
                        .put("digest", registry.digest().toString());
            }
        }
    }

    /** Writes the file; until it is complete, the old one stays. */
    public static void write(ObjectNode document, Path file) throws IOException {
        WholeFile.write(file, text(document));
    }

    /** The document, indented by two. */
    public static String text(ObjectNode document) throws IOException {
        DefaultIndenter lf = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
        printer.indentObjectsWith(lf);
        printer.indentArraysWith(lf);
        return JSON.writer(printer).writeValueAsString(document) + "\n";
    }
}
