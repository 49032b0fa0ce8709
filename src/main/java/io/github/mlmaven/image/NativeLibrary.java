package io.github.mlmaven.image;

import io.github.mlmaven.model.Digest;

/**
 * A shared library of the engine, as it goes into an image.
 *
 * @param name the file's name in {@code /app/native}
 * @param digest of its bytes
 * @param engine the jar that brings it
 */
public record NativeLibrary(String name, Digest digest, RuntimeArtifact engine) {}
