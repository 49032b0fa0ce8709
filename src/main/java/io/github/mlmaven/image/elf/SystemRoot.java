package io.github.mlmaven.image.elf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * A file system below a folder, as its own programs see it: links lead where they lead there, absolute ones too, and
 * nothing leads out of the folder.
 *
 * @param folder its root; {@code /} is the machine's own
 */
public record SystemRoot(Path folder) {

    public SystemRoot {
        folder = folder.toAbsolutePath().normalize();
    }

    /** The machine's own. */
    public static final SystemRoot MACHINE = new SystemRoot(Path.of("/"));

    /** As many as Linux follows (path_resolution(7)). */
    private static final int MAX_LINKS = 40;

    /** Whether it is the machine's own. */
    public boolean isMachine() {
        return equals(MACHINE);
    }

    /**
     * Where the file is that a path means there, without links.
     *
     * @param path an absolute path
     */
    public Optional<Path> file(Path path) throws IOException {
        Deque<Path> todo = new ArrayDeque<>();
        path.forEach(todo::add);
        Path found = folder;
        int links = 0;
        while (!todo.isEmpty()) {
            Path next = next(found, todo.remove());
            if (!Files.isSymbolicLink(next)) {
                found = next;
                continue;
            }
            if (++links > MAX_LINKS) {
                return Optional.empty();
            }
            Path target = Files.readSymbolicLink(next);
            if (target.isAbsolute()) {
                found = folder;
            }
            for (int i = target.getNameCount() - 1; i >= 0; i--) {
                todo.addFirst(target.getName(i));
            }
        }
        return Files.isRegularFile(found, LinkOption.NOFOLLOW_LINKS) ? Optional.of(found) : Optional.empty();
    }

    /** What a name in a folder of it means; what is above the root is the root. */
    private Path next(Path here, Path name) {
        return switch (name.toString()) {
            case "", "." -> here;
            case ".." -> here.equals(folder) ? folder : here.resolve(name).normalize();
            default -> here.resolve(name);
        };
    }
}
