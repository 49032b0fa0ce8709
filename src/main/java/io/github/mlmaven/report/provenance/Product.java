package io.github.mlmaven.report.provenance;

import io.github.mlmaven.model.Digest;

/**
 * Something that the build made.
 *
 * @param name its name: of a file, or of an image with its tag
 * @param digest of a file's bytes, or of an image's manifest
 */
public record Product(String name, Digest digest) {}
