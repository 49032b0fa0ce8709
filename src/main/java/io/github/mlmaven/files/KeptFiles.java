package io.github.mlmaven.files;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What builds keep for later ones in a folder. Files and folders whose names are the same up to the first dot belong
 * together, and are deleted together once no build has used them for 30 days.
 */
public final class KeptFiles {

    private static final Duration UNUSED = Duration.ofDays(30);

    private KeptFiles() {}

    /** Notes that a build uses what a file belongs to; one that may not be touched stays as old as it is. */
    public static void use(Path file) {
        try {
            Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
        } catch (IOException e) {
            // Another user's: who owns it says by using it how long it is kept.
        }
    }

    /**
     * Deletes what has not been used for too long, as far as that can be done: another build may be faster, and another
     * user's may not be deleted.
     *
     * @param now the time by which that is told
     */
    public static void sweep(Path folder, Instant now) throws IOException {
        Map<String, List<Path>> together = new TreeMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                String name = String.valueOf(file.getFileName());
                int dot = name.indexOf('.');
                together.computeIfAbsent(dot < 0 ? name : name.substring(0, dot), start -> new ArrayList<>())
                        .add(file);
            }
        }
        for (List<Path> files : together.values()) {
            try {
                if (areOlder(files, now.minus(UNUSED))) {
                    for (Path file : files) {
                        FileTree.delete(file);
                    }
                }
            } catch (IOException e) {
                // It stays as long as it stays.
            }
        }
    }

    private static boolean areOlder(List<Path> files, Instant time) throws IOException {
        for (Path file : files) {
            if (!Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS)
                    .toInstant()
                    .isBefore(time)) {
                return false;
            }
        }
        return true;
    }
}
