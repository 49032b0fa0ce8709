package io.github.mlmaven.image.reproduce;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.FindingId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Two builds of one image: nothing to say when their manifests are the same, else everything that is not. */
public final class ImageComparison {

    private static final JsonPointer LAYERS = JsonPointer.compile("/rootfs/diff_ids");

    private final ImageLayout first;
    private final ImageLayout second;
    private final String place;
    private final List<Finding> findings = new ArrayList<>();

    private ImageComparison(ImageLayout first, ImageLayout second, String place) {
        this.first = first;
        this.second = second;
        this.place = place;
    }

    /**
     * What is not the same.
     *
     * @param first the image that the first build wrote
     * @param second the image that the second build wrote
     * @param place the first one's tar, as messages write it
     */
    public static List<Finding> compare(ImageLayout first, ImageLayout second, String place)
            throws LayoutException, IOException {
        return first.digest().equals(second.digest()) ? List.of() : new ImageComparison(first, second, place).all();
    }

    private List<Finding> all() throws LayoutException, IOException {
        boolean sameLayers = first.layers().equals(second.layers());
        if (!sameLayers) {
            layers();
        }
        // What layers unpack to has been told, and better.
        values("configuration", first.config(), second.config(), at -> sameLayers || !startsWith(at, LAYERS));
        if (findings.isEmpty()) {
            values("manifest", first.manifest(), second.manifest(), at -> true);
        }
        return List.copyOf(findings);
    }

    private void layers() throws LayoutException, IOException {
        Map<String, LayoutLayer> before = byName(first.layers());
        Map<String, LayoutLayer> after = byName(second.layers());
        before.forEach((name, layer) -> lone(name, layer, after, "first"));
        after.forEach((name, layer) -> lone(name, layer, before, "second"));
        List<String> order = new ArrayList<>(before.keySet());
        order.retainAll(after.keySet());
        List<String> other = new ArrayList<>(after.keySet());
        other.retainAll(before.keySet());
        if (!order.equals(other)) {
            say(
                    "the layers are not in the same order in a second build",
                    String.join(", ", order),
                    String.join(", ", other));
        }
        try (LayoutTar one = LayoutTar.open(first.tar());
                LayoutTar two = LayoutTar.open(second.tar())) {
            LayerComparison comparison = new LayerComparison(one, two);
            for (String name : order) {
                LayoutLayer layer = before.get(name);
                LayoutLayer twin = after.get(name);
                if (layer != null && twin != null && !layer.digest().equals(twin.digest())) {
                    findings.addAll(comparison.compare(layer, twin, place));
                }
            }
        }
    }

    /** Layers by their names, which a number makes unique: a base image has several. */
    private static Map<String, LayoutLayer> byName(List<LayoutLayer> layers) {
        Map<String, LayoutLayer> named = new LinkedHashMap<>();
        for (LayoutLayer layer : layers) {
            String name = layer.name();
            for (int number = 2; named.containsKey(name); number++) {
                name = layer.name() + " " + number;
            }
            named.put(name, new LayoutLayer(name, layer.mediaType(), layer.digest()));
        }
        return named;
    }

    private void lone(String name, LayoutLayer layer, Map<String, LayoutLayer> others, String build) {
        if (!others.containsKey(name)) {
            boolean inFirst = build.equals("first");
            String digest = layer.digest().toString();
            say(
                    "layer " + name + " is only in the image of the " + build + " build",
                    inFirst ? digest : "no such layer",
                    inFirst ? "no such layer" : digest);
        }
    }

    private void values(String document, JsonNode one, JsonNode other, Predicate<JsonPointer> counts) {
        ValueDifference.between(one, other).stream()
                .filter(difference -> counts.test(difference.pointer()))
                .forEach(difference -> say(
                        "the " + document + "'s " + difference.pointer() + " is not the same in a second build",
                        difference.first(),
                        difference.second()));
    }

    private void say(String message, String expected, String found) {
        findings.add(Finding.of(FindingId.IMAGE_REPRODUCE, place, message, expected, found, FileFindings.NEXT));
    }

    private static boolean startsWith(JsonPointer pointer, JsonPointer head) {
        return pointer.toString().startsWith(head.toString());
    }
}
