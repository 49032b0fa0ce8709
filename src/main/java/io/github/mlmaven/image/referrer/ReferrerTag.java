package io.github.mlmaven.image.referrer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.FindingId;
import io.github.mlmaven.image.ImageException;
import io.github.mlmaven.image.layout.LayoutDocument;
import io.github.mlmaven.image.layout.OciLayout;
import io.github.mlmaven.model.Digest;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * The tag under which an index lists what refers to an image, in registries that keep no such list (OCI distribution
 * specification, "Referrers Tag Schema").
 *
 * @param repository the repository, with its registry
 * @param image the digest of the image's manifest
 */
record ReferrerTag(String repository, Digest image) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MEDIA_TYPE = "mediaType";

    /** The tag. */
    String name() {
        return "sha256-" + image.hex();
    }

    /**
     * The index with these in it.
     *
     * @param there what the tag is now, if there is such a tag
     * @throws ImageException when it is no index
     */
    LayoutDocument with(List<Referrer> referrers, Optional<byte[]> there) throws ImageException, IOException {
        ObjectNode index = there.isEmpty() ? empty() : read(there.get());
        Referrer.put(referrers, index);
        return new LayoutDocument(OciLayout.INDEX, index);
    }

    private static ObjectNode empty() {
        ObjectNode node = JSON.createObjectNode().put("schemaVersion", 2).put(MEDIA_TYPE, OciLayout.INDEX);
        node.putArray("manifests");
        return node;
    }

    private ObjectNode read(byte[] there) throws ImageException, IOException {
        JsonNode json;
        try {
            json = JSON.readTree(there);
        } catch (JsonProcessingException e) {
            throw refused("something that is not JSON");
        }
        String type = json.path(MEDIA_TYPE).asText();
        if (!type.equals(OciLayout.INDEX) || !json.path("manifests").isArray()) {
            throw refused(type.matches("[\\w.+/-]{1,100}") ? type : "something without a known media type");
        }
        return (ObjectNode) json;
    }

    private ImageException refused(String found) {
        return new ImageException(Finding.of(
                FindingId.IMAGE_PUSH,
                repository + ":" + name(),
                "the tag that lists what refers to the image is not such a list",
                OciLayout.INDEX,
                found + ", which is left as it is",
                "Delete that tag, or set ml.attest.push to false."));
    }
}
