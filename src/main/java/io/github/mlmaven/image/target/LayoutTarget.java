package io.github.mlmaven.image.target;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mlmaven.files.FileTree;
import io.github.mlmaven.files.ProcessFiles;
import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.FindingId;
import io.github.mlmaven.image.ImageException;
import io.github.mlmaven.image.ImageProgress;
import io.github.mlmaven.image.ImageTarget;
import io.github.mlmaven.image.OciImage;
import io.github.mlmaven.image.Placement;
import io.github.mlmaven.image.layer.ChangedLayerException;
import io.github.mlmaven.image.layer.StoredLayer;
import io.github.mlmaven.image.layout.LayoutDocument;
import io.github.mlmaven.image.layout.OciLayout;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A folder that is an OCI layout (OCI image specification, "Image Layout").
 *
 * @param folder the folder; until it is complete, what was there stays
 * @param place the folder as messages write it
 * @param progress who watches while it is written
 */
record LayoutTarget(Path folder, String place, ImageProgress progress) implements ImageTarget {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String HALF = ".tmp";
    private static final String OLD = ".old";

    @Override
    public void check() throws ImageException, IOException {
        restore();
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS) || isEmptyFolder()) {
            return;
        }
        if (!Files.isRegularFile(folder.resolve("oci-layout"))) {
            throw refused("is no OCI layout", "no folder, an empty one, or an OCI layout that this plugin wrote");
        }
        if (!isOurs()) {
            throw refused("is an OCI layout that this plugin did not write", "no folder, or one that it wrote");
        }
    }

    /** Puts back what a build that was killed had set aside, and deletes what it had begun. */
    private void restore() throws IOException {
        Path target = target();
        for (Path old : ProcessFiles.left(target, OLD)) {
            if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
                FileTree.delete(old);
            } else {
                Files.move(old, target, StandardCopyOption.ATOMIC_MOVE);
            }
        }
        for (Path half : ProcessFiles.left(target, HALF)) {
            FileTree.delete(half);
        }
    }

    private Path target() throws IOException {
        return Files.exists(folder) ? folder.toRealPath() : folder.toAbsolutePath();
    }

    private boolean isEmptyFolder() throws IOException {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            return !files.iterator().hasNext();
        }
    }

    private boolean isOurs() throws IOException {
        Path index = folder.resolve("index.json");
        if (!Files.isRegularFile(index)) {
            return false;
        }
        try {
            JsonNode json = JSON.readTree(index.toFile());
            return json.path("annotations").path(OciLayout.WRITER).asText().equals(OciLayout.OURS);
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    private ImageException refused(String what, String expected) {
        return new ImageException(Finding.of(
                FindingId.IMAGE_TARGET,
                "ml.image.to",
                "the folder of oci:" + place + " " + what,
                expected,
                "something else, which is left as it is",
                "Name another folder in ml.image.to, or delete this one."));
    }

    @Override
    public Placement put(OciImage image) throws ImageException, IOException {
        // Once more: a build takes its time, and what is replaced is deleted.
        check();
        Path target = target();
        Path whole = ProcessFiles.mine(target, HALF);
        Path old = ProcessFiles.mine(target, OLD);
        try {
            write(image, whole);
            if (Files.exists(target)) {
                Files.move(target, old, StandardCopyOption.ATOMIC_MOVE);
            }
            move(whole, target, old);
        } finally {
            FileTree.delete(whole);
        }
        FileTree.delete(old);
        return new Placement.Layout(folder);
    }

    private static void move(Path whole, Path target, Path old) throws IOException {
        try {
            Files.move(whole, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            if (Files.exists(old)) {
                Files.move(old, target, StandardCopyOption.ATOMIC_MOVE);
            }
            throw e;
        }
    }

    private void write(OciImage image, Path whole) throws ImageException, IOException {
        Path blobs = Files.createDirectories(whole.resolve("blobs").resolve("sha256"));
        for (StoredLayer layer : image.layout().distinctLayers()) {
            try (OutputStream out =
                    Files.newOutputStream(blobs.resolve(layer.digest().hex()))) {
                layer.write(progress.watch("Writing layer " + layer.name(), layer.size(), out));
            } catch (ChangedLayerException e) {
                throw ImageException.of(e);
            }
        }
        for (LayoutDocument document : image.layout().documents()) {
            Files.write(blobs.resolve(document.digest().hex()), document.content());
        }
        ObjectNode index = image.layout().indexDocument();
        index.putObject("annotations").put(OciLayout.WRITER, OciLayout.OURS);
        Files.write(whole.resolve("index.json"), JSON.writeValueAsBytes(index));
        Files.write(whole.resolve("oci-layout"), OciLayout.versionBytes());
    }
}
