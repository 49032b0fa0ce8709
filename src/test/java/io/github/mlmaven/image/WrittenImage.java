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

    /** Writes an image for both platforms, of which the second has these layers and the first all but the lowest. */
    public static WrittenImage writeBoth(Path folder, List<StoredLayer> layers) throws IOException {
        List<StoredLayer> fewer = layers.subList(1, layers.size());
        OciImage image = OciImage.of(
                List.of(image(Platform.LINUX_ARM64, "A=1", layers), image(Platform.LINUX_AMD64, "A=1", fewer)),
                Platform.LINUX_AMD64);
        ObjectNode told = JSON.createObjectNode();
        ArrayNode platforms = told.putArray("platforms");
        names(platforms.addObject(), fewer);
        names(platforms.addObject(), layers);
        return write(folder, image, told);
    }

    /** Writes an image of these layers, with one more setting in its configuration. */
    public static WrittenImage write(Path folder, String setting, List<StoredLayer> layers) throws IOException {
        ObjectNode told = JSON.createObjectNode();
        names(told, layers);
        return write(folder, image(Platform.LINUX_AMD64, setting, layers), told);
    }

    private static OciImage image(Platform platform, String setting, List<StoredLayer> layers) throws IOException {
        ObjectNode config = JSON.createObjectNode();
        config.putObject("config").putArray("Env").add("PATH=/opt/java/bin").add(setting);
        ArrayNode diffIds = config.putObject("rootfs").putArray("diff_ids");
        layers.forEach(layer -> diffIds.add(layer.diffId().toString()));
        return OciImage.of("acme/add-sub:1.4.0", platform, config, layers, Collections.emptySortedMap());
    }

    private static void names(ObjectNode told, List<StoredLayer> layers) {
        ArrayNode names = told.putArray("layers");
        layers.forEach(layer -> names.addObject().put("name", layer.name()));
    }

    private static WrittenImage write(Path folder, OciImage image, ObjectNode told) throws IOException {
        Path tar = Files.createDirectories(folder).resolve("image.tar");
        new ImageArchive(tar, folder.resolve("contents.txt")).write(image, ImageProgress.NONE);
        told.put("name", "acme/add-sub:1.4.0").put("digest", image.digest().toString());
        Path json = folder.resolve("image.json");
        JSON.writeValue(json.toFile(), told);
        return new WrittenImage(tar, json);
    }
}
