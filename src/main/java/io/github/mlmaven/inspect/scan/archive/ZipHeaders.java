package io.github.mlmaven.inspect.scan.archive;

import io.github.mlmaven.inspect.scan.Content;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Reads the two descriptions of each entry: in the central directory, and before its data. */
final class ZipHeaders {

    static final int MOST_ENTRIES = 100_000;
    static final int LARGEST_DIRECTORY = 16 << 20;

    private static final int CENTRAL_SIZE = 46;
    private static final int LOCAL_SIZE = 30;

    private ZipHeaders() {}

    /** Of APPNOTE.TXT, 4.3.12. */
    static List<ZipEntry> central(Content content, ZipEnd end, Problems problems) throws IOException {
        int length = (int) Math.min(end.directorySize(), LARGEST_DIRECTORY);
        byte[] bytes = content.read(end.directory(), length);
        List<ZipEntry> entries = new ArrayList<>();
        int at = 0;
        while (at + CENTRAL_SIZE <= length && ZipSignature.CENTRAL.isAt(bytes, at) && entries.size() < MOST_ENTRIES) {
            int nameEnd = at + CENTRAL_SIZE + Little.u16(bytes, at + 28);
            int extraEnd = nameEnd + Little.u16(bytes, at + 30);
            int next = extraEnd + Little.u16(bytes, at + 32);
            if (next > length) {
                break;
            }
            entries.add(central(bytes, at, nameEnd, extraEnd, end.base()));
            at = next;
        }
        if (entries.size() == MOST_ENTRIES || end.directorySize() > LARGEST_DIRECTORY) {
            problems.archive(
                    "the archive has too many entries, and only the first were looked at",
                    "at most " + MOST_ENTRIES + " entries in a central directory of " + LARGEST_DIRECTORY + " bytes",
                    end.entries() + " entries in " + end.directorySize() + " bytes");
        } else if (at != end.directorySize()) {
            problems.corrupt(
                    "the central directory is broken", end.directorySize() + " bytes of entries", "only " + at);
        } else if (entries.size() != end.entries()) {
            problems.archive(
                    "the end record counts other entries than there are",
                    entries.size() + " entries",
                    String.valueOf(end.entries()));
        }
        return entries;
    }

    private static ZipEntry central(byte[] bytes, int at, int nameEnd, int extraEnd, long base) {
        ZipExtra extra = ZipExtra.read(
                Arrays.copyOfRange(bytes, nameEnd, extraEnd),
                Little.u32(bytes, at + 24),
                Little.u32(bytes, at + 20),
                Little.u32(bytes, at + 42));
        return new ZipEntry(
                EntryName.of(Arrays.copyOfRange(bytes, at + CENTRAL_SIZE, nameEnd)),
                Little.u16(bytes, at + 6) & 0xFF,
                Little.u16(bytes, at + 8),
                Little.u16(bytes, at + 10),
                Little.u32(bytes, at + 16),
                extra.packed(),
                extra.size(),
                extra.offset() + base,
                Little.u16(bytes, at + 40),
                extra);
    }

    /** Of APPNOTE.TXT, 4.3.7, with what it describes from {@link Local#data} on. */
    static Optional<Local> local(Content content, long at) throws IOException {
        if (at < 0 || at > content.size() - LOCAL_SIZE) {
            return Optional.empty();
        }
        byte[] bytes = content.read(at, LOCAL_SIZE);
        int nameLength = Little.u16(bytes, 26);
        int extraLength = Little.u16(bytes, 28);
        if (!ZipSignature.LOCAL.isAt(bytes, 0) || at + LOCAL_SIZE > content.size() - nameLength - extraLength) {
            return Optional.empty();
        }
        byte[] name = content.read(at + LOCAL_SIZE, nameLength);
        ZipExtra extra = ZipExtra.read(
                content.read(at + LOCAL_SIZE + nameLength, extraLength),
                Little.u32(bytes, 22),
                Little.u32(bytes, 18),
                0);
        ZipEntry entry = new ZipEntry(
                EntryName.of(name),
                Little.u16(bytes, 4) & 0xFF,
                Little.u16(bytes, 6),
                Little.u16(bytes, 8),
                Little.u32(bytes, 14),
                extra.packed(),
                extra.size(),
                at,
                0,
                extra);
        return Optional.of(new Local(entry, at + LOCAL_SIZE + nameLength + extraLength));
    }

    /**
     * What stands before the data.
     *
     * @param data where it begins
     */
    record Local(ZipEntry entry, long data) {}
}
