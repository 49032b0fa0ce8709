package io.github.mlmaven.image;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mlmaven.image.layer.StoredLayer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;

/**
 * A small image as the build writes one.
 *
 * @param tar the OCI layout
 * @param json what is told of it
 */
public record WrittenImage(Path tar, Path json) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Writes an image of these layers, with one more setting in its configuration. */
    public static WrittenImage write(Path folder, String setting, List<StoredLayer> layers) throws IOException {
        ObjectNode config = JSON.createObjectNode();
        config.putObject("config").putArray("Env").add("PATH=/opt/java/bin").add(setting);
        ArrayNode diffIds = config.putObject("rootfs").putArray("diff_ids");
        layers.forEach(layer -> diffIds.add(layer.diffId().toString()));
        OciImage image =
                new OciImage("acme/add-sub:1.4.0", Platform.LINUX_AMD64, config, layers, Collections.emptySortedMap());
        Path tar = Files.createDirectories(folder).resolve("image.tar");
        new ImageArchive(tar, folder.resolve("contents.txt")).write(image, ImageProgress.NONE);
        ObjectNode told = JSON.createObjectNode().put("name", "acme/add-sub:1.4.0");
        told.put("digest", image.digest().toString());
        ArrayNode names = told.putArray("layers");
        layers.forEach(layer -> names.addObject().put("name", layer.name()));
        Path json = folder.resolve("image.json");
        JSON.writeValue(json.toFile(), told);
        return new WrittenImage(tar, json);
    }
}
