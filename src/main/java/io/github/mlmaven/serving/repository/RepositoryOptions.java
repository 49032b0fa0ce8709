package io.github.mlmaven.serving.repository;

import java.nio.file.Path;

/**
 * From where models are loaded while the server runs, and which.
 *
 * @param folder with {@code NAME/VERSION/}
 * @param anyContract whether a version may replace the served one although that breaks its clients
 */
public record RepositoryOptions(Path folder, boolean anyContract) {}
