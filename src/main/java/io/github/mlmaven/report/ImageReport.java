package io.github.mlmaven.report;

import io.github.mlmaven.image.ImageLayer;
import io.github.mlmaven.image.ImageResult;
import io.github.mlmaven.image.SmokeResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** An image as lines of text: digest, layers, sizes, what it answered, and how to run it. */
public final class ImageReport {

    private ImageReport() {}

    /**
     * The lines.
     *
     * @param image what was written
     * @param tar where, as messages write it
     */
    public static List<String> lines(ImageResult image, String tar) {
        List<String> lines = new ArrayList<>();
        lines.add("Image " + image.name() + " for " + image.platform() + " on " + image.base());
        lines.add("  digest " + image.digest());
        Table layers = new Table("  ");
        for (ImageLayer layer : image.layers()) {
            layers.row(
                    Plain.text(layer.name()),
                    megabytes(layer.uncompressedSize()),
                    "stored " + megabytes(layer.compressedSize()),
                    layer.digest().toString());
        }
        lines.addAll(layers.lines());
        lines.add("  together "
                + megabytes(image.layers().stream()
                        .mapToLong(ImageLayer::uncompressedSize)
                        .sum())
                + ", stored " + megabytes(image.compressedSize()));
        SmokeResult smoke = image.smoke();
        lines.add("Smoke test: " + smoke.models() + " model(s) ready, " + smoke.cases()
                + " golden case(s) answered over HTTP as expected");
        smoke.sample().ifPresent(sample -> {
            lines.add("  " + Plain.text(sample.model()) + ", " + Plain.text(sample.golden()) + ": "
                    + Plain.text(sample.request()));
            lines.add("  predicted " + Plain.text(sample.response()));
        });
        lines.add("Wrote " + tar + "; run it with");
        lines.add("  docker load -i " + tar);
        lines.add("  " + image.runCommand());
        return lines;
    }

    private static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }
}
