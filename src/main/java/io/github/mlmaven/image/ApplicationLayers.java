package io.github.mlmaven.image;

import io.github.mlmaven.image.layer.Layer;
import io.github.mlmaven.image.layer.Layer.Compression;
import io.github.mlmaven.image.layer.LayerEntry;
import io.github.mlmaven.verify.VerifiedModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The layers above the base, from what changes least to what changes most. */
final class ApplicationLayers {

    /** The name of the layer with the engine's natives. */
    static final String NATIVES = "natives";

    private ApplicationLayers() {}

    static List<Layer> of(ApplicationTree tree, List<VerifiedModel> models) throws IOException {
        List<Layer> layers = new ArrayList<>();
        layers.add(layer(NATIVES, Compression.GZIP, tree, "native"));
        layers.add(layer("dependencies", Compression.GZIP, tree, "lib"));
        for (VerifiedModel model : models) {
            // Weights do not compress, and trying to is what takes longest.
            layers.add(layer("model/" + model.name(), Compression.NONE, tree, ApplicationTree.folder(model)));
        }
        layers.add(layer("application", Compression.GZIP, tree, "classes"));
        return layers;
    }

    private static Layer layer(String name, Compression compression, ApplicationTree tree, String folder)
            throws IOException {
        List<LayerEntry> entries = new ArrayList<>();
        for (Path file : Folders.files(tree.root().resolve(folder))) {
            String path = ApplicationTree.ROOT + "/" + Folders.relative(tree.root(), file);
            entries.add(new LayerEntry.Copy(path, LayerEntry.PLAIN, file));
        }
        if (entries.isEmpty()) {
            entries.add(new LayerEntry.Folder(ApplicationTree.ROOT + "/" + folder, LayerEntry.EXECUTABLE));
        }
        return new Layer(name, compression, entries);
    }
}
