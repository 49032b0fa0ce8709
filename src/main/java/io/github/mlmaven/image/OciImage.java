package io.github.mlmaven.image;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mlmaven.image.layer.StoredLayer;
import io.github.mlmaven.image.layout.LayoutBlob;
import io.github.mlmaven.image.layout.LayoutDocument;
import io.github.mlmaven.image.layout.LayoutManifest;
import io.github.mlmaven.image.layout.OciLayout;
import io.github.mlmaven.model.Digest;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/** An image or an artifact with all that it names, for one platform or for several. */
public final class OciImage {

    private static final String CONFIG = "application/vnd.oci.image.config.v1+json";

    private final SortedMap<Platform, LayoutManifest> manifests;
    private final Platform docker;
    private final OciLayout layout;

    private OciImage(SortedMap<Platform, LayoutManifest> manifests, Platform docker, OciLayout layout) {
        this.manifests = Collections.unmodifiableSortedMap(manifests);
        this.docker = docker;
        this.layout = layout;
    }

    /**
     * For one platform (OCI image specification, "Image Manifest").
     *
     * @param name its name with tag
     * @param platform what it runs on
     * @param config its configuration, complete
     * @param layers all of its layers, from the lowest
     * @param annotations of its manifest
     */
    static OciImage of(
            String name,
            Platform platform,
            ObjectNode config,
            List<StoredLayer> layers,
            SortedMap<String, String> annotations)
            throws IOException {
        LayoutDocument document = new LayoutDocument(CONFIG, config);
        List<LayoutBlob> blobs = layers.stream().map(LayoutBlob::of).toList();
        ObjectNode described = JsonNodeFactory.instance.objectNode();
        described
                .putObject("platform")
                .put("architecture", platform.architecture())
                .put("os", platform.os());
        LayoutDocument manifest =
                new LayoutDocument(OciLayout.MANIFEST, OciLayout.manifest(document, blobs, annotations));
        return of(platform, OciLayout.image(name, new LayoutManifest(manifest, document, blobs, described)));
    }

    /**
     * Of a layout that is made already.
     *
     * @param platform what it is for
     * @param layout its files, with one manifest
     */
    public static OciImage of(Platform platform, OciLayout layout) {
        return new OciImage(new TreeMap<>(Map.of(platform, layout.manifests().get(0))), platform, layout);
    }

    /**
     * For all platforms of these images, in the order of the platforms; of a single image, that one.
     *
     * @param images images of the same name, at least one
     * @param preferred the platform of the image that Docker loads from a tar, if there is one for it
     */
    static OciImage of(List<OciImage> images, Platform preferred) throws IOException {
        OciImage first = images.get(0);
        if (images.size() == 1) {
            return first;
        }
        SortedMap<Platform, LayoutManifest> manifests = new TreeMap<>();
        images.forEach(image -> manifests.putAll(image.manifests));
        Platform docker = manifests.containsKey(preferred) ? preferred : manifests.firstKey();
        OciLayout layout = OciLayout.index(first.name(), List.copyOf(manifests.values()), manifest(manifests, docker));
        return new OciImage(manifests, docker, layout);
    }

    private static LayoutManifest manifest(SortedMap<Platform, LayoutManifest> manifests, Platform platform) {
        return Objects.requireNonNull(manifests.get(platform), platform::toString);
    }

    /** The image for this platform alone, or for the one that Docker loads where there is none for it. */
    public OciImage alone(Platform platform) {
        Platform one = manifests.containsKey(platform) ? platform : docker;
        return manifests.size() == 1 ? this : of(one, OciLayout.image(name(), manifest(manifests, one)));
    }

    /** The manifest of each platform. */
    public SortedMap<Platform, LayoutManifest> manifests() {
        return manifests;
    }

    /** The platform of the image that Docker loads from a tar. */
    public Platform docker() {
        return docker;
    }

    /** Its files. */
    public OciLayout layout() {
        return layout;
    }

    /** Its name with tag. */
    public String name() {
        return layout.name();
    }

    /** The digest of its manifest, or of the index of several, which is what identifies it. */
    public Digest digest() {
        return layout.root().digest();
    }

    /** All of its layers, each once, from the lowest. */
    public List<StoredLayer> layers() {
        return List.copyOf(layout.distinctLayers());
    }
}
