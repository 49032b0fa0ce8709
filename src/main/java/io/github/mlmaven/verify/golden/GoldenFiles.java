package io.github.mlmaven.verify.golden;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.FindingId;
import io.github.mlmaven.inspect.onnx.TensorProtoReader;
import io.github.mlmaven.model.Digest;
import io.github.mlmaven.model.ModelFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.commons.codec.digest.DigestUtils;

/** Opens files of one golden folder: none outside it, none that is no plain file, none too large. */
final class GoldenFiles {

    private static final long MAX_TOTAL = 1L << 30;

    private final Path root;
    private final String place;
    private long total;

    GoldenFiles(Path root, String place) {
        this.root = root;
        this.place = place;
    }

    Path root() {
        return root;
    }

    /** A file with its content. */
    static final class Content {

        private final ModelFile file;
        private final byte[] bytes;

        private Content(ModelFile file, byte[] bytes) {
            this.file = file;
            this.bytes = bytes;
        }

        /** Path, size and digest. */
        ModelFile file() {
            return file;
        }

        /** Everything in it; not copied. */
        byte[] bytes() {
            return bytes;
        }
    }

    /** Reads a file, or says into the draft why it cannot be. */
    Optional<Content> read(String path, CaseDraft draft) {
        String where = place + "/" + path;
        try {
            Path file = root.resolve(path).toRealPath();
            if (!file.startsWith(root)) {
                draft.problem(Finding.of(
                        FindingId.SAFE_LINK,
                        where,
                        "a link leads out of the golden folder",
                        "a file inside " + place,
                        "a link to elsewhere",
                        "Copy the file to where the link is."));
                return Optional.empty();
            }
            if (!Files.isRegularFile(file)) {
                draft.problem(
                        invalid(where, "it is no plain file", "a file", "something else", "Replace it by a file."));
                return Optional.empty();
            }
            long size = Files.size(file);
            if (size > TensorProtoReader.MAX_BYTES || total + size > MAX_TOTAL) {
                String limit = size > TensorProtoReader.MAX_BYTES
                        ? (TensorProtoReader.MAX_BYTES >> 20) + " MiB in a file"
                        : (MAX_TOTAL >> 20) + " MiB in all golden files of a model";
                draft.problem(invalid(
                        where, "golden data is too large", "at most " + limit, size + " bytes", "Use fewer rows."));
                return Optional.empty();
            }
            total += size;
            byte[] bytes;
            try (InputStream in = Files.newInputStream(file)) {
                bytes = in.readNBytes((int) size);
            }
            return Optional.of(
                    new Content(new ModelFile(path, bytes.length, new Digest(DigestUtils.sha256Hex(bytes))), bytes));
        } catch (IOException e) {
            draft.problem(unreadable(where, e));
            return Optional.empty();
        }
    }

    static Finding invalid(String place, String message, String expected, String found, String next) {
        return Finding.of(FindingId.GOLDEN_INVALID, place, message, expected, found, next);
    }

    static Finding unreadable(String place, Exception e) {
        Throwable reason = e instanceof UncheckedIOException && e.getCause() != null ? e.getCause() : e;
        return invalid(
                place,
                "it cannot be read",
                "a readable file",
                reason.getClass().getSimpleName(),
                "Check that it exists and its permissions.");
    }
}
