package io.github.mlmaven.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;

/** Puts files that belong together into another folder without a second copy of their bytes, where that pays. */
public final class LinkedFiles {

    /** From this size on, in bytes, a file is worth a link; what is smaller is copied, and can be changed by itself. */
    public static final long LARGE = 16 << 20;

    private LinkedFiles() {}

    /**
     * Symbolic links to all of them if one is large and this user may make links, else copies; in the place of whatever
     * files were there. All or none, since an engine refuses a model whose data leads elsewhere than the model itself. No
     * hard links: what has one is refused as a model's external data, as nobody can tell whose file it is.
     *
     * @param paths the files, relative to both folders
     */
    public static void put(Path from, Collection<String> paths, Path to) throws IOException {
        boolean link = false;
        for (String path : paths) {
            link |= Files.size(from.resolve(path)) >= LARGE;
        }
        for (String path : paths) {
            Path target = to.resolve(path);
            if (isItself(from.resolve(path), target)) {
                continue;
            }
            Files.createDirectories(target.toAbsolutePath().resolveSibling(""));
            Files.deleteIfExists(target);
            if (!link || !linked(from.resolve(path), target)) {
                Files.copy(from.resolve(path), target, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    /** Whether the folder is the one that the files are in already: then nothing of it may be deleted. */
    private static boolean isItself(Path source, Path target) throws IOException {
        return Files.exists(target) && !Files.isSymbolicLink(target) && Files.isSameFile(source, target);
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
