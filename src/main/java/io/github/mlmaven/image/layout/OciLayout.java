package io.github.mlmaven.image.layout;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mlmaven.image.layer.LayerEntry;
import io.github.mlmaven.image.layer.LayerStore;
import io.github.mlmaven.image.layer.LayerTar;
import io.github.mlmaven.image.layer.StoredLayer;
import io.github.mlmaven.model.Digest;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Manifests and all that they name as files (OCI image specification, "Image Layout").
 *
 * @param name its name with tag
 * @param manifests the manifest, or those that the index names, at least one
 * @param index what names the manifests, where the layout is of an image for several platforms
 * @param docker the manifest of the image that Docker loads by the {@code manifest.json} beside the layout
 */
public record OciLayout(
        String name, List<LayoutManifest> manifests, Optional<LayoutDocument> index, Optional<LayoutManifest> docker) {

    /** The media type of manifests. */
    public static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";

    /** The media type of indexes. */
    public static final String INDEX = "application/vnd.oci.image.index.v1+json";

    /** The annotation that says who wrote an index or an entry of it, so that another build may replace it. */
    public static final String WRITER = "io.github.mlmaven.writer";

    /** The value of {@link #WRITER} that stands for this plugin. */
    public static final String OURS = "ml-maven-plugin";

    private static final ObjectMapper JSON = new ObjectMapper();

    public OciLayout {
        manifests = List.copyOf(manifests);
    }

    /** An artifact that Docker cannot load. */
    public static OciLayout artifact(String name, LayoutManifest manifest) {
        return new OciLayout(name, List.of(manifest), Optional.empty(), Optional.empty());
    }

    /** An image for one platform. */
    public static OciLayout image(String name, LayoutManifest manifest) {
        return new OciLayout(name, List.of(manifest), Optional.empty(), Optional.of(manifest));
    }

    /**
     * An image for several platforms (OCI image specification, "Image Index").
     *
     * @param docker the one of the manifests that Docker loads
     */
    public static OciLayout index(String name, List<LayoutManifest> manifests, LayoutManifest docker)
            throws IOException {
        ObjectNode index =
                indexOf(manifests.stream().map(LayoutManifest::descriptor).toList());
        return new OciLayout(name, manifests, Optional.of(new LayoutDocument(INDEX, index)), Optional.of(docker));
    }

    /** A manifest that names these (OCI image specification, "Image Manifest"), to be completed. */
    public static ObjectNode manifest(LayoutDocument config, List<LayoutBlob> layers, Map<String, String> annotations) {
        ObjectNode node = JSON.createObjectNode().put("schemaVersion", 2).put("mediaType", MANIFEST);
        node.set("config", config.descriptor());
        ArrayNode array = node.putArray("layers");
        layers.forEach(layer -> array.add(layer.descriptor()));
        if (!annotations.isEmpty()) {
            ObjectNode values = node.putObject("annotations");
            annotations.forEach(values::put);
        }
        return node;
    }

    /** Where a layout has a blob. */
    public static String path(Digest digest) {
        return "blobs/sha256/" + digest.hex();
    }

    /** What identifies all of it: the index, or else the manifest. */
    public LayoutDocument root() {
        return index.orElseGet(() -> manifests.get(0).document());
    }

    /** All documents, each before the one that names it; the root is the last. */
    public List<LayoutDocument> documents() {
        List<LayoutDocument> documents = new ArrayList<>();
        manifests.forEach(manifest -> documents.addAll(List.of(manifest.config(), manifest.document())));
        index.ifPresent(documents::add);
        return documents;
    }

    /** Each layer once, from the lowest: two may be the same, for example those that platforms share. */
    public Collection<StoredLayer> distinctLayers() {
        Map<Digest, StoredLayer> distinct = new LinkedHashMap<>();
        manifests.stream()
                .flatMap(manifest -> manifest.layers().stream())
                .forEach(blob -> distinct.putIfAbsent(blob.layer().digest(), blob.layer()));
        return distinct.values();
    }

    /**
     * The blobs, those that change least first, so that a tar of them needs to be written anew only from the first one
     * that changed: models, then the other layers from the lowest, those of single platforms before those of all, then
     * the documents.
     */
    public List<LayoutPart> blobs() {
        List<LayoutPart> parts = new ArrayList<>();
        distinctLayers().stream()
                .sorted(Comparator.comparing((StoredLayer layer) -> !isModel(layer))
                        .thenComparing(this::isShared))
                .map(OciLayout::part)
                .forEach(parts::add);
        documents().forEach(document -> parts.add(document.part()));
        return parts;
    }

    /** Whether every platform has it: a base and natives change with neither the project nor its dependencies. */
    private boolean isShared(StoredLayer layer) {
        return manifests.stream()
                .allMatch(manifest -> manifest.layers().stream()
                        .anyMatch(blob -> blob.layer().digest().equals(layer.digest())));
    }

    /** Only models are stored uncompressed: what they are made of is what is large. */
    private static boolean isModel(StoredLayer layer) {
        return layer.mediaType().equals(LayerStore.TAR);
    }

    /** The files that say what the blobs are: those of an OCI layout, and of an image Docker's. */
    public List<LayoutPart> indexes() throws IOException {
        List<LayoutPart> parts = new ArrayList<>(names());
        parts.add(version());
        return parts;
    }

    /** The {@code index.json} of a layout that holds nothing else. */
    public ObjectNode indexDocument() {
        ObjectNode entry = index.map(LayoutDocument::descriptor)
                .orElseGet(() -> manifests.get(0).descriptor());
        entry.putObject("annotations").put("org.opencontainers.image.ref.name", name);
        return indexOf(List.of(entry));
    }

    private static ObjectNode indexOf(List<ObjectNode> descriptors) {
        ObjectNode node = JSON.createObjectNode().put("schemaVersion", 2).put("mediaType", INDEX);
        node.putArray("manifests").addAll(descriptors);
        return node;
    }

    /** Writes a tar that begins with the blobs into a stream, and leaves that open. */
    public void writeTo(OutputStream out) throws IOException {
        try (LayerTar layout = new LayerTar(out)) {
            folders(layout);
            write(layout, blobs());
            write(layout, indexes());
        }
    }

    /** The folders of the blobs. */
    public static void folders(LayerTar tar) throws IOException {
        tar.folder("blobs", LayerEntry.EXECUTABLE);
        tar.folder("blobs/sha256", LayerEntry.EXECUTABLE);
    }

    /** Writes files of a layout into a tar. */
    public static void write(LayerTar tar, List<LayoutPart> parts) throws IOException {
        for (LayoutPart part : parts) {
            tar.file(part.path(), LayerEntry.PLAIN, part.size(), part.content());
        }
    }

    private List<LayoutPart> names() throws IOException {
        LayoutPart own = LayoutPart.of("index.json", JSON.writeValueAsBytes(indexDocument()));
        return docker.isPresent()
                ? List.of(own, LayoutPart.of("manifest.json", JSON.writeValueAsBytes(dockerManifest(docker.get()))))
                : List.of(own);
    }

    private static LayoutPart version() throws IOException {
        return LayoutPart.of("oci-layout", versionBytes());
    }

    /** The file that says that a folder is a layout. */
    public static byte[] versionBytes() throws IOException {
        return JSON.writeValueAsBytes(JSON.createObjectNode().put("imageLayoutVersion", "1.0.0"));
    }

    /** A layer as a blob. */
    public static LayoutPart part(StoredLayer layer) {
        return new LayoutPart(path(layer.digest()), layer.size(), layer::write);
    }

    private ArrayNode dockerManifest(LayoutManifest image) {
        ArrayNode array = JSON.createArrayNode();
        ObjectNode entry = array.addObject().put("Config", path(image.config().digest()));
        entry.putArray("RepoTags").add(name);
        ArrayNode files = entry.putArray("Layers");
        image.layers().forEach(blob -> files.add(path(blob.layer().digest())));
        return array;
    }
}
