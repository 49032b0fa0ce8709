package io.github.mlmaven.image;

import io.github.mlmaven.files.FileTree;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Where images are assembled and tried: one for a single platform in the work folder itself, those of several each in a
 * folder of its own.
 *
 * @param workFolder the work folder
 * @param platforms all that the image is for
 */
record PlatformFolders(Path workFolder, SortedSet<Platform> platforms) {

    /** What an image for a single platform has in the work folder. */
    private static final List<String> SINGLE = List.of("rootfs", "jib", "java.args", "base.tar", "smoke.log");

    PlatformFolders {
        platforms = Collections.unmodifiableSortedSet(new TreeSet<>(platforms));
    }

    /** The folder of one of the platforms. */
    Path of(Platform platform) {
        return platforms.size() == 1 ? workFolder : own(platform);
    }

    private Path own(Platform platform) {
        return workFolder.resolve(platform.os() + "-" + platform.architecture());
    }

    /** Deletes what builds for other platforms assembled. */
    void sweep() throws IOException {
        for (Platform platform : Platform.values()) {
            if (platforms.size() == 1 || !platforms.contains(platform)) {
                FileTree.delete(own(platform));
            }
        }
        if (platforms.size() > 1) {
            for (String file : SINGLE) {
                FileTree.delete(workFolder.resolve(file));
            }
        }
    }
}
