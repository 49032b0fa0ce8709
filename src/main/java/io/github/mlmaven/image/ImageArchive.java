package io.github.mlmaven.image;

import io.github.mlmaven.files.FileIdentity;
import io.github.mlmaven.files.ProcessFiles;
import io.github.mlmaven.files.WholeFile;
import io.github.mlmaven.image.layer.LayerTar;
import io.github.mlmaven.image.layout.LayoutPart;
import io.github.mlmaven.image.layout.OciLayout;
import io.github.mlmaven.model.Digest;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The tar of an image. While a build runs there is none of its name: the one of the build before waits beside it, and
 * what the new image still has of it, from its beginning on, stays where it is and is not written again. A text file
 * says what is in it: a line with what tells that the tar is the one that was written, then a line {@code END PATH} for
 * each blob. A tar that is not the one, and one whose build was killed while it wrote, are written from the beginning.
 *
 * @param tar the tar
 * @param contents the text file
 */
record ImageArchive(Path tar, Path contents) {

    private static final int MAX_BYTES = 1 << 20;
    private static final int BUFFER = 1 << 17;
    private static final String SEPARATOR = "\t";
    private static final String PART = ".part";

    /** What the text says of a tar that is whole, and of one that holds the first blobs of an image alone. */
    private static final String WHOLE = "whole";

    private static final String AHEAD = "ahead";

    /** A blob in the tar, and where the next one begins. */
    private record Written(String path, long end) {}

    private Path aside() {
        return tar.resolveSibling("." + tar.getFileName() + PART);
    }

    /** What this process writes: another one that builds the same project has a file of its own. */
    private Path mine() {
        return ProcessFiles.mine(tar, PART);
    }

    /** Takes the tar of an earlier build away, whatever becomes of this one. */
    void setAside() throws IOException {
        for (Path left : ProcessFiles.left(tar, PART)) {
            Files.deleteIfExists(left);
        }
        List<Written> written = written(tar);
        if (!written.isEmpty()) {
            Files.move(tar, aside(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            describe(aside(), WHOLE, written);
        }
        Files.deleteIfExists(tar);
        if (written(aside()).isEmpty()) {
            forget();
        }
    }

    /** Forgets what earlier builds wrote. */
    void forget() throws IOException {
        Files.deleteIfExists(contents);
        Files.deleteIfExists(aside());
    }

    /** Puts back what was set aside, if it still is what was written, and the image with this manifest. */
    boolean restore(Digest manifest) throws IOException {
        List<Written> written = written(aside());
        // The manifest is the last blob.
        if (written.isEmpty() || !written.get(written.size() - 1).path().equals(OciLayout.path(manifest))) {
            return false;
        }
        Files.move(aside(), tar, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        describe(tar, WHOLE, written);
        return true;
    }

    /**
     * Writes what an image will begin with, as if a build before this one had left it: it waits beside the tar's place.
     *
     * @param blobs the image's first ones
     */
    void ahead(List<LayoutPart> blobs, ImageProgress progress) throws IOException {
        if (kept(blobs).size() < blobs.size()) {
            List<Written> written = write("Writing the models", blobs, List.of(), progress);
            Files.move(mine(), aside(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            describe(aside(), AHEAD, written);
        }
    }

    /** Deletes what was written ahead of an image that will not be. */
    void giveUp() throws IOException {
        if (Files.isRegularFile(aside()) && head().equals(identity(aside(), AHEAD))) {
            forget();
        }
    }

    /** Writes an image; until the tar is complete, there is none of its name. */
    void write(OciImage image, ImageProgress progress) throws IOException {
        OciLayout layout = image.layout();
        List<Written> written = write("Writing the image", layout.blobs(), layout.indexes(), progress);
        Files.deleteIfExists(aside());
        Files.move(mine(), tar, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        describe(tar, WHOLE, written);
    }

    /** Makes a tar of this process' own from what was set aside, as far as that is the same. */
    private List<Written> write(String what, List<LayoutPart> blobs, List<LayoutPart> indexes, ImageProgress progress)
            throws IOException {
        Files.createDirectories(tar.toAbsolutePath().resolveSibling(""));
        Path part = mine();
        Files.deleteIfExists(part);
        List<Written> written = kept(blobs);
        if (!written.isEmpty() && !claim(part)) {
            written.clear();
        }
        // From here on it is neither the old one nor the new one.
        Files.deleteIfExists(contents);
        List<LayoutPart> missing = blobs.subList(written.size(), blobs.size());
        long total = missing.stream().mapToLong(LayoutPart::size).sum();
        try (FileChannel file = FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            file.truncate(end(written)).position(end(written));
            OutputStream watched = progress.watch(what, total, Channels.newOutputStream(file));
            append(missing, indexes, watched, file, written);
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(part);
            throw e;
        }
        return written;
    }

    /** Makes what was set aside this process' own, unless another one was faster. */
    private boolean claim(Path part) throws IOException {
        try {
            Files.move(aside(), part, StandardCopyOption.ATOMIC_MOVE);
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private static void append(
            List<LayoutPart> blobs, List<LayoutPart> indexes, OutputStream to, FileChannel file, List<Written> written)
            throws IOException {
        try (BufferedOutputStream buffered = new BufferedOutputStream(to, BUFFER);
                LayerTar out = new LayerTar(buffered)) {
            if (written.isEmpty()) {
                OciLayout.folders(out);
            }
            for (LayoutPart blob : blobs) {
                OciLayout.write(out, List.of(blob));
                out.flush();
                buffered.flush();
                written.add(new Written(blob.path(), file.position()));
            }
            OciLayout.write(out, indexes);
        }
    }

    /** Of what was set aside, from the beginning on, what the image has too. */
    private List<Written> kept(List<LayoutPart> blobs) throws IOException {
        List<Written> kept = new ArrayList<>();
        for (Written one : written(aside())) {
            if (kept.size() == blobs.size()
                    || !one.path().equals(blobs.get(kept.size()).path())) {
                break;
            }
            kept.add(one);
        }
        return kept;
    }

    private static long end(List<Written> written) {
        return written.isEmpty() ? 0 : written.get(written.size() - 1).end();
    }

    private void describe(Path file, String extent, List<Written> written) throws IOException {
        StringBuilder text = new StringBuilder(identity(file, extent)).append('\n');
        written.forEach(one ->
                text.append(one.end()).append(SEPARATOR).append(one.path()).append('\n'));
        WholeFile.write(contents, text.toString());
    }

    /** What is in a tar, if it is the one that was written; else nothing. */
    private List<Written> written(Path file) throws IOException {
        List<String> lines = WholeFile.lines(contents, MAX_BYTES);
        if (!Files.isRegularFile(file)
                || lines.isEmpty()
                || !List.of(identity(file, WHOLE), identity(file, AHEAD)).contains(lines.get(0))) {
            return List.of();
        }
        List<Written> written = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            int tab = line.indexOf(SEPARATOR);
            try {
                written.add(new Written(line.substring(tab + 1), Long.parseLong(line.substring(0, tab))));
            } catch (NumberFormatException | IndexOutOfBoundsException e) {
                return List.of();
            }
        }
        return written;
    }

    private String head() throws IOException {
        return WholeFile.lines(contents, MAX_BYTES).stream().findFirst().orElse("");
    }

    private static String identity(Path file, String extent) throws IOException {
        FileIdentity identity = FileIdentity.of(file);
        return String.join(
                SEPARATOR,
                String.valueOf(identity.size()),
                String.valueOf(identity.modified()),
                String.valueOf(identity.changed()),
                identity.key(),
                extent);
    }
}
