package io.github.mlmaven.files;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What tells without reading a file that it is the one that was read. Where the system has it, the time of the last
 * change of its inode is part of it, which no program can set.
 *
 * @param size its size in bytes
 * @param modified when its content changed last, in nanoseconds
 * @param changed when its inode changed last, in nanoseconds; 0 where the system does not tell
 * @param key device and inode, or the empty string where the system does not tell
 */
public record FileIdentity(long size, long modified, long changed, String key) {

    /** Times are only as fine as the file system: a file that changed just now may change again and not show it. */
    private static final Duration SETTLED = Duration.ofSeconds(2);

    private static final boolean UNIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("unix");

    /** The identity of a file. */
    public static FileIdentity of(Path file) throws IOException {
        if (UNIX) {
            Map<String, Object> now = Files.readAttributes(file, "unix:size,lastModifiedTime,ctime,ino,dev");
            return new FileIdentity(
                    (Long) Objects.requireNonNull(now.get("size")),
                    nanos((FileTime) Objects.requireNonNull(now.get("lastModifiedTime"))),
                    nanos((FileTime) Objects.requireNonNull(now.get("ctime"))),
                    now.get("dev") + ":" + now.get("ino"));
        }
        BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
        return new FileIdentity(now.size(), nanos(now.lastModifiedTime()), 0, "");
    }

    /** The identity of a file that has not changed for a while. */
    public static Optional<FileIdentity> settled(Path file) throws IOException {
        FileIdentity identity = of(file);
        long last = Math.max(identity.modified, identity.changed);
        long until = nanos(FileTime.from(Instant.now().minus(SETTLED)));
        return last < until ? Optional.of(identity) : Optional.empty();
    }

    private static long nanos(FileTime time) {
        return time.to(TimeUnit.NANOSECONDS);
    }
}
