package io.github.mlmaven.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Puts a file at another place without a second copy of its bytes, where that pays and the file system can. */
public final class LinkedFile {

    /** From this size on, in bytes, a hard link pays; what is smaller is copied, so that it can be changed by itself. */
    public static final long LARGE = 16 << 20;

    private LinkedFile() {}

    /** A hard link to a large file if there can be one, else a copy; in the place of whatever file was there. */
    public static void put(Path source, Path target) throws IOException {
        Files.createDirectories(target.toAbsolutePath().resolveSibling(""));
        Files.deleteIfExists(target);
        if (Files.size(source) < LARGE || !linked(source, target)) {
            Files.copy(source, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** A hard link, if the file system has such a thing and lets this user make one. */
    public static boolean linked(Path source, Path target) {
        try {
            Files.createLink(target, source.toRealPath());
            return true;
        } catch (IOException | UnsupportedOperationException e) {
            // Not on this file system, or not of somebody else's file.
            return false;
        }
    }
}
