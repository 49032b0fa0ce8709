package io.github.mlmaven.report;

import io.github.mlmaven.image.ImageKind;
import io.github.mlmaven.image.ImageLayer;
import io.github.mlmaven.image.models.ModelsResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Models that were written without a server as lines of text: digest, layers, sizes, and where they can go. */
public final class ModelsReport {

    private ModelsReport() {}

    /**
     * The lines.
     *
     * @param models what was written
     * @param tar where, as messages write it
     */
    public static List<String> lines(ModelsResult models, String tar) {
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
        lines.add("Wrote " + tar + "; nothing in it runs. Put it into a registry with");
        lines.add("  skopeo copy --preserve-digests oci-archive:" + tar + " docker://" + withRegistry(models.name()));
        return lines;
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
