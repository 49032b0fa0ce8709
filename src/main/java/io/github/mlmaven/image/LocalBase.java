package io.github.mlmaven.image;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.FindingId;
import io.github.mlmaven.image.layer.ChangedLayerException;
import io.github.mlmaven.image.layer.LayerStore;
import io.github.mlmaven.image.layer.Measured;
import io.github.mlmaven.image.layer.MeasuringInput;
import io.github.mlmaven.image.layer.StoredLayer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A base that is in a file or in the Docker daemon. Its layers come without the compression that a registry would have
 * them in, so that it is ours, the same on every machine.
 *
 * @param base where it is
 * @param platform what it is for
 * @param java the machine's own
 * @param log where it is told what could not be found out
 */
record LocalBase(BaseImage.Local base, Platform platform, Path java, ImageLog log) implements Base {

    @Override
    public BaseContents contents(ImageRequest request, ApplicationTree tree, JibBase jib)
            throws ImageException, IOException, InterruptedException {
        Path scratch = request.output().workFolder().resolve("base-saved.tar");
        String reference = base.image().reference();
        try {
            SavedImage saved = base.image().open(base.id(), scratch);
            ObjectNode config = jib.above(saved.config(), reference, platform);
            BaseFiles files = new BaseFiles();
            List<Measured> measured = new ArrayList<>();
            for (SavedImage.SavedLayer layer : saved.layers()) {
                measured.add(look(layer, files));
            }
            BaseContents unstored = new BaseContents(config, List.of(), files);
            // Before minutes are spent on compressing what is of no use.
            new BaseChecks(reference, platform, log).check(unstored, request, tree);
            return store(saved, measured, unstored, request.output().sharedLayers(request.digests()));
        } finally {
            Files.deleteIfExists(scratch);
        }
    }

    /** Reads a layer's files, and makes sure that they are those of the image. */
    private Measured look(SavedImage.SavedLayer layer, BaseFiles files) throws ImageException, IOException {
        Optional<InputStream> tar = layer.open();
        if (tar.isEmpty()) {
            throw wrong(layer, "no such file");
        }
        Measured measured;
        try (MeasuringInput in = new MeasuringInput(tar.get())) {
            files.add(in);
            measured = in.toEnd();
        } catch (IOException e) {
            throw wrong(layer, "what cannot be read (" + e.getMessage() + ")");
        }
        if (!measured.digest().equals(layer.diffId())) {
            throw wrong(layer, measured.digest().toString());
        }
        return measured;
    }

    private ImageException wrong(SavedImage.SavedLayer layer, String found) {
        return new ImageException(Finding.of(
                FindingId.IMAGE_BASE,
                base.image().reference(),
                "the layer " + layer.name() + " is not what the image's configuration says",
                layer.diffId().toString(),
                found,
                SavedImage.NEXT));
    }

    private static BaseContents store(
            SavedImage saved, List<Measured> measured, BaseContents unstored, LayerStore store)
            throws ImageException, IOException {
        List<StoredLayer> layers = new ArrayList<>();
        for (SavedImage.SavedLayer layer : saved.layers()) {
            layers.add(store.store("base", measured.get(layers.size()), out -> copy(layer, out)));
        }
        return new BaseContents(unstored.config(), layers, unstored.files());
    }

    private static void copy(SavedImage.SavedLayer layer, OutputStream out) throws IOException {
        try (InputStream in = layer.open().orElseThrow(() -> new ChangedLayerException("base"))) {
            in.transferTo(out);
        }
    }
}
