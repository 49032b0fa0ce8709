package io.github.mlmaven.inspect.scan.archive;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Which bytes of a zip archive belong to what: each should belong to one thing. */
final class ZipLayout {

    /**
     * Bytes of an entry with its local header, or of a record of the archive.
     *
     * @param entry what an entry's data is, or empty
     */
    record Part(long from, long to, Optional<Packed> entry) {}

    /**
     * The data of an entry.
     *
     * @param data where it begins
     * @param length as much of it as is in the file
     */
    record Packed(ZipEntry entry, long data, long length) {}

    /** Bytes of nothing. */
    record Gap(long from, long to) {}

    private final List<Part> parts = new ArrayList<>();

    void add(long from, long to) {
        Part part = new Part(from, to, Optional.empty());
        if (!parts.contains(part)) {
            parts.add(part);
        }
    }

    void add(Packed packed, long to) {
        parts.add(new Part(packed.entry().header(), to, Optional.of(packed)));
    }

    /** Whether it is within the data of an entry. */
    boolean isInEntry(long position) {
        return parts.stream()
                .flatMap(part -> part.entry().stream())
                .anyMatch(packed -> packed.data() <= position && position < packed.data() + packed.length());
    }

    /** In the order of the file. */
    List<Part> sorted() {
        parts.sort(Comparator.comparingLong(Part::from).thenComparingLong(Part::to));
        return List.copyOf(parts);
    }

    List<Gap> gaps(long size) {
        List<Gap> gaps = new ArrayList<>();
        long until = 0;
        for (Part part : sorted()) {
            if (part.from() > until) {
                gaps.add(new Gap(until, part.from()));
            }
            until = Math.max(until, part.to());
        }
        if (until < size) {
            gaps.add(new Gap(until, size));
        }
        return gaps;
    }
}
