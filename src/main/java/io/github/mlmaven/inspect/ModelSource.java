package io.github.mlmaven.inspect;

import java.nio.file.Path;

/**
 * A model in the project, not yet looked at.
 *
 * @param name its name: the artifactId, or the folder's name
 * @param version the project's version
 * @param folder the folder with its files; nothing outside it is ever read
 * @param goldenFolder the folder with its golden data, which need not exist
 * @param place the folder relative to the project, with {@code /}, for messages
 * @param goldenPlace the golden folder relative to the project, with {@code /}, for messages
 */
public record ModelSource(
        String name, String version, Path folder, Path goldenFolder, String place, String goldenPlace) {}
