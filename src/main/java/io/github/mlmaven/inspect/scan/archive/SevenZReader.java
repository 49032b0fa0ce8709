package io.github.mlmaven.inspect.scan.archive;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.FindingId;
import io.github.mlmaven.inspect.scan.Content;
import io.github.mlmaven.inspect.scan.UnpackException;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.apache.commons.compress.MemoryLimitException;
import org.apache.commons.compress.PasswordRequiredException;
import org.apache.commons.compress.archivers.sevenz.SevenZArchiveEntry;
import org.apache.commons.compress.archivers.sevenz.SevenZFile;
import org.jspecify.annotations.Nullable;

/** The library's reader of 7z archives; whatever it throws is about the archive, and what came before it counts. */
final class SevenZReader implements Closeable {

    private @Nullable SevenZFile file;
    private @Nullable Exception failure;

    SevenZReader(Content content) {
        try {
            file = SevenZFile.builder()
                    .setSeekableByteChannel(new ContentChannel(content))
                    .setMaxMemoryLimitKiB(UnpackedStream.MEMORY)
                    .get();
        } catch (IOException | RuntimeException e) {
            failure = e;
        }
    }

    /** Empty when there is none, or it cannot be read. */
    Optional<SevenZArchiveEntry> next() {
        try {
            SevenZFile open = file;
            return open == null ? Optional.empty() : Optional.ofNullable(open.getNextEntry());
        } catch (IOException | RuntimeException e) {
            failure = e;
            return Optional.empty();
        }
    }

    /** Of the entry. */
    InputStream data() {
        return new InputStream() {
            @Override
            public int read() {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
            }

            @Override
            public int read(byte[] bytes, int at, int count) {
                try {
                    SevenZFile open = file;
                    return open == null || failure != null ? -1 : open.read(bytes, at, count);
                } catch (IOException | RuntimeException e) {
                    failure = e;
                    return -1;
                }
            }
        };
    }

    /** What the library could not do since this was asked for the last time. */
    Optional<Finding> failure(String place) {
        Exception reason = failure;
        failure = null;
        return Optional.ofNullable(reason).map(e -> finding(e, place));
    }

    private static Finding finding(Exception reason, String place) {
        String found = reason instanceof EOFException ? "it ends early" : String.valueOf(reason.getMessage());
        if (reason instanceof PasswordRequiredException) {
            return Finding.of(
                    FindingId.SAFE_ARCHIVE,
                    place,
                    "the archive is encrypted",
                    "what anybody can look into",
                    "a password is needed",
                    Problems.UNPACK);
        }
        if (reason instanceof MemoryLimitException) {
            return Finding.of(
                    FindingId.SAFE_ARCHIVE,
                    place,
                    "it needs too much memory to be unpacked",
                    "at most " + UnpackedStream.MEMORY + " KiB",
                    found,
                    Problems.UNPACK);
        }
        return UnpackException.broken(found).at(place);
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            file.close();
        }
    }
}
