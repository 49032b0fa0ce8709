package io.github.mlmaven.inspect;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.FindingId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells by its first bytes what a file is that is not what it should be. */
public final class FileContent {

    private static final int HEAD = 1024;
    private static final String LFS = "version https://git-lfs.github.com/spec/v1";
    private static final Pattern LFS_SIZE = Pattern.compile("(?m)^size ([0-9]{1,18})$");

    /** Longer than this, a file that starts like a pointer is none. */
    private static final int LFS_MAX = 1024;

    private final byte[] head;
    private final String text;

    private FileContent(byte[] head) {
        this.head = head;
        this.text = new String(head, StandardCharsets.ISO_8859_1);
    }

    /** Reads the first bytes of a file; of one that cannot be read, none. */
    public static FileContent of(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return new FileContent(in.readNBytes(HEAD));
        } catch (IOException e) {
            return new FileContent(new byte[0]);
        }
    }

    /** A finding when the file is a Git LFS pointer. */
    public Optional<Finding> lfsPointer(String place) {
        if (!text.startsWith(LFS) || head.length >= LFS_MAX) {
            return Optional.empty();
        }
        Matcher size = LFS_SIZE.matcher(text);
        return Optional.of(Finding.of(
                FindingId.MODEL_LFS,
                place,
                "the file is a Git LFS pointer, not the model",
                size.find() ? "the file itself, " + size.group(1) + " bytes" : "the file itself",
                "a pointer of " + head.length + " bytes",
                "Run `git lfs pull`; in CI, switch LFS on in the checkout."));
    }

    /** A finding when the file is recognisably something else than a model of this format. */
    public Optional<Finding> notThisFormat(String place, String format) {
        return lfsPointer(place)
                .or(() -> name().map(name -> Finding.of(
                        FindingId.MODEL_FORMAT,
                        place,
                        "the content is not " + format,
                        "an " + format + " model",
                        name,
                        "Export the model to " + format + " and save it here.")));
    }

    /** Whether it starts like an ONNX model: a small {@code ir_version}, then another field of {@code ModelProto}. */
    boolean startsLikeOnnx() {
        // Tags of the fields 2 to 8 and 14: strings, a number, messages. protobuf.dev/programming-guides/encoding
        return head.length > 2 && head[0] == 0x08 && head[1] > 0 && "\022\032\"(2:Br".indexOf(head[2]) >= 0;
    }

    /** What the file looks like, if it can be told. */
    Optional<String> name() {
        return Arrays.stream(Signature.values())
                .filter(signature -> text.startsWith(signature.magic, signature.offset))
                .map(signature -> signature.name)
                .findFirst()
                .or(() -> isText() ? Optional.of("text") : Optional.empty());
    }

    private boolean isText() {
        if (head.length == 0) {
            return false;
        }
        for (byte b : head) {
            if (b >= 0 && b < 0x20 && b != '\n' && b != '\r' && b != '\t' && b != '\f') {
                return false;
            }
        }
        String decoded = new String(head, StandardCharsets.UTF_8);
        int wrong = decoded.indexOf('\ufffd');
        // The head may end within a character.
        return wrong < 0 || (head.length == HEAD && wrong == decoded.length() - 1);
    }

    /** First bytes by which other formats are known; the more particular first. */
    private enum Signature {
        ZIP(0, "PK\u0003\u0004", "a ZIP archive, as PyTorch (.pt), Keras (.keras) and NumPy (.npz) write it"),
        HDF5(0, "\u0089HDF\r\n", "an HDF5 file, as Keras (.h5) writes it"),
        PICKLE2(0, "\u0080\u0002", "a Python pickle"),
        PICKLE3(0, "\u0080\u0003", "a Python pickle"),
        PICKLE4(0, "\u0080\u0004", "a Python pickle"),
        PICKLE5(0, "\u0080\u0005", "a Python pickle"),
        GZIP(0, "\u001f\u008b", "a gzip file"),
        XZ(0, "\u00fd7zXZ", "an xz file"),
        ZSTD(0, "(\u00b5/\u00fd", "a Zstandard file"),
        BZIP2(0, "BZh", "a bzip2 file"),
        TAR(257, "ustar", "a tar archive"),
        NUMPY(0, "\u0093NUMPY", "a NumPy array (.npy)"),
        GGUF(0, "GGUF", "a GGUF model"),
        TFLITE(4, "TFL3", "a TensorFlow Lite model"),
        ORT(4, "ORTM", "a model in ONNX Runtime's own format (.ort)"),
        SAFETENSORS(8, "{\"", "a safetensors file"),
        ELF(0, "\u007fELF", "an ELF program or library"),
        PDF(0, "%PDF", "a PDF document"),
        HTML(0, "<!DOCTYPE html", "an HTML page"),
        HTML_LOWER(0, "<!doctype html", "an HTML page"),
        HTML_BARE(0, "<html", "an HTML page"),
        XML(0, "<?xml", "XML"),
        LIGHTGBM(0, "tree\nversion=", "a LightGBM text model");

        private final int offset;
        private final String magic;
        private final String name;

        Signature(int offset, String magic, String name) {
            this.offset = offset;
            this.magic = magic;
            this.name = name;
        }
    }
}
