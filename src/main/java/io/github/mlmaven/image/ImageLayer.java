package io.github.mlmaven.image;

import io.github.mlmaven.model.Digest;

/**
 * A layer of an image.
 *
 * @param name {@code base}, {@code natives}, {@code dependencies}, {@code model/NAME} or {@code application}
 * @param digest of what is stored and transferred
 * @param compressedSize bytes of what is stored and transferred
 * @param uncompressedSize bytes of the tar
 */
public record ImageLayer(String name, Digest digest, long compressedSize, long uncompressedSize) {}
