package io.github.mlmaven.image.reproduce;

import io.github.mlmaven.model.Digest;

/**
 * A layer that a layout names.
 *
 * @param name what it holds, for people
 * @param mediaType how it is stored
 * @param digest of what is stored
 */
record LayoutLayer(String name, String mediaType, Digest digest) {

    boolean gzip() {
        return mediaType.endsWith("gzip");
    }
}
