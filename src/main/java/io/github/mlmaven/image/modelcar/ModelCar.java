package io.github.mlmaven.image.modelcar;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mlmaven.image.layer.Blob;
import io.github.mlmaven.image.layer.LayerEntry;
import io.github.mlmaven.image.layer.LayerStore;
import io.github.mlmaven.image.layer.LayerTar;
import io.github.mlmaven.image.layer.Measured;
import io.github.mlmaven.image.layer.StoredLayer;
import io.github.mlmaven.image.layout.LayoutBlob;
import io.github.mlmaven.image.layout.LayoutDocument;
import io.github.mlmaven.image.layout.LayoutManifest;
import io.github.mlmaven.image.layout.OciLayout;
import io.github.mlmaven.image.models.ModelsRequest;
import io.github.mlmaven.image.models.VersionFile;
import io.github.mlmaven.verify.VerifiedModel;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The models as an image without a base: {@code /models/NAME/VERSION/}, a layer for each version, and nothing that runs.
 */
public final class ModelCar {

    /** Where the models are in the image. */
    public static final String ROOT = "models";

    private static final String CONFIG = "application/vnd.oci.image.config.v1+json";
    private static final String EPOCH = "1970-01-01T00:00:00Z";
    private static final ObjectMapper JSON = new ObjectMapper();

    private ModelCar() {}

    /** The image with all that it names; nothing is written. */
    public static OciLayout layout(ModelsRequest request) throws IOException {
        List<LayoutBlob> layers = new ArrayList<>();
        for (VerifiedModel model : request.models()) {
            layers.add(LayoutBlob.of(layer(model)));
        }
        LayoutDocument config = new LayoutDocument(CONFIG, config(request, layers));
        ObjectNode manifest = OciLayout.manifest(config, layers, request.annotations());
        ObjectNode index = JSON.createObjectNode();
        index.set("platform", platform(request));
        return OciLayout.image(
                request.name(),
                new LayoutManifest(new LayoutDocument(OciLayout.MANIFEST, manifest), config, layers, index));
    }

    private static StoredLayer layer(VerifiedModel model) throws IOException {
        List<VersionFile> files = VersionFile.of(model);
        Blob tar = out -> write(files, out);
        Measured measured = Measured.of(tar);
        return new StoredLayer(
                "model/" + model.name(),
                LayerStore.TAR,
                measured.digest(),
                measured.size(),
                measured.digest(),
                measured.size(),
                tar);
    }

    /** Folders before what is in them; the files are checked as they go by, which entries of a layer are not. */
    private static void write(List<VersionFile> files, OutputStream out) throws IOException {
        SortedSet<String> folders = new TreeSet<>(List.of(ROOT));
        for (VersionFile file : files) {
            for (int slash = file.path().indexOf('/');
                    slash > 0;
                    slash = file.path().indexOf('/', slash + 1)) {
                folders.add(ROOT + "/" + file.path().substring(0, slash));
            }
        }
        try (LayerTar tar = new LayerTar(out)) {
            for (String folder : folders) {
                tar.folder(folder, LayerEntry.EXECUTABLE);
            }
            for (VersionFile file : files) {
                tar.file(ROOT + "/" + file.path(), LayerEntry.PLAIN, file.size(), file.content());
            }
        }
    }

    /** OCI image specification, "Image Configuration": of the platform at least, whatever runs or does not. */
    private static ObjectNode config(ModelsRequest request, List<LayoutBlob> layers) {
        ObjectNode root = JSON.createObjectNode().put("created", EPOCH);
        root.setAll(platform(request));
        ObjectNode labels = root.putObject("config").putObject("Labels");
        for (Map.Entry<String, String> annotation : request.annotations().entrySet()) {
            labels.put(annotation.getKey(), annotation.getValue());
        }
        ArrayNode diffIds = root.putObject("rootfs").put("type", "layers").putArray("diff_ids");
        ArrayNode history = root.putArray("history");
        for (LayoutBlob blob : layers) {
            diffIds.add(blob.layer().diffId().toString());
            history.addObject()
                    .put("created", EPOCH)
                    .put("created_by", "ml-maven-plugin")
                    .put("comment", blob.layer().name());
        }
        return root;
    }

    private static ObjectNode platform(ModelsRequest request) {
        return JSON.createObjectNode()
                .put("architecture", request.platform().architecture())
                .put("os", request.platform().os());
    }
}
