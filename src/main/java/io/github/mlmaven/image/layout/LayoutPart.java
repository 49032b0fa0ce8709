package io.github.mlmaven.image.layout;

import io.github.mlmaven.image.layer.Blob;

/**
 * A file of a layout.
 *
 * @param path its path in the layout
 * @param size bytes
 * @param content its bytes
 */
public record LayoutPart(String path, long size, Blob content) {

    static LayoutPart of(String path, byte[] content) {
        return new LayoutPart(path, content.length, out -> out.write(content));
    }
}
