package io.github.mlmaven.image.referrer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mlmaven.image.layer.Measured;
import io.github.mlmaven.image.layout.LayoutDocument;
import io.github.mlmaven.image.layout.OciLayout;
import io.github.mlmaven.model.Digest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A manifest that names a document and the image that it tells of (OCI image specification, "Guidelines for Artifact
 * Usage"). The same document and image give the same bytes.
 *
 * @param attachment the document
 * @param blob the digest of its bytes
 * @param manifest the manifest
 */
record Referrer(Attachment attachment, Digest blob, LayoutDocument manifest) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String EMPTY = "application/vnd.oci.empty.v1+json";
    private static final String TITLE = "org.opencontainers.image.title";
    private static final String TYPE = "artifactType";
    private static final String ANNOTATIONS = "annotations";

    /**
     * The manifest of a document.
     *
     * @param subject the descriptor of the image's manifest
     */
    static Referrer of(Attachment attachment, ObjectNode subject) throws IOException {
        byte[] content = attachment.content();
        Digest blob = Measured.of(out -> out.write(content)).digest();
        ObjectNode node = JSON.createObjectNode().put("schemaVersion", 2).put("mediaType", OciLayout.MANIFEST);
        node.put(TYPE, attachment.type());
        node.set("config", config().descriptor());
        ObjectNode layer = LayoutDocument.descriptor(attachment.type(), blob, content.length);
        layer.putObject(ANNOTATIONS).put(TITLE, attachment.name());
        node.putArray("layers").add(layer);
        node.set("subject", subject);
        node.putObject(ANNOTATIONS).put(OciLayout.WRITER, OciLayout.OURS);
        return new Referrer(attachment, blob, new LayoutDocument(OciLayout.MANIFEST, node));
    }

    /**
     * What names the image.
     *
     * @param image the digest of its manifest, or of the index of an image for several platforms
     * @param document that manifest or index
     */
    static ObjectNode subject(Digest image, byte[] document) throws IOException {
        String type = JSON.readTree(document).path("mediaType").asText();
        return LayoutDocument.descriptor(
                type.equals(OciLayout.INDEX) ? type : OciLayout.MANIFEST, image, document.length);
    }

    /** The configuration of what has none. */
    static LayoutDocument config() throws IOException {
        return new LayoutDocument(EMPTY, JSON.createObjectNode());
    }

    /** Its entry in an index, with what the specification wants copied. */
    ObjectNode descriptor() {
        ObjectNode node = manifest.descriptor().put(TYPE, attachment.type());
        node.putObject(ANNOTATIONS).put(OciLayout.WRITER, OciLayout.OURS);
        return node;
    }

    /** What is told of it. */
    Attached.Document document() {
        return new Attached.Document(attachment.name(), manifest.digest());
    }

    /** Whether an entry of an index is this one, or what an earlier run wrote in its place. */
    private boolean replaces(JsonNode entry) {
        boolean earlier =
                entry.path(ANNOTATIONS).path(OciLayout.WRITER).asText().equals(OciLayout.OURS)
                        && entry.path(TYPE).asText().equals(attachment.type());
        return earlier || entry.path("digest").asText().equals(manifest.digest().toString());
    }

    /** Puts these into an index, in the place of those of an earlier run; others stay. */
    static List<JsonNode> put(List<Referrer> referrers, ObjectNode index) {
        List<JsonNode> kept = new ArrayList<>();
        List<JsonNode> replaced = new ArrayList<>();
        for (JsonNode entry : index.path("manifests")) {
            (referrers.stream().anyMatch(referrer -> referrer.replaces(entry)) ? replaced : kept).add(entry);
        }
        referrers.forEach(referrer -> kept.add(referrer.descriptor()));
        index.putArray("manifests").addAll(kept);
        return replaced;
    }
}
