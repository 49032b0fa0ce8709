package io.github.mlmaven.embed.archive;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.FindingId;
import io.github.mlmaven.inspect.ModelSource;
import io.github.mlmaven.model.ModelFile;
import io.github.mlmaven.verify.VerifiedModel;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.commons.codec.binary.Hex;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.commons.compress.archivers.zip.Zip64Mode;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;

/**
 * Packs a verified model with its golden data into a zip archive: sorted, not compressed, as weights do not compress, and
 * without anything of the machine. Zip64 where an archive needs it.
 */
public final class ModelZip {

    /** The folder of the golden data in the archive. */
    private static final String GOLDEN = "golden/";

    private static final int MODE = 0100644;

    private final SortedMap<String, Source> entries = new TreeMap<>();

    /** A file on disk, and what it was when it was verified. */
    private record Source(Path file, ModelFile verified) {}

    private ModelZip(VerifiedModel model) {
        ModelSource source = model.inspected().source();
        for (ModelFile file : model.inspected().files()) {
            entries.put(file.path(), new Source(source.folder().resolve(file.path()), file));
        }
        model.golden().stream().flatMap(golden -> golden.files().stream()).forEach(file -> {
            Path golden = source.goldenFolder().resolve(file.path());
            // An input example of MLflow is golden data that lies in the model's own folder.
            if (Files.isRegularFile(golden)) {
                entries.put(GOLDEN + file.path(), new Source(golden, file));
            }
        });
    }

    /** Why a model cannot be packed so that whoever unpacks it gets the same model. */
    public static Optional<Finding> obstacle(VerifiedModel model) {
        return model.inspected().files().stream()
                .map(ModelFile::path)
                .filter(path -> path.startsWith(GOLDEN))
                .findFirst()
                .map(path -> Finding.of(
                        FindingId.MODEL_ARTIFACT,
                        model.inspected().source().place() + "/" + path,
                        "a file of the model lies where its archive has the golden data",
                        "no folder " + GOLDEN + " in the model's folder",
                        path,
                        "Rename the folder."));
    }

    /**
     * Writes the archive, whole or not at all.
     *
     * @throws IOException also when a file is not what was verified
     */
    public static void write(VerifiedModel model, Path zip, EntryTime time) throws IOException {
        Files.createDirectories(zip.toAbsolutePath().normalize().resolveSibling("."));
        Path temporary = zip.resolveSibling(zip.getFileName() + ".tmp");
        try {
            new ModelZip(model).write(temporary, time);
            Files.move(temporary, zip, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private void write(Path zip, EntryTime time) throws IOException {
        try (ZipArchiveOutputStream out = new ZipArchiveOutputStream(zip)) {
            out.setUseZip64(Zip64Mode.AsNeeded);
            for (Map.Entry<String, Source> entry : entries.entrySet()) {
                ZipArchiveEntry header = new ZipArchiveEntry(entry.getKey());
                header.setMethod(ZipArchiveEntry.STORED);
                header.setSize(entry.getValue().verified().size());
                header.setTime(time.asOnTheWall());
                header.setUnixMode(MODE);
                out.putArchiveEntry(header);
                copy(entry.getKey(), entry.getValue(), out);
                out.closeArchiveEntry();
            }
        }
    }

    private static void copy(String name, Source source, ZipArchiveOutputStream out) throws IOException {
        try (InputStream file = Files.newInputStream(source.file());
                DigestInputStream in = new DigestInputStream(file, DigestUtils.getSha256Digest())) {
            in.transferTo(out);
            String digest = Hex.encodeHexString(in.getMessageDigest().digest());
            if (!digest.equals(source.verified().digest().hex())) {
                throw new IOException(name + " is not what was verified: expected "
                        + source.verified().digest() + ", found sha256:" + digest);
            }
        }
    }
}
