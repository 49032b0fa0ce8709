package io.github.mlmaven.report;

import io.github.mlmaven.image.ImageLayer;
import io.github.mlmaven.image.ImageResult;
import io.github.mlmaven.image.Placement;
import io.github.mlmaven.image.Platform;
import io.github.mlmaven.image.PlatformImage;
import io.github.mlmaven.image.SmokeResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** An image as lines of text: digest, layers, sizes, what it answered, and how to run it. */
public final class ImageReport {

    private ImageReport() {}

    /**
     * The lines.
     *
     * @param image what was written
     * @param place how messages write a file
     */
    public static List<String> lines(ImageResult image, Function<Path, String> place) {
        List<String> lines = new ArrayList<>();
        lines.add("Image " + image.name() + " for " + and(image.platforms()) + " on " + image.base());
        lines.add("  digest " + image.digest());
        for (PlatformImage one : image.images()) {
            if (image.images().size() > 1) {
                lines.add("  " + one.platform() + " " + one.digest());
            }
            lines.addAll(layers(one));
        }
        SmokeResult smoke = image.smoke();
        lines.add("Smoke test: " + smoke.models() + " model(s) ready, " + smoke.cases()
                + " golden case(s) answered over HTTP as expected"
                + (image.images().size() > 1 ? ", for each platform" : ""));
        smoke.sample().ifPresent(sample -> {
            lines.add("  " + Plain.text(sample.model()) + ", " + Plain.text(sample.golden()) + ": "
                    + Plain.text(sample.request()));
            lines.add("  predicted " + Plain.text(sample.response()));
        });
        image.placements().forEach(placement -> lines.addAll(lines(placement, image, place)));
        return lines;
    }

    private static List<String> layers(PlatformImage image) {
        Table layers = new Table("  ");
        for (ImageLayer layer : image.layers()) {
            layers.row(
                    Plain.text(layer.name()),
                    megabytes(layer.uncompressedSize()),
                    "stored " + megabytes(layer.compressedSize()),
                    layer.digest().toString());
        }
        List<String> lines = new ArrayList<>(layers.lines());
        lines.add(
                "  together " + megabytes(image.uncompressedSize()) + ", stored " + megabytes(image.compressedSize()));
        return lines;
    }

    /** Docker loads the image for one platform; of several it is told which. */
    private static String only(Platform platform, ImageResult image) {
        return image.images().size() > 1 ? " (for " + platform + " only)" : "";
    }

    private static String and(List<Platform> platforms) {
        return String.join(" and ", platforms.stream().map(Platform::toString).toList());
    }

    private static List<String> lines(Placement placement, ImageResult image, Function<Path, String> place) {
        if (placement instanceof Placement.Registry registry) {
            return List.of(
                    "Pushed " + String.join(" and ", registry.references()) + "; run it with",
                    "  docker run --rm -p 8080:8080 " + registry.references().get(0));
        }
        if (placement instanceof Placement.Layout layout) {
            return List.of("Wrote the OCI layout " + place.apply(layout.folder()));
        }
        if (placement instanceof Placement.Daemon daemon) {
            return List.of(
                    "Loaded " + daemon.name() + " into Docker" + only(daemon.platform(), image) + "; run it with",
                    "  " + image.runCommand());
        }
        Placement.Tar written = (Placement.Tar) placement;
        String tar = place.apply(written.file());
        return List.of(
                "Wrote " + tar + "; run it with",
                "  docker load -i " + tar + only(written.docker(), image),
                "  " + image.runCommand());
    }

    private static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }
}
