package io.github.mlmaven.image.layer;

import java.nio.file.Path;

/** A file or folder in a layer; owner, group and time are the same for all. */
public sealed interface LayerEntry {

    /** Permissions of programs and folders. */
    int EXECUTABLE = 0755;

    /** Permissions of everything else. */
    int PLAIN = 0644;

    /** Its absolute path in the image, with {@code /}. */
    String path();

    /** Its permissions. */
    int mode();

    /**
     * A folder; folders above an entry need not be given.
     *
     * @param path its absolute path in the image
     * @param mode its permissions
     */
    record Folder(String path, int mode) implements LayerEntry {}

    /**
     * A file with the content of one on disk.
     *
     * @param path its absolute path in the image
     * @param mode its permissions
     * @param source the file on disk
     */
    record Copy(String path, int mode, Path source) implements LayerEntry {}

    /**
     * A small text file.
     *
     * @param path its absolute path in the image
     * @param mode its permissions
     * @param content its content, written as UTF-8
     */
    record Text(String path, int mode, String content) implements LayerEntry {}
}
