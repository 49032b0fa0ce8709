package io.github.mlmaven.mojo.stage;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.maven.project.MavenProject;
import org.jspecify.annotations.Nullable;

/**
 * The settings that change what is packaged and that a command line may change too, as a lock holds them.
 *
 * @param packageName the package of the entrypoint, or null for the derived one
 * @param className the class name of the entrypoint, or null for the derived one
 * @param placement where the models' files are, or null for where their size says
 * @param modules the modules added to the base jdk
 * @param labels the labels of the image
 */
public record PackagingSettings(
        @Nullable String packageName,
        @Nullable String className,
        @Nullable String placement,
        List<String> modules,
        Map<String, String> labels) {

    private static final String ENCODING = "project.build.sourceEncoding";

    /** Labels that differ with every commit or release, as the project's version does. */
    private static final Set<String> MOVING = Set.of(
            "org.opencontainers.image.created",
            "org.opencontainers.image.ref.name",
            "org.opencontainers.image.revision",
            "org.opencontainers.image.version");

    /** By the names of the properties that set them; what is not set is left out. */
    public SortedMap<String, String> of(MavenProject project) {
        SortedMap<String, String> settings = new TreeMap<>();
        put(settings, "ml.embed", placement);
        put(settings, "ml.embed.className", className);
        put(settings, "ml.embed.packageName", packageName);
        put(settings, ENCODING, project.getProperties().getProperty(ENCODING));
        if (!modules.isEmpty()) {
            settings.put("ml.image.modules", String.join(",", new TreeSet<>(modules)));
        }
        labels.forEach((label, value) -> put(settings, "labels/" + label, MOVING.contains(label) ? "" : value));
        return settings;
    }

    private static void put(SortedMap<String, String> settings, String name, @Nullable String value) {
        if (value != null) {
            settings.put(name, value);
        }
    }
}
