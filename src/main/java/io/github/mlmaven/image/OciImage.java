package io.github.mlmaven.image;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mlmaven.image.layer.StoredLayer;
import io.github.mlmaven.image.layout.LayoutBlob;
import io.github.mlmaven.image.layout.LayoutDocument;
import io.github.mlmaven.image.layout.OciLayout;
import io.github.mlmaven.model.Digest;
import java.io.IOException;
import java.util.List;
import java.util.SortedMap;

/** An image that something runs, for one platform (OCI image specification, "Image Manifest"). */
public final class OciImage {

    private static final String CONFIG = "application/vnd.oci.image.config.v1+json";

    private final OciLayout layout;

    /**
     * @param name its name with tag
     * @param platform what it runs on
     * @param config its configuration, complete
     * @param layers all of its layers, from the lowest
     * @param annotations of its manifest
     */
    OciImage(
            String name,
            Platform platform,
            ObjectNode config,
            List<StoredLayer> layers,
            SortedMap<String, String> annotations)
            throws IOException {
        LayoutDocument document = new LayoutDocument(CONFIG, config);
        List<LayoutBlob> blobs = layers.stream().map(LayoutBlob::of).toList();
        ObjectNode index = JsonNodeFactory.instance.objectNode();
        index.putObject("platform").put("architecture", platform.architecture()).put("os", platform.os());
        layout = new OciLayout(
                name,
                new LayoutDocument(OciLayout.MANIFEST, OciLayout.manifest(document, blobs, annotations)),
                document,
                blobs,
                index,
                true);
    }

    /** Its files. */
    public OciLayout layout() {
        return layout;
    }

    /** Its name with tag. */
    public String name() {
        return layout.name();
    }

    /** The digest of its manifest, which is what identifies it. */
    public Digest digest() {
        return layout.manifest().digest();
    }

    /** The digest of its configuration: what Docker calls the image's id. */
    public Digest configDigest() {
        return layout.config().digest();
    }

    /** Its layers, from the lowest. */
    public List<StoredLayer> layers() {
        return layout.layers().stream().map(LayoutBlob::layer).toList();
    }
}
