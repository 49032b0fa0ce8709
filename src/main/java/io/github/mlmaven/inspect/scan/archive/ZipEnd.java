package io.github.mlmaven.inspect.scan.archive;

import io.github.mlmaven.inspect.scan.Content;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Where an archive's end record (APPNOTE.TXT, 4.3.16) says that its central directory is. Readers differ in which end
 * record they take and in how they read it, so there may be several of these.
 *
 * @param position of the end record
 * @param end after its comment
 * @param records where the end records begin: those of Zip64 stand before the other
 * @param directory where the central directory begins
 * @param directorySize in bytes
 * @param base what is to be added to the offsets in the central directory
 * @param entries how many it says that there are
 */
record ZipEnd(long position, long end, long records, long directory, long directorySize, long base, long entries) {

    static final int SIZE = 22;

    private static final int LONGEST_COMMENT = 0xFFFF;
    private static final int LOCATOR_SIZE = 20;
    private static final int SIZE_64 = 56;
    private static final int MOST = 16;

    /** All end records in the last 64 KiB, and all ways to read each; the last first, as most readers search. */
    static List<ZipEnd> find(Content content) throws IOException {
        int tail = (int) Math.min(content.size(), SIZE + LONGEST_COMMENT);
        long from = content.size() - tail;
        byte[] bytes = content.read(from, tail);
        List<ZipEnd> found = new ArrayList<>();
        for (int at = tail - SIZE; at >= 0 && found.size() < MOST; at--) {
            if (ZipSignature.END.isAt(bytes, at)) {
                read(content, bytes, at, from + at, found);
            }
        }
        return found;
    }

    private static void read(Content content, byte[] bytes, int at, long position, List<ZipEnd> found)
            throws IOException {
        long end = Math.min(content.size(), position + SIZE + Little.u16(bytes, at + 20));
        long entries = Little.u16(bytes, at + 10);
        long size = Little.u32(bytes, at + 12);
        long offset = Little.u32(bytes, at + 16);
        long records = position;
        for (long at64 : recordsOf64(content, position)) {
            byte[] record = content.read(at64, SIZE_64);
            records = Math.min(records, at64);
            add(
                    content,
                    new ZipEnd(position, end, at64, 0, Little.i64(record, 40), 0, Little.i64(record, 32)),
                    Little.i64(record, 48),
                    found);
        }
        if (size != 0xFFFF_FFFFL && offset != 0xFFFF_FFFFL && entries != 0xFFFF) {
            add(content, new ZipEnd(position, end, records, 0, size, 0, entries), offset, found);
        }
        add(content, new ZipEnd(position, end, position, 0, size, 0, entries), offset, found);
    }

    /** APPNOTE.TXT, 4.3.14 and 4.3.15. Python looks right before the locator, others where the locator points to. */
    private static Iterable<Long> recordsOf64(Content content, long position) throws IOException {
        TreeSet<Long> records = new TreeSet<>();
        long locator = position - LOCATOR_SIZE;
        if (locator >= SIZE_64) {
            byte[] bytes = content.read(locator, LOCATOR_SIZE);
            if (ZipSignature.LOCATOR_64.isAt(bytes, 0)) {
                for (long at : new long[] {Little.i64(bytes, 8), locator - SIZE_64}) {
                    if (at >= 0 && at <= locator - SIZE_64 && ZipSignature.END_64.isAt(content.read(at, 4), 0)) {
                        records.add(at);
                    }
                }
            }
        }
        return records;
    }

    /** The directory ends where the end records begin, as Python and Java have it, or begins at its offset. */
    private static void add(Content content, ZipEnd read, long offset, List<ZipEnd> found) throws IOException {
        long size = read.directorySize();
        if (size < 0 || size > read.records() || offset < 0) {
            return;
        }
        long before = read.records() - size;
        addAt(content, read, before, before - offset, found);
        if (offset <= before) {
            addAt(content, read, offset, 0, found);
        }
    }

    private static void addAt(Content content, ZipEnd read, long directory, long base, List<ZipEnd> found)
            throws IOException {
        long size = read.directorySize();
        boolean isEmpty = size == 0 && read.entries() == 0;
        boolean isDirectory = size >= 46 && ZipSignature.CENTRAL.isAt(content.read(directory, 4), 0);
        ZipEnd end = new ZipEnd(read.position(), read.end(), read.records(), directory, size, base, read.entries());
        if (((isEmpty && base == 0) || isDirectory) && found.stream().noneMatch(end::isSameAs) && found.size() < MOST) {
            found.add(end);
        }
    }

    private boolean isSameAs(ZipEnd other) {
        return directory == other.directory && directorySize == other.directorySize && base == other.base;
    }
}
