package io.github.mlmaven.inspect.scan.archive;

import io.github.mlmaven.inspect.scan.Content;
import io.github.mlmaven.inspect.scan.FormatScanner;
import io.github.mlmaven.inspect.scan.Kind;
import io.github.mlmaven.inspect.scan.Scan;
import io.github.mlmaven.inspect.scan.ScanResult;
import io.github.mlmaven.inspect.scan.UnpackException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.compress.archivers.sevenz.SevenZArchiveEntry;

/** 7z archives, by the library; all entries are unpacked before one is looked at, so that its memory is free again. */
public final class SevenZScanner implements FormatScanner {

    private static final byte[] MAGIC = {'7', 'z', (byte) 0xBC, (byte) 0xAF, 0x27, 0x1C};
    private static final int MOST_ENTRIES = 100_000;

    @Override
    public Optional<ScanResult> scan(Content content, Scan scan) throws IOException {
        if (!content.startsWith(MAGIC)) {
            return Optional.empty();
        }
        Problems problems = new Problems(content);
        List<ScanResult> results = new ArrayList<>();
        if (SevenZHeader.isSmall(content)) {
            for (Content entry : entries(content, scan, problems)) {
                results.add(scan.scan(entry));
            }
        } else {
            problems.archive(
                    "the header of the archive is larger than honest ones, and nothing was looked at",
                    "at most " + SevenZHeader.LARGEST + " bytes",
                    "more");
        }
        remainder(content, scan, problems).ifPresent(results::add);
        return Optional.of(new ScanResult(
                content.place(), content.size(), Kind.CONTAINER, "a 7z archive", problems.findings(), results));
    }

    private static List<Content> entries(Content content, Scan scan, Problems problems) throws IOException {
        List<Content> entries = new ArrayList<>();
        Set<String> keys = new HashSet<>();
        try (SevenZReader reader = new SevenZReader(content)) {
            for (Optional<SevenZArchiveEntry> next = reader.next(); next.isPresent(); next = reader.next()) {
                if (keys.size() == MOST_ENTRIES) {
                    problems.archive(
                            "the archive has too many entries, and only the first were looked at",
                            "at most " + MOST_ENTRIES,
                            "more");
                    return entries;
                }
                SevenZArchiveEntry entry = next.get();
                EntryName name = EntryName.of(String.valueOf(entry.getName()));
                check(entry, name, keys, problems);
                if (!entry.isDirectory() && !entry.isAntiItem()) {
                    entries.add(scan.unpack(content, name.shown(), content.size(), reader.data()));
                    reader.failure(problems.place(name)).ifPresent(problems::add);
                }
            }
            reader.failure(content.place()).ifPresent(problems::add);
        } catch (UnpackException e) {
            problems.add(e.at(content.place()));
        }
        return entries;
    }

    private static void check(SevenZArchiveEntry entry, EntryName name, Set<String> keys, Problems problems) {
        problems.name(name);
        if (!keys.add(name.key()) && !entry.isDirectory()) {
            problems.entry(
                    name, "two entries have this name, or names that some systems take for one", "one", "another");
        }
        // p7zip keeps the mode of Unix in the upper half when this bit is set.
        int attributes = entry.getHasWindowsAttributes() ? entry.getWindowsAttributes() : 0;
        int type = (attributes & 0x8000) != 0 ? attributes >>> 16 & 0xF000 : 0;
        boolean isReparsePoint = (attributes & 0x400) != 0;
        if (isReparsePoint || entry.isAntiItem() || (type != 0 && type != 0x8000 && type != 0x4000)) {
            String found = entry.isAntiItem() ? "an order to delete a file" : "a link or a device";
            problems.entry(name, "the entry is not a plain file or folder", "plain files and folders", found);
        }
    }

    private static Optional<ScanResult> remainder(Content content, Scan scan, Problems problems) throws IOException {
        long end = SevenZHeader.end(content);
        if (end < 0 || !Remainder.isAny(content, end, content.size())) {
            return Optional.empty();
        }
        problems.archive("something stands after the archive", "nothing", "bytes " + end + " to " + content.size());
        return Remainder.scan(content, end, content.size(), scan);
    }
}
