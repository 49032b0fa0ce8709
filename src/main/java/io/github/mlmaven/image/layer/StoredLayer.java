package io.github.mlmaven.image.layer;

import io.github.mlmaven.model.Digest;

/**
 * A layer as an image stores it.
 *
 * @param name what it holds, for people
 * @param mediaType of what is stored, by the OCI image specification
 * @param digest of what is stored
 * @param size bytes of what is stored
 * @param diffId digest of the tar
 * @param tarSize bytes of the tar
 * @param blob what is stored
 */
public record StoredLayer(
        String name, String mediaType, Digest digest, long size, Digest diffId, long tarSize, Blob blob) {}
