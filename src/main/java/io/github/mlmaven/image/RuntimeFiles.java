package io.github.mlmaven.image;

import io.github.mlmaven.files.FileTree;
import io.github.mlmaven.files.KeptFiles;
import io.github.mlmaven.files.WholeFile;
import io.github.mlmaven.lock.FileDigests;
import io.github.mlmaven.lock.LockGuard;
import io.github.mlmaven.model.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.TreeMap;

/**
 * A linked runtime that other builds use too, and beside it the digests of its files: whatever is not as it was linked
 * is not used.
 *
 * @param folder the folder of the runtime
 * @param known what knows or finds out the digests of its files
 */
record RuntimeFiles(Path folder, FileDigests known) {

    private Path list() {
        return folder.resolveSibling(folder.getFileName() + ".sha256");
    }

    /** Whether the runtime is there, and all of its files are what they were. */
    boolean areAsLinked() throws IOException {
        boolean same = Files.isRegularFile(list())
                && Files.isDirectory(folder)
                && Files.readString(list(), StandardCharsets.UTF_8).equals(lines(known, folder));
        if (same) {
            KeptFiles.use(list());
        }
        return same;
    }

    /** Makes what was linked elsewhere this runtime, unless another build was faster. */
    void takeOver(Path linked) throws IOException, InterruptedException {
        LockGuard guard = LockGuard.of(folder.resolveSibling(folder.getFileName() + ".guard"));
        try {
            moveHere(linked);
        } finally {
            guard.close();
        }
    }

    private void moveHere(Path linked) throws IOException {
        if (areAsLinked()) {
            return;
        }
        FileTree.delete(folder);
        // The list first: a folder without one would look like a changed one to another build, which would delete it.
        WholeFile.write(list(), lines(FileDigests.reading(), linked));
        try {
            Files.move(linked, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            if (!areAsLinked()) {
                throw e;
            }
        }
    }

    private static String lines(FileDigests known, Path folder) throws IOException {
        Map<String, Digest> digests = new TreeMap<>();
        known.of(Folders.files(folder)).forEach((file, digest) -> digests.put(Folders.relative(folder, file), digest));
        StringBuilder lines = new StringBuilder();
        digests.forEach((file, digest) ->
                lines.append(digest.hex()).append("  ").append(file).append('\n'));
        return lines.toString();
    }
}
