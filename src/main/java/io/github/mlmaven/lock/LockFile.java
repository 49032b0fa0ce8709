package io.github.mlmaven.lock;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.UUID;

/**
 * A lock on disk.
 *
 * @param path the file, which need not exist
 * @param place its path relative to the project, with {@code /}, for messages
 */
public record LockFile(Path path, String place) {

    /** The lock in the file, or empty if there is no file. */
    public Optional<Lock> read() throws LockException, IOException {
        if (Files.notExists(path, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        if (!Files.isRegularFile(path)) {
            throw LockCodec.invalid(place, "not a file");
        }
        try (InputStream in = Files.newInputStream(path)) {
            return Optional.of(LockCodec.read(place, in.readNBytes(LockCodec.MAX_BYTES + 1)));
        }
    }

    /** Puts a lock in the place of whatever was there, whole or not at all. */
    void write(Lock lock) throws IOException {
        Path target = Files.exists(path) ? path.toRealPath() : path.toAbsolutePath();
        Path folder = target.resolveSibling("");
        Files.createDirectories(folder);
        Path whole = folder.resolve(target.getFileName() + "." + UUID.randomUUID() + ".tmp");
        try {
            Files.write(whole, LockCodec.write(lock), StandardOpenOption.CREATE_NEW);
            try {
                Files.move(whole, target, StandardCopyOption.ATOMIC_MOVE);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(whole, target, StandardCopyOption.REPLACE_EXISTING);
            }
        } finally {
            Files.deleteIfExists(whole);
        }
    }
}
