package io.github.mlmaven.image.reproduce;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.FindingId;
import io.github.mlmaven.model.Digest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Two builds of one image: nothing to say when their manifests are the same, else everything that is not. */
public final class ImageComparison {

    private static final JsonPointer LAYERS = JsonPointer.compile("/rootfs/diff_ids");

    private final Pair<Path> tars;
    private final Pair<PlatformLayout> images;
    private final String place;
    private final Set<Digest> told;
    private final List<Finding> findings = new ArrayList<>();

    /** The same thing of both builds. */
    private record Pair<T>(T first, T second) {}

    /**
     * @param told layers of the first image of which has been told what is not the same, to be completed
     */
    private ImageComparison(Pair<Path> tars, Pair<PlatformLayout> images, String place, Set<Digest> told) {
        this.tars = tars;
        this.images = images;
        this.place = place;
        this.told = told;
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
        if (first.digest().equals(second.digest())) {
            return List.of();
        }
        String platforms = platforms(first);
        if (!platforms.equals(platforms(second))) {
            return List.of(finding(
                    place, "the image is not for the same platforms in a second build", platforms, platforms(second)));
        }
        List<Finding> findings = new ArrayList<>();
        Set<Digest> told = new HashSet<>();
        for (int i = 0; i < first.images().size(); i++) {
            PlatformLayout one = first.images().get(i);
            PlatformLayout twin = second.images().get(i);
            String where = first.images().size() == 1 ? place : place + ", " + one.platform();
            if (!one.digest().equals(twin.digest())) {
                Pair<Path> tars = new Pair<>(first.tar(), second.tar());
                findings.addAll(new ImageComparison(tars, new Pair<>(one, twin), where, told).all());
            }
        }
        return findings.isEmpty() ? values("index", first.root(), second.root(), place, at -> true) : findings;
    }

    private static String platforms(ImageLayout image) {
        return image.images().stream().map(PlatformLayout::platform).collect(Collectors.joining(", "));
    }

    private List<Finding> all() throws LayoutException, IOException {
        PlatformLayout first = images.first();
        PlatformLayout second = images.second();
        boolean sameLayers = first.layers().equals(second.layers());
        if (!sameLayers) {
            layers(first, second);
        }
        // What layers unpack to has been told, and better.
        findings.addAll(values(
                "configuration", first.config(), second.config(), place, at -> sameLayers || !startsWith(at, LAYERS)));
        boolean toldBefore = first.layers().stream().map(LayoutLayer::digest).anyMatch(told::contains);
        if (findings.isEmpty() && !toldBefore) {
            findings.addAll(values("manifest", first.manifest(), second.manifest(), place, at -> true));
        }
        return List.copyOf(findings);
    }

    private void layers(PlatformLayout first, PlatformLayout second) throws LayoutException, IOException {
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
        try (LayoutTar one = LayoutTar.open(tars.first());
                LayoutTar two = LayoutTar.open(tars.second())) {
            LayerComparison comparison = new LayerComparison(one, two);
            for (String name : order) {
                LayoutLayer layer = before.get(name);
                LayoutLayer twin = after.get(name);
                if (layer != null
                        && twin != null
                        && !layer.digest().equals(twin.digest())
                        && told.add(layer.digest())) {
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

    private static List<Finding> values(
            String document, JsonNode one, JsonNode other, String place, Predicate<JsonPointer> counts) {
        return ValueDifference.between(one, other).stream()
                .filter(difference -> counts.test(difference.pointer()))
                .map(difference -> finding(
                        place,
                        "the " + document + "'s " + difference.pointer() + " is not the same in a second build",
                        difference.first(),
                        difference.second()))
                .toList();
    }

    private void say(String message, String expected, String found) {
        findings.add(finding(place, message, expected, found));
    }

    private static Finding finding(String place, String message, String expected, String found) {
        return Finding.of(FindingId.IMAGE_REPRODUCE, place, message, expected, found, FileFindings.NEXT);
    }

    private static boolean startsWith(JsonPointer pointer, JsonPointer head) {
        return pointer.toString().startsWith(head.toString());
    }
}
