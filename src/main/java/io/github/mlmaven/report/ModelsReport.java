package io.github.mlmaven.report;

import io.github.mlmaven.image.ImageKind;
import io.github.mlmaven.image.ImageLayer;
import io.github.mlmaven.image.Placement;
import io.github.mlmaven.image.models.ModelsResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Models that were written without a server as lines of text: digest, layers, sizes, and where they can go. */
public final class ModelsReport {

    private ModelsReport() {}

    /**
     * The lines.
     *
     * @param models what was written
     * @param place how messages write a file
     */
    public static List<String> lines(ModelsResult models, Function<Path, String> place) {
        List<String> lines = new ArrayList<>();
        boolean image = models.kind() == ImageKind.MODELCAR;
        lines.add((image ? "Image of models " : "ModelPack artifact ") + models.name());
        lines.add("  digest " + models.digest());
        Table layers = new Table("  ");
        for (ImageLayer layer : models.layers()) {
            layers.row(
                    Plain.text(layer.name()),
                    megabytes(layer.compressedSize()),
                    layer.digest().toString());
        }
        lines.addAll(layers.lines());
        lines.add("  together " + megabytes(models.size()) + ", nothing compressed");
        models.placements().forEach(placement -> lines.addAll(lines(placement, models.name(), place)));
        return lines;
    }

    private static List<String> lines(Placement placement, String name, Function<Path, String> place) {
        if (placement instanceof Placement.Registry registry) {
            return List.of("Pushed " + String.join(" and ", registry.references()));
        }
        if (placement instanceof Placement.Layout layout) {
            return List.of("Wrote the OCI layout " + place.apply(layout.folder()));
        }
        if (placement instanceof Placement.Daemon daemon) {
            return List.of("Loaded " + daemon.name() + " into Docker; nothing in it runs");
        }
        String tar = place.apply(((Placement.Tar) placement).file());
        return List.of(
                "Wrote " + tar + "; nothing in it runs. Put it into a registry with",
                "  skopeo copy --preserve-digests oci-archive:" + tar + " docker://" + withRegistry(name));
    }

    /** Docker's rule: a first part with a dot or a port is a registry. */
    private static String withRegistry(String name) {
        String first = name.substring(0, Math.max(0, name.indexOf('/')));
        boolean registry = first.equals("localhost") || first.indexOf('.') >= 0 || first.indexOf(':') >= 0;
        return registry ? name : "REGISTRY/" + name;
    }

    private static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }
}
