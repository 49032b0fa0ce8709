package io.github.mlmaven.lock;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Keeps builds apart that change the same file at the same time, be they threads of one Maven or several. The
 * system lets go of it when a process is killed.
 */
public final class LockGuard implements AutoCloseable {

    private static final long PAUSE_MILLIS = 20;

    private final FileChannel channel;

    private LockGuard(FileChannel channel) {
        this.channel = channel;
    }

    /** Waits until no other build holds the guard. */
    public static LockGuard of(Path guard) throws IOException, InterruptedException {
        Files.createDirectories(guard.resolveSibling(""));
        FileChannel channel = FileChannel.open(guard, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            while (true) {
                if (held(channel)) {
                    return new LockGuard(channel);
                }
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (IOException | InterruptedException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static boolean held(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false; // another thread of this JVM has it
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
