package io.github.mlmaven.image.referrer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mlmaven.files.WholeFile;
import io.github.mlmaven.finding.FindingId;
import io.github.mlmaven.image.ImageException;
import io.github.mlmaven.image.layout.OciLayout;
import io.github.mlmaven.model.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Attaches documents to an image in a folder that is an OCI layout: its index lists them beside the image.
 *
 * @param folder the layout
 * @param place the folder as messages write it
 */
public record LayoutReferrers(Path folder, String place) {

    private static final int MAX_BYTES = 4 << 20;
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Attaches them, in the place of those of an earlier run. The index is written when all that it names is there, and
     * what it names no more is deleted then.
     *
     * @param image the digest of the image's manifest
     * @throws ImageException when the folder does not have the image any more
     */
    public Attached attach(Digest image, List<Attachment> attachments) throws ImageException, IOException {
        ObjectNode index = index(image);
        byte[] manifest = bytes(folder.resolve(OciLayout.path(image)))
                .filter(content -> DigestUtils.sha256Hex(content).equals(image.hex()))
                .orElseThrow(() -> missing(image));
        ObjectNode subject = Referrer.subject(image, manifest);
        List<Referrer> referrers = new ArrayList<>();
        for (Attachment attachment : attachments) {
            referrers.add(Referrer.of(attachment, subject));
        }
        Set<Path> needed = new HashSet<>();
        for (Referrer referrer : referrers) {
            needed.add(write(Referrer.config().digest(), Referrer.config().content()));
            needed.add(write(referrer.blob(), referrer.attachment().content()));
            needed.add(write(referrer.manifest().digest(), referrer.manifest().content()));
        }
        List<JsonNode> replaced = Referrer.put(referrers, index);
        WholeFile.write(folder.resolve("index.json"), out -> out.write(JSON.writeValueAsBytes(index)));
        for (JsonNode entry : replaced) {
            delete(entry, needed);
        }
        return new Attached(
                place, image, referrers.stream().map(Referrer::document).toList(), Optional.empty());
    }

    private ObjectNode index(Digest image) throws ImageException, IOException {
        Optional<JsonNode> index = document(folder.resolve("index.json"));
        if (index.isEmpty()
                || !index.get().path("manifests").findValuesAsText("digest").contains(image.toString())) {
            throw missing(image);
        }
        return (ObjectNode) index.get();
    }

    private ImageException missing(Digest image) {
        return new ImageException(
                FindingId.IMAGE_TARGET,
                place,
                "the OCI layout does not have the image " + image + " any more, so nothing can be attached to it",
                "Find out what else writes into that folder, and build again.");
    }

    private Path write(Digest digest, byte[] content) throws IOException {
        Path blob = folder.resolve(OciLayout.path(digest));
        if (!Files.exists(blob)) {
            WholeFile.write(blob, out -> out.write(content));
        }
        return blob;
    }

    /** Deletes the manifest and the document of an earlier run, but nothing that others may share. */
    private void delete(JsonNode entry, Set<Path> needed) throws IOException {
        Optional<Path> manifest = blob(entry);
        if (manifest.isEmpty() || needed.contains(manifest.get())) {
            return;
        }
        Optional<JsonNode> document = document(manifest.get());
        Optional<Path> layer = document.flatMap(read -> blob(read.path("layers").path(0)));
        Files.deleteIfExists(manifest.get());
        if (layer.isPresent() && !needed.contains(layer.get())) {
            Files.deleteIfExists(layer.get());
        }
    }

    private Optional<Path> blob(JsonNode descriptor) {
        try {
            return Optional.of(folder.resolve(
                    OciLayout.path(Digest.parse(descriptor.path("digest").asText()))));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** A file that is no longer than any of the documents. */
    private static Optional<byte[]> bytes(Path file) throws IOException {
        return Files.isRegularFile(file) && Files.size(file) <= MAX_BYTES
                ? Optional.of(Files.readAllBytes(file))
                : Optional.empty();
    }

    /** A file of JSON, if it is one. */
    private static Optional<JsonNode> document(Path file) throws IOException {
        Optional<byte[]> bytes = bytes(file);
        if (bytes.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readTree(bytes.get())).filter(JsonNode::isObject);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
