package io.github.mlmaven.image;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.codec.digest.DigestUtils;

/** A base image with this machine's Java, as no registry of the internet gives one to a test. */
final class JavaBase {

    private JavaBase() {}

    /** Takes the runtime's layer out of an image on the base jdk, and saves it as an image of its own. */
    static Path of(Path image, String name, Path tar) throws Exception {
        ImageTar whole = new ImageTar(image);
        ObjectNode config = whole.config().deepCopy();
        String layer =
                whole.manifest().path("layers").path(0).path("digest").asText().replace(':', '/');
        ObjectNode rootfs = config.withObjectProperty("rootfs");
        String diffId = rootfs.path("diff_ids").path(0).asText();
        rootfs.putArray("diff_ids").add(diffId);
        config.putArray("history");
        config.withObjectProperty("config").remove(List.of("Entrypoint", "User", "ExposedPorts", "Labels"));
        byte[] text = SavedImages.text(config.toString());
        String id = DigestUtils.sha256Hex(text) + ".json";
        String manifest = "[{\"Config\":\"" + id + "\",\"RepoTags\":[\"" + name + "\"],\"Layers\":[\"runtime.tar\"]}]";
        return SavedImages.tar(
                new TreeMap<>(Map.of(
                        id,
                        text,
                        "manifest.json",
                        SavedImages.text(manifest),
                        "runtime.tar",
                        whole.file("blobs/" + layer))),
                tar);
    }
}
