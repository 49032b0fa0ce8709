package io.github.mlmaven.inspect.scan.archive;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.FindingId;
import io.github.mlmaven.inspect.scan.UnpackException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.MemoryLimitException;

/**
 * One compressed stream after the other. Where unpacking fails, this just ends: whoever loads such a file runs what came
 * before the failure, so that has to be looked at. The decompressor's memory is given back at the end, before anybody
 * looks at what came out.
 */
final class UnpackedStream extends InputStream {

    /** In KiB: for the dictionary of whatever is unpacked. */
    static final int MEMORY = 64 << 10;

    /** Opens what is packed from a byte on, if anything of that sort is. */
    @FunctionalInterface
    interface Members {
        Optional<Member> at(long at) throws IOException;
    }

    private final Members members;
    private final CRC32 crc = new CRC32();
    private @Nullable Member member;
    private @Nullable Exception failure;
    private boolean ended;
    private long end;
    private long size;

    UnpackedStream(Members members) {
        this.members = members;
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int at, int count) {
        try {
            while (!ended) {
                Member now = member;
                if (now == null) {
                    member = members.at(end).orElse(null);
                    ended = member == null;
                    continue;
                }
                int read = now.read(bytes, at, count);
                if (read >= 0) {
                    crc.update(bytes, at, read);
                    size += read;
                    return read;
                }
                end = now.end();
                now.close();
                member = null;
            }
        } catch (IOException | RuntimeException e) {
            failure = e;
            ended = true;
            close();
        }
        return -1;
    }

    /** Where the last stream ended. */
    long end() {
        return end;
    }

    /** How much came out. */
    long size() {
        return size;
    }

    /** Of what came out. */
    long crc() {
        return crc.getValue();
    }

    boolean hasFailed() {
        return failure != null;
    }

    /** Whether it failed for want of memory, which tells nothing about what is packed. */
    boolean needsMemory() {
        return failure instanceof MemoryLimitException;
    }

    /** Why it ended before its end. */
    Optional<Finding> failure(String place) {
        return Optional.ofNullable(failure).map(reason -> {
            String found = reason instanceof EOFException ? "it ends early" : String.valueOf(reason.getMessage());
            return reason instanceof MemoryLimitException
                    ? Finding.of(
                            FindingId.SAFE_ARCHIVE,
                            place,
                            "it needs too much memory to be unpacked",
                            "at most " + MEMORY + " KiB",
                            found,
                            Problems.UNPACK)
                    : UnpackException.broken(found).at(place);
        });
    }

    @Override
    public void close() {
        Member last = member;
        member = null;
        try {
            if (last != null) {
                last.close();
            }
        } catch (IOException | RuntimeException e) {
            // What was read is read; only the decompressor's memory was to be given back.
            ended = true;
        }
    }
}
