package io.github.mlmaven.inspect.scan.archive;

import io.github.mlmaven.inspect.scan.Content;
import io.github.mlmaven.inspect.scan.Scan;
import io.github.mlmaven.inspect.scan.ScanResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Walks one zip archive in all the ways that its readers do. */
final class ZipWalk {

    private final Content content;
    private final Scan scan;
    private final Problems problems;
    private final ZipLayout layout = new ZipLayout();
    private final Map<Long, ZipEntry> byHeader = new HashMap<>();
    private final Set<String> names = new LinkedHashSet<>();

    ZipWalk(Content content, Scan scan) {
        this.content = content;
        this.scan = scan;
        problems = new Problems(content);
    }

    ScanResult walk(List<ZipEnd> ends) throws IOException {
        int directories = 0;
        for (ZipEnd end : ends) {
            boolean isOfArchiveWithin = layout.isInEntry(end.position()) && end.end() != content.size();
            if (!isOfArchiveWithin && byHeader.size() < ZipHeaders.MOST_ENTRIES) {
                directories++;
                directory(end);
            }
        }
        if (directories == 0) {
            problems.truncated(
                    "the archive has no central directory",
                    "an end record that leads to one",
                    content.size() + " bytes");
        } else if (directories > 1) {
            problems.archive(
                    "readers see different entries in the archive",
                    "one central directory",
                    directories + " that may be taken for it");
        }
        ZipFlavour flavour = ZipFlavour.of(names);
        ZipContents contents = new ZipContents(content, scan, problems, flavour);
        List<ScanResult> results = new ArrayList<>(contents.entries(layout.sorted()));
        ZipGaps gaps = new ZipGaps(content, scan, problems, contents);
        results.addAll(gaps.scan(layout.gaps(content.size()), directories > 0));
        flavour.finding(content).ifPresent(problems::add);
        return new ScanResult(
                content.place(), content.size(), flavour.kind(), flavour.format(), problems.findings(), results);
    }

    private void directory(ZipEnd end) throws IOException {
        layout.add(end.records(), end.position() + ZipEnd.SIZE);
        layout.add(end.directory(), end.directory() + end.directorySize());
        comment(end);
        Set<String> keys = new HashSet<>();
        for (ZipEntry entry : ZipHeaders.central(content, end, problems)) {
            ZipEntry before = byHeader.put(entry.header(), entry);
            if (!keys.add(entry.name().key()) && !entry.name().isFolder()) {
                problems.entry(
                        entry.name(),
                        "two entries have this name, or names that some systems take for one",
                        "one",
                        "another");
            }
            if (!entry.equals(before)) {
                names.add(entry.name().text());
                entry(entry, end);
            }
        }
    }

    /**
     * A comment may hide an archive from readers that search from the end, or from those that do not; then its bytes are
     * not the comment's.
     */
    private void comment(ZipEnd end) throws IOException {
        long from = end.position() + ZipEnd.SIZE;
        byte[] comment = content.read(from, (int) (end.end() - from));
        for (int at = 0; at < comment.length - 3; at++) {
            for (ZipSignature signature : ZipSignature.values()) {
                if (signature.isAt(comment, at)) {
                    problems.archive(
                            "the comment of the archive holds records of an archive",
                            "text",
                            "a record " + signature + " at byte " + (from + at));
                    return;
                }
            }
        }
        layout.add(from, end.end());
    }

    private void entry(ZipEntry entry, ZipEnd end) throws IOException {
        new ZipEntryCheck(problems).central(entry);
        Optional<ZipHeaders.Local> local = ZipHeaders.local(content, entry.header());
        if (local.isEmpty() || entry.packed() < 0 || entry.size() < 0) {
            problems.corrupt(
                    entry.name(),
                    "the central directory leads to no entry",
                    "a local header at byte " + entry.header(),
                    "something else");
            return;
        }
        new ZipEntryCheck(problems).both(entry, local.get().entry());
        long data = local.get().data();
        long room = (data <= end.directory() ? end.directory() : content.size()) - data;
        long length = Math.min(entry.packed(), room);
        if (length < entry.packed()) {
            problems.entry(
                    entry.name(),
                    "the entry is larger than there is room for",
                    "at most " + room + " bytes",
                    entry.packed() + " bytes");
        }
        long descriptor = local.get().entry().hasDescriptor() ? descriptor(entry, data + length) : 0;
        layout.add(new ZipLayout.Packed(entry, data, length), data + length + descriptor);
    }

    /** APPNOTE.TXT, 4.3.9: with or without a signature, with sizes of four or eight bytes. */
    private int descriptor(ZipEntry entry, long at) throws IOException {
        byte[] bytes = content.read(at, (int) Math.min(24, content.size() - at));
        int from = ZipSignature.DESCRIPTOR.isAt(bytes, 0) ? 4 : 0;
        if (bytes.length >= from + 12 && Little.u32(bytes, from) == entry.crc()) {
            if (bytes.length >= from + 20
                    && Little.i64(bytes, from + 4) == entry.packed()
                    && Little.i64(bytes, from + 12) == entry.size()) {
                return from + 20;
            }
            if (Little.u32(bytes, from + 4) == entry.packed() && Little.u32(bytes, from + 8) == entry.size()) {
                return from + 12;
            }
        }
        problems.entry(
                entry.name(),
                "what stands behind the entry says something else than the central directory",
                "a data descriptor with CRC " + Long.toHexString(entry.crc()) + " and size " + entry.size(),
                "something else");
        return 0;
    }
}
