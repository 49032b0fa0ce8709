package io.github.mlmaven.image.target;

import io.github.mlmaven.image.ImageLog;
import io.github.mlmaven.image.TarTarget;
import io.github.mlmaven.image.registry.RegistrySettings;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/**
 * What all targets have in common.
 *
 * @param name the image's name with tag
 * @param named whether the user gave the name
 * @param base the name of the base image as the user wrote it
 * @param tags further tags in registries
 * @param tar the tar
 * @param resolve a path as the user wrote it to the file
 * @param registries what the user says of registries
 * @param offline whether to use no network
 * @param log where progress is told
 */
public record TargetSettings(
        String name,
        boolean named,
        String base,
        List<String> tags,
        TarTarget tar,
        Function<String, Path> resolve,
        RegistrySettings registries,
        boolean offline,
        ImageLog log) {

    public TargetSettings {
        tags = List.copyOf(tags);
    }
}
