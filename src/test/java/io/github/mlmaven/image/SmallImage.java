package io.github.mlmaven.image;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mlmaven.image.layer.Layer;
import io.github.mlmaven.image.layer.LayerEntry;
import io.github.mlmaven.image.layer.LayerStore;
import io.github.mlmaven.image.layer.StoredLayer;
import io.github.mlmaven.lock.FileDigests;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Images of a few kilobytes, with a base, a model that is not compressed, and an application. */
public final class SmallImage {

    public static final String NAME = "acme/add-sub:1.4.0";

    private SmallImage() {}

    /** An image whose model is this text; all else is always the same. */
    public static OciImage of(Path folder, String model) throws IOException {
        LayerStore store = new LayerStore(folder.resolve("layers"), FileDigests.reading());
        return image(List.of(
                store.store(layer("base", Layer.Compression.GZIP, "/opt/java/bin/java", "the Java of the base")),
                store.store(layer("model/add-sub", Layer.Compression.NONE, "/app/model/add-sub/1.4.0/m.onnx", model)),
                store.store(layer("application", Layer.Compression.GZIP, "/app/classes/AddSub.class", "a class"))));
    }

    /** An image for both platforms: each has a base and natives of its own, model and application are the same. */
    public static OciImage forBoth(Path folder, String model, String application) throws IOException {
        LayerStore store = new LayerStore(folder.resolve("layers"), FileDigests.reading());
        List<OciImage> images = new ArrayList<>();
        for (Platform platform : List.of(Platform.LINUX_ARM64, Platform.LINUX_AMD64)) {
            images.add(image(
                    platform,
                    List.of(
                            store.store(layer(
                                    "base", Layer.Compression.GZIP, "/opt/java/bin/java", "the Java of " + platform)),
                            store.store(layer(
                                    "natives", Layer.Compression.GZIP, "/app/native/a.so", "natives of " + platform)),
                            store.store(layer(
                                    "model/add-sub", Layer.Compression.NONE, "/app/model/add-sub/1.4.0/m.onnx", model)),
                            store.store(layer(
                                    "application",
                                    Layer.Compression.GZIP,
                                    "/app/classes/AddSub.class",
                                    application)))));
        }
        return OciImage.of(images, Platform.LINUX_AMD64);
    }

    /** An image whose model is another one by the time that it is written. */
    public static OciImage changing(Path folder) throws IOException {
        OciImage image = of(folder, "the model");
        List<StoredLayer> layers = new ArrayList<>(image.layers());
        StoredLayer model = layers.get(1);
        StoredLayer other = of(folder, "the MODEL").layers().get(1);
        layers.set(
                1,
                new StoredLayer(
                        model.name(),
                        model.mediaType(),
                        model.digest(),
                        model.size(),
                        model.diffId(),
                        model.tarSize(),
                        other.blob()));
        return image(layers);
    }

    private static OciImage image(List<StoredLayer> layers) throws IOException {
        return image(Platform.LINUX_AMD64, layers);
    }

    private static OciImage image(Platform platform, List<StoredLayer> layers) throws IOException {
        ObjectNode config = new ObjectMapper().createObjectNode();
        config.put("architecture", platform.architecture()).put("os", "linux").put("created", "1970-01-01T00:00:00Z");
        config.putObject("config").putArray("Entrypoint").add("/opt/java/bin/java");
        ArrayNode diffIds = config.putObject("rootfs").put("type", "layers").putArray("diff_ids");
        layers.forEach(layer -> diffIds.add(layer.diffId().toString()));
        return OciImage.of(NAME, platform, config, layers);
    }

    private static Layer layer(String name, Layer.Compression compression, String path, String content) {
        return new Layer(name, compression, List.of(new LayerEntry.Text(path, LayerEntry.PLAIN, content)));
    }
}
