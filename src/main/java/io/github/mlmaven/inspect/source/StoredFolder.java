package io.github.mlmaven.inspect.source;

import io.github.mlmaven.files.FileTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The folder of one fetched model: files, and a stamp that says what they were made of and what they looked like then.
 * It is there with everything in it, or not at all.
 *
 * @param path the folder
 */
record StoredFolder(Path path) {

    private static final String STAMP = "stamp.txt";

    /** Fills a folder. */
    @FunctionalInterface
    interface Filling {
        void into(Path folder) throws SourceException, IOException;
    }

    /** Whether it was made of the same, and nobody has touched it since. */
    boolean isMadeOf(String origin) throws IOException {
        Path stamp = path.resolve(STAMP);
        return Files.isRegularFile(stamp, LinkOption.NOFOLLOW_LINKS)
                && Files.readString(stamp).equals(stamp(path, origin));
    }

    /** Makes it anew. */
    void make(String origin, Filling filling) throws SourceException, IOException {
        Path temporary = path.resolveSibling("." + path.getFileName() + ".new");
        FileTree.delete(temporary);
        Files.createDirectories(temporary);
        try {
            filling.into(temporary);
            Files.writeString(temporary.resolve(STAMP), stamp(temporary, origin), StandardCharsets.UTF_8);
            remove();
            Files.move(temporary, path, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            FileTree.delete(temporary);
        }
    }

    /** No model of an earlier build stands for one that cannot be had now. */
    void remove() throws IOException {
        FileTree.delete(path);
    }

    private static String stamp(Path folder, String origin) throws IOException {
        SortedSet<String> lines = new TreeSet<>();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                String name = folder.relativize(file).toString().replace('\\', '/');
                if (!name.equals(STAMP)) {
                    lines.add(name + " " + attributes.size() + " " + attributes.lastModifiedTime() + " "
                            + attributes.isRegularFile());
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return origin + "\n" + String.join("\n", lines) + "\n";
    }
}
