package io.github.mlmaven.image;

import io.github.mlmaven.image.layer.Layer;
import io.github.mlmaven.image.layer.Layer.Compression;
import io.github.mlmaven.image.layer.LayerEntry;
import io.github.mlmaven.image.layer.LayerStore;
import io.github.mlmaven.image.layer.StoredLayer;
import io.github.mlmaven.lock.FileDigests;
import io.github.mlmaven.model.ModelFile;
import io.github.mlmaven.verify.VerifiedModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The layers above the base; but for the natives, they are the same for every platform, and are made once. */
final class ApplicationLayers {

    private static final String NATIVES = "natives";

    private final ImageRequest request;
    private final ApplicationTree tree;

    /**
     * @param tree what was assembled for any of the platforms
     */
    ApplicationLayers(ImageRequest request, ApplicationTree tree) {
        this.request = request;
        this.tree = tree;
    }

    /** Those of the models, each by itself, from files that are what was verified. */
    static List<StoredLayer> models(ImageRequest request) throws ImageException, IOException {
        ImageRequest.Output output = request.output();
        ModelLayers store = new ModelLayers(output.workFolder().resolve("model-layers.txt"), output.reuse());
        List<StoredLayer> stored = new ArrayList<>();
        for (VerifiedModel model : request.content().models()) {
            stored.add(store.store(model, layer(model)));
        }
        return stored;
    }

    /** Of the files themselves, which are not copied to be tried if they are large. */
    private static Layer layer(VerifiedModel model) {
        Path source = model.inspected().source().folder();
        String folder = ApplicationTree.ROOT + "/" + ApplicationTree.folder(model) + "/";
        List<LayerEntry> entries = new ArrayList<>();
        for (ModelFile file : model.inspected().files()) {
            entries.add(new LayerEntry.Copy(folder + file.path(), LayerEntry.PLAIN, source.resolve(file.path())));
        }
        // Weights do not compress, and trying to is what takes longest.
        return new Layer("model/" + model.name(), Compression.NONE, entries);
    }

    /** That of the engine's natives, of which every platform has its own. */
    static StoredLayer natives(ImageRequest request, ApplicationTree tree) throws IOException {
        // They are the engine's, the same for every project.
        return request.output().sharedLayers(request.digests()).store(layer(tree, NATIVES, Compression.GZIP, "native"));
    }

    /** Those above the natives, from what changes least to what changes most, with those of the models at their place. */
    List<StoredLayer> shared(List<StoredLayer> models) throws IOException {
        // Copies in the tree are new in each build, so that nothing is remembered of them.
        FileDigests digests = FileDigests.reading();
        // To compress many jars takes seconds, and they are seldom others.
        LayerStore kept = request.output().sharedLayers(digests);
        LayerStore own = new LayerStore(request.output().workFolder().resolve("layers"), digests);
        List<StoredLayer> stored = new ArrayList<>();
        stored.add(kept.store(layer(tree, "dependencies", Compression.GZIP, "lib")));
        stored.addAll(models);
        stored.add(own.store(layer(tree, "application", Compression.GZIP, "classes")));
        return stored;
    }

    private static Layer layer(ApplicationTree tree, String name, Compression compression, String folder)
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
