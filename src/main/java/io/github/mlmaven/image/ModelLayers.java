package io.github.mlmaven.image;

import io.github.mlmaven.files.WholeFile;
import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.image.layer.ChangedLayerException;
import io.github.mlmaven.image.layer.Layer;
import io.github.mlmaven.image.layer.LayerStore;
import io.github.mlmaven.image.layer.LayerTar;
import io.github.mlmaven.image.layer.Measured;
import io.github.mlmaven.image.layer.StoredLayer;
import io.github.mlmaven.lock.FileDigests;
import io.github.mlmaven.model.Digest;
import io.github.mlmaven.model.ModelFile;
import io.github.mlmaven.verify.VerifiedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * The layers of models. A layer's digest follows from those of the files that were verified, so once it has been found
 * out, the files need not be read again for it. It is remembered in a text file, a line {@code KEY DIGEST SIZE} for each
 * layer; what cannot be understood in it counts for nothing.
 */
final class ModelLayers {

    private static final int MAX_BYTES = 1 << 20;
    private static final int FIELDS = 3;

    private final Path memory;
    private final boolean trusted;
    private final Map<String, Measured> known;

    /**
     * @param memory the text file
     * @param trusted whether it is read, and not only written anew
     */
    ModelLayers(Path memory, boolean trusted) throws IOException {
        this.memory = memory;
        this.trusted = trusted;
        this.known = trusted ? read(memory) : new TreeMap<>();
    }

    /**
     * Stores the layer of a model.
     *
     * @param layer the model's files, as they are on disk
     * @throws ImageException when a file is not the one that was verified
     * @throws ChangedLayerException when one was not for a moment
     */
    StoredLayer store(VerifiedModel model, Layer layer) throws ImageException, IOException {
        String key = key(model, layer);
        Measured tar = known.get(key);
        if (tar == null) {
            try {
                // What is remembered is of files that have the digests by which it is remembered.
                tar = Measured.of(out -> LayerTar.write(layer, verified(model), out));
            } catch (ChangedLayerException e) {
                check(model);
                throw e;
            }
            known.put(key, tar);
            if (trusted) {
                write();
            }
        }
        return new StoredLayer(
                layer.name(), LayerStore.TAR, tar.digest(), tar.size(), tar.digest(), tar.size(), out -> {
                    requireSizes(model, layer.name());
                    LayerTar.write(layer, out);
                });
    }

    private static Map<Path, Digest> verified(VerifiedModel model) {
        Path source = model.inspected().source().folder();
        Map<Path, Digest> digests = new HashMap<>();
        model.inspected().files().forEach(file -> digests.put(source.resolve(file.path()), file.digest()));
        return digests;
    }

    /** A tar says sizes first: a file of another one would break it before its digest is known. */
    private static void requireSizes(VerifiedModel model, String layer) throws IOException {
        for (ModelFile file : model.inspected().files()) {
            if (Files.size(model.inspected().source().folder().resolve(file.path())) != file.size()) {
                throw new ChangedLayerException(layer);
            }
        }
    }

    /** Refuses a model whose files are not those that were verified. */
    static void check(VerifiedModel model) throws ImageException, IOException {
        Path source = model.inspected().source().folder();
        Map<Path, ModelFile> verified = new HashMap<>();
        model.inspected().files().forEach(file -> verified.put(source.resolve(file.path()), file));
        List<Finding> findings = new ArrayList<>();
        FileDigests.reading().of(verified.keySet()).forEach((path, digest) -> {
            ModelFile file = verified.get(path);
            if (file != null && !digest.equals(file.digest())) {
                findings.add(ImageException.changedFile(
                        model.inspected().source().place() + "/" + file.path(),
                        file.digest().toString(),
                        digest.toString()));
            }
        });
        if (!findings.isEmpty()) {
            throw new ImageException(findings);
        }
    }

    private static String key(VerifiedModel model, Layer layer) {
        StringBuilder text = new StringBuilder(LayerTar.FORMAT);
        layer.entries().keySet().forEach(path -> text.append('\n').append(path));
        model.inspected()
                .files()
                .forEach(file -> text.append('\n')
                        .append(file.path())
                        .append('\0')
                        .append(file.size())
                        .append('\0')
                        .append(file.digest().hex()));
        return DigestUtils.sha256Hex(text.toString());
    }

    private static Map<String, Measured> read(Path memory) throws IOException {
        Map<String, Measured> known = new TreeMap<>();
        for (String line : WholeFile.lines(memory, MAX_BYTES)) {
            parse(line.split(" ", -1)).ifPresent(measured -> known.put(line.substring(0, line.indexOf(' ')), measured));
        }
        return known;
    }

    private static Optional<Measured> parse(String[] fields) {
        try {
            return fields.length == FIELDS
                    ? Optional.of(new Measured(new Digest(fields[1]), Long.parseLong(fields[2])))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private void write() throws IOException {
        StringBuilder text = new StringBuilder();
        known.forEach((key, tar) -> text.append(key)
                .append(' ')
                .append(tar.digest().hex())
                .append(' ')
                .append(tar.size())
                .append('\n'));
        WholeFile.write(memory, text.toString());
    }
}
