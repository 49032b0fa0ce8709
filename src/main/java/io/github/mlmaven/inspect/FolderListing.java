package io.github.mlmaven.inspect;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What is in a folder. */
@FunctionalInterface
interface FolderListing {

    /** The entries of a folder. */
    List<Path> of(Path folder) throws IOException;

    /**
     * By name, without hidden files such as {@code .gitkeep}; nothing where there is no folder.
     *
     * @throws IOException also for what a disk says only after the first entries
     */
    static List<Path> visible(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(entry -> !entry.getFileName().toString().startsWith("."))
                    .sorted(Comparator.comparing(entry -> entry.getFileName().toString()))
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
