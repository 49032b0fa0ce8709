package io.github.mlmaven.inspect.scan.archive;

import io.github.mlmaven.inspect.scan.Content;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/** Walks the headers of a tar archive, and finds what is wrong with them. The library reads names of any length. */
final class TarWalk {

    /**
     * Data of an entry, which is stored as it is.
     *
     * @param from where it begins
     * @param isListed whether it has a header, or is what stands where none should
     */
    record Entry(EntryName name, long from, long length, boolean isListed) {

        boolean holds(long first, long last) {
            return from <= first && last <= from + length;
        }
    }

    private static final int CHUNK = 1 << 16;
    private static final int MOST_ENTRIES = 100_000;
    private static final int LARGEST_EXTENSION = 1 << 20;
    private static final long LARGEST_OCTAL = 077777777777L;

    private final Content content;
    private final Problems problems;
    private final List<Entry> entries = new ArrayList<>();
    private final Set<String> keys = new HashSet<>();
    private TarExtension extension = TarExtension.NONE;
    private long at;

    private TarWalk(Content content, Problems problems) {
        this.content = content;
        this.problems = problems;
    }

    /** All entries with data, and last what stands after the archive, if anything does. */
    static List<Entry> entries(Content content, Problems problems) throws IOException {
        TarWalk walk = new TarWalk(content, problems);
        walk.walk();
        return walk.entries;
    }

    private void walk() throws IOException {
        while (at <= content.size() - TarHeader.SIZE) {
            byte[] block = content.read(at, TarHeader.SIZE);
            if (TarHeader.isZero(block)) {
                remainder(at, content.size(), "something stands after the end of the archive");
                return;
            }
            TarHeader header = TarHeader.read(block).orElse(null);
            if (header == null || header.size().isEmpty()) {
                problems.corrupt("a header of the archive is broken", "a header at byte " + at, "something else");
                long next = nextHeader();
                remainder(at, next, "something that is no entry stands in the archive");
                at = next;
                continue;
            }
            if (entries.size() == MOST_ENTRIES) {
                problems.archive(
                        "the archive has too many entries, and only the first were looked at",
                        "at most " + MOST_ENTRIES,
                        "more");
                return;
            }
            at += TarHeader.SIZE;
            header(header, header.size().getAsLong());
        }
        remainder(at, content.size(), "something stands after the end of the archive");
    }

    /** Where some readers go on after what they do not understand. */
    private long nextHeader() throws IOException {
        for (long from = at + TarHeader.SIZE; from <= content.size() - TarHeader.SIZE; from += CHUNK) {
            byte[] bytes = content.read(from, (int) Math.min(CHUNK, content.size() - from));
            for (int i = 0; i <= bytes.length - TarHeader.SIZE; i += TarHeader.SIZE) {
                if (TarHeader.read(Arrays.copyOfRange(bytes, i, i + TarHeader.SIZE))
                        .isPresent()) {
                    return from + i;
                }
            }
        }
        return content.size();
    }

    private void header(TarHeader header, long size) throws IOException {
        switch (header.type()) {
            case 'x', 'X' -> extension = extension.with(extension(size));
            case 'L' -> extension = extension.withName(extension(size));
            case 'K' -> extension(size);
            case 'g' -> global(extension(size));
            default -> {
                entry(header, size);
                extension = TarExtension.NONE;
            }
        }
    }

    private byte[] extension(long size) throws IOException {
        byte[] bytes = content.read(at, (int) Math.min(Math.min(size, LARGEST_EXTENSION), content.size() - at));
        if (size > LARGEST_EXTENSION) {
            problems.archive(
                    "an extended header is larger than honest ones",
                    "at most " + LARGEST_EXTENSION + " bytes",
                    size + " bytes");
        }
        skip(size);
        return bytes;
    }

