package io.github.mlmaven.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Puts a file at another place without a second copy of its bytes, where that pays and can be done. */
public final class LinkedFile {

    /** From this size on, in bytes, a link pays; what is smaller is copied, so that it can be changed by itself. */
    public static final long LARGE = 16 << 20;

    private LinkedFile() {}

    /**
     * A symbolic link to a large file where this user may make one, else a copy; in the place of whatever file was there.
     * No hard link: what has one is refused as a model's external data, since nobody can tell whose file it is.
     */
    public static void put(Path source, Path target) throws IOException {
        Files.createDirectories(target.toAbsolutePath().resolveSibling(""));
        Files.deleteIfExists(target);
        if (Files.size(source) < LARGE || !linked(source, target)) {
            Files.copy(source, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static boolean linked(Path source, Path target) throws IOException {
        Path real = source.toRealPath();
        try {
            Files.createSymbolicLink(target, real);
            return true;
        } catch (IOException | UnsupportedOperationException e) {
            return false; // Windows wants a privilege for it
        }
    }
}
