package io.github.mlmaven.image.models;

import io.github.mlmaven.image.layer.Blob;
import io.github.mlmaven.image.layer.ChangedFileException;
import io.github.mlmaven.image.layer.Measured;
import io.github.mlmaven.model.Digest;
import io.github.mlmaven.model.ModelFile;
import io.github.mlmaven.model.json.DescriptorJson;
import io.github.mlmaven.verify.VerifiedModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A file of one version of a model.
 *
 * @param path its path below the folder of all models: {@code NAME/VERSION/FILE}
 * @param size bytes
 * @param digest of all its bytes
 * @param content its bytes; a {@link ChangedFileException} when they are not those that were verified
 */
public record VersionFile(String path, long size, Digest digest, Blob content) {

    /** The folder of one version below that of all models. */
    public static String folder(VerifiedModel model) {
        return model.name() + "/" + model.version();
    }

    /**
     * The files of one version by path: the model's own, and their descriptor, with which the folder can be served as it
     * is.
     */
    public static List<VersionFile> of(VerifiedModel model) throws IOException {
        List<VersionFile> files = new ArrayList<>(List.of(descriptor(model)));
        for (ModelFile file : model.inspected().files()) {
            files.add(new VersionFile(
                    folder(model) + "/" + file.path(), file.size(), file.digest(), out -> copy(model, file, out)));
        }
        files.sort(Comparator.comparing(VersionFile::path));
        return files;
    }

    private static VersionFile descriptor(VerifiedModel model) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DescriptorJson.write(bytes, List.of(model.descriptor()));
        byte[] content = bytes.toByteArray();
        Measured measured = Measured.of(out -> out.write(content));
        return new VersionFile(
                folder(model) + "/" + DescriptorJson.VERSION_FILE,
                measured.size(),
                measured.digest(),
                out -> out.write(content));
    }

    private static void copy(VerifiedModel model, ModelFile file, OutputStream out) throws IOException {
        Path source = model.inspected().source().folder().resolve(file.path());
        String layer = "model/" + model.name();
        String place = model.inspected().source().place() + "/" + file.path();
        // Before any of it is written: where it goes has room for the size that was verified, and for no other.
        long size = Files.size(source);
        if (size != file.size()) {
            throw new ChangedFileException(layer, place, file.size() + " bytes", size + " bytes");
        }
        Measured copied = Measured.tee(o -> Files.copy(source, o), out);
        if (!copied.digest().equals(file.digest())) {
            throw new ChangedFileException(
                    layer, place, file.digest().toString(), copied.digest().toString());
        }
    }
}