    /** What holds for all entries, such as a comment; a name or a size cannot be that of all. */
    private void global(byte[] records) {
        TarExtension global = TarExtension.NONE.with(records);
        if (!global.equals(TarExtension.NONE)) {
            problems.archive(
                    "a global header gives all entries one name or size, which not every reader follows",
                    "names and sizes before each entry",
                    global.name().map(EntryName::shown).orElse("other records"));
        }
    }

    private void entry(TarHeader header, long headerSize) throws IOException {
        EntryName name = extension.name().orElseGet(header::name);
        problems.name(name);
        long size = size(name, headerSize);
        if (extension.isBroken()) {
            problems.corrupt(name, "the extended header of the entry is broken", "records of pax", "something else");
        }
        boolean hasData = kind(name, header.type(), size);
        if (header.type() == 'S' || extension.isSparse()) {
            problems.entry(
                    name,
                    "the entry is sparse, so that readers see other bytes than are stored",
                    "all of its bytes",
                    "a map of them");
        }
        boolean hasMap = header.type() == 'S' && header.hasSparseExtension();
        while (hasMap && at <= content.size() - TarHeader.SIZE) {
            hasMap = content.read(at + TarHeader.SIZE - 8, 1)[0] != 0;
            at += TarHeader.SIZE;
        }
        if (hasData) {
            long length = Math.min(size, content.size() - at);
            if (!keys.add(name.key())) {
                problems.entry(
                        name, "two entries have this name, or names that some systems take for one", "one", "another");
            }
            entries.add(new Entry(name, at, length, true));
            if (length < size) {
                problems.truncated(
                        "the entry " + name.shown() + " ends after the file", size + " bytes", length + " bytes");
            }
            skip(size);
        }
    }

    private long size(EntryName name, long headerSize) {
        OptionalLong other = extension.size();
        if (other.isEmpty()) {
            return headerSize;
        }
        long size = other.getAsLong();
        if (size != headerSize && size <= LARGEST_OCTAL) {
            problems.entry(
                    name,
                    "the entry has another size in its header than in its extended header",
                    size + " bytes",
                    headerSize + " bytes");
        }
        return size;
    }

    /** Whether data follows. */
    private boolean kind(EntryName name, char type, long size) {
        return switch (type) {
            case '0', '\0', '7', 'S' -> !isOldFolder(name, type, size);
            case '5', 'D' -> {
                if (size != 0) {
                    problems.entry(name, "the folder has data", "no data", size + " bytes");
                }
                yield size != 0;
            }
            case '1' -> special(name, "a hard link", size);
            case '2' -> special(name, "a symbolic link", size);
            case '3', '4' -> special(name, "a device", size);
            case '6' -> special(name, "a named pipe", size);
            default -> {
                special(name, "type " + EntryName.of(String.valueOf(type)).shown(), 0);
                yield true;
            }
        };
    }

    /** Before there were types, a folder was a name that ends with a slash. */
    private static boolean isOldFolder(EntryName name, char type, long size) {
        return type != '7' && type != 'S' && name.isFolder() && size == 0;
    }

    private boolean special(EntryName name, String found, long size) {
        problems.entry(name, "the entry is not a plain file or folder", "plain files and folders", found);
        if (size != 0) {
            problems.entry(name, "a link has data, which not every reader skips", "no data", size + " bytes");
        }
        return false;
    }

    private void remainder(long from, long to, String message) throws IOException {
        long first = Remainder.first(content, from, to);
        if (first < to) {
            long block = from + (first - from) / TarHeader.SIZE * TarHeader.SIZE;
            String where = "bytes " + block + " to " + to;
            problems.archive(message, "nothing", where);
            entries.add(new Entry(EntryName.of(where), block, to - block, false));
        }
    }

    private void skip(long size) {
        long left = content.size() - at;
        at += size >= left ? left : Math.min(left, (size + TarHeader.SIZE - 1) / TarHeader.SIZE * TarHeader.SIZE);
    }
}
