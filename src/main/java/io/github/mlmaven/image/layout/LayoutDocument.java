package io.github.mlmaven.image.layout;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mlmaven.image.layer.Measured;
import io.github.mlmaven.model.Digest;
import java.io.IOException;

/** A JSON document that an OCI layout holds under its digest. */
public final class LayoutDocument {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String mediaType;
    private final byte[] content;
    private final Digest digest;

    /** A document of this media type. */
    public LayoutDocument(String mediaType, JsonNode json) throws IOException {
        this.mediaType = mediaType;
        this.content = JSON.writeValueAsBytes(json);
        this.digest = Measured.of(out -> out.write(content)).digest();
    }

    /** Its media type. */
    public String mediaType() {
        return mediaType;
    }

    /** Its bytes. */
    public byte[] content() {
        return content.clone();
    }

    /** The digest of its bytes. */
    public Digest digest() {
        return digest;
    }

    LayoutPart part() {
        return LayoutPart.of(OciLayout.path(digest), content);
    }

    /** What names it (OCI image specification, "Content Descriptors"). */
    public ObjectNode descriptor() {
        return descriptor(mediaType, digest, content.length);
    }

    /** What names a blob. */
    public static ObjectNode descriptor(String mediaType, Digest digest, long size) {
        return JSON.createObjectNode()
                .put("mediaType", mediaType)
                .put("digest", digest.toString())
                .put("size", size);
    }
}
