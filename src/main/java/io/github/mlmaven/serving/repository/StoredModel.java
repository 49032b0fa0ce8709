package io.github.mlmaven.serving.repository;

import io.github.mlmaven.model.ModelDescriptor;
import java.nio.file.Path;

/**
 * A model on disk whose files are those of its descriptor.
 *
 * @param descriptor what the build verified
 * @param mainFile the file that the engine opens
 */
public record StoredModel(ModelDescriptor descriptor, Path mainFile) {}
