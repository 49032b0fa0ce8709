package io.github.mlmaven.lock;

import io.github.mlmaven.files.WholeFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * A lock on disk.
 *
 * @param path the file, which need not exist
 * @param place its path relative to the project, with {@code /}, for messages
 * @param guards the folder of the guards that keep builds apart, the same for every build of the machine's user
 */
public record LockFile(Path path, String place, Path guards) {

    private static final int NAME = 32;

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

    /** Waits until no other build changes the file, and keeps others from it until closed. */
    LockGuard guard() throws IOException, InterruptedException {
        Path absolute = path.toAbsolutePath().normalize();
        Path folder = absolute.resolveSibling("");
        Path real = Files.exists(folder) ? folder.toRealPath().resolve(absolute.getFileName()) : absolute;
        byte[] name = real.toString().getBytes(StandardCharsets.UTF_8);
        return LockGuard.of(guards.resolve(DigestUtils.sha256Hex(name).substring(0, NAME)));
    }

    /** Puts a lock in the place of whatever was there, whole or not at all; only with the guard. */
    void write(Lock lock) throws IOException {
        WholeFile.write(path, out -> out.write(LockCodec.write(lock)));
        forgetHalves();
    }

    /** What a killed build left beside the file: with the guard, nobody is writing it. */
    private void forgetHalves() throws IOException {
        Path target = path.toRealPath();
        try (DirectoryStream<Path> halves =
                Files.newDirectoryStream(target.resolveSibling(""), file -> WholeFile.isHalf(file, target))) {
            for (Path half : halves) {
                Files.deleteIfExists(half);
            }
        }
    }
}
