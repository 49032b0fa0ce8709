package io.github.mlmaven.inspect.scan.archive;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.inspect.scan.Content;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.zip.CRC32;

/**
 * The plain files in one zip archive, for whoever unpacks some of them. Only entries that are asked for are judged: names
 * that lead elsewhere, links, what is encrypted, shares bytes with another, or has the same name as another.
 */
public final class ZipMembers {

    /**
     * A file in the archive that nothing is wrong with.
     *
     * @param name its path in the archive
     * @param size its size unpacked, as the archive says
     * @param packedSize its size in the archive
     */
    public record File(String name, long size, long packedSize) {}

    private static final int DEEPEST = 64;

    private final Content content;
    private final Problems problems;
    private final List<ZipEntry> entries = new ArrayList<>();
    private final Map<String, ZipLayout.Packed> packed = new HashMap<>();

    private ZipMembers(Content content) {
        this.content = content;
        this.problems = new Problems(content);
    }

    /** Reads the central directory. */
    public static ZipMembers of(Content content) throws IOException {
        ZipMembers members = new ZipMembers(content);
        members.read();
        return members;
    }

    /** The names of all files, those too that something is wrong with, for choosing and for messages. */
    public List<String> names() {
        return entries.stream()
                .filter(entry -> !entry.name().isFolder())
                .map(entry -> entry.name().text())
                .toList();
    }

    /** What is wrong so far. */
    public List<Finding> findings() {
        return problems.findings();
    }

    /** The files that are asked for, by name; when {@link #findings} is not empty afterwards, none should be used. */
    public List<File> choose(Predicate<String> asked) throws IOException {
        judgeNames(asked);
        List<ZipEntry> chosen = entries.stream()
                .filter(entry -> asked.test(entry.name().text()))
                .sorted(Comparator.comparingLong(ZipEntry::header))
                .toList();
        List<File> files = new ArrayList<>();
        long until = 0;
        for (ZipEntry entry : chosen) {
            new ZipEntryCheck(problems).central(entry);
            Optional<ZipLayout.Packed> located = entry.name().isFolder() ? Optional.empty() : locate(entry);
            if (located.isPresent()) {
                ZipLayout.Packed at = located.get();
                if (entry.header() < until) {
                    problems.entry(
                            entry.name(),
                            "the entry shares bytes with what stands before it",
                            "bytes of its own",
                            "bytes from " + entry.header() + " on");
                }
                until = Math.max(until, at.data() + at.length());
                packed.put(entry.name().text(), at);
                files.add(new File(entry.name().text(), entry.size(), entry.packed()));
            }
        }
        files.sort(Comparator.comparing(File::name));
        return files;
    }

    /**
     * Unpacks a file that was chosen.
     *
     * @return what is wrong with it, after which what was written is to be thrown away; nothing when all is well
     */
    public List<Finding> unpack(File file, OutputStream out) throws IOException {
        ZipLayout.Packed at = packed.get(file.name());
        if (at == null) {
            throw new IllegalArgumentException("not chosen: " + file.name());
        }
        ZipEntry entry = at.entry();
        Content part = content.part(entry.name().shown(), at.data(), at.length());
        if (entry.method() == ZipEntry.STORED) {
            try (InputStream in = part.open()) {
                copy(entry, in, out);
            }
        } else {
            try (UnpackedStream in = ZipMethod.unpack(entry, part)) {
                copy(entry, in, out);
                in.failure(problems.place(entry.name())).ifPresent(problems::add);
            }
        }
        return problems.findings();
    }

    private void read() throws IOException {
        List<ZipEnd> ends = content.size() < ZipEnd.SIZE ? List.of() : ZipEnd.find(content);
        if (ends.isEmpty()) {
            problems.truncated(
                    "the archive has no central directory",
                    "an end record that leads to one",
                    content.size() + " bytes");
            return;
        }
        entries.addAll(ZipHeaders.central(content, ends.get(0), problems));
        for (ZipEnd other : ends.subList(1, ends.size())) {
            // An archive that is stored in this one has an end record, too.
            if (!isInEntry(other.position())) {
                problems.archive(
                        "readers see different entries in the archive",
                        "one central directory",
                        "several that may be taken for it");
                return;
            }
        }
    }

    private boolean isInEntry(long position) throws IOException {
        for (ZipEntry entry : entries) {
            var local = ZipHeaders.local(content, entry.header());
            if (local.isPresent()
                    && local.get().data() <= position
                    && position - local.get().data() < entry.packed()) {
                return true;
            }
        }
        return false;
    }

    private void judgeNames(Predicate<String> asked) {
        Map<String, Boolean> files = new HashMap<>();
        for (ZipEntry entry : entries) {
            if (entry.name().isFolder()) {
                continue;
            }
            boolean isAsked = asked.test(entry.name().text());
            Boolean other = files.put(entry.name().key(), isAsked);
            if (other != null && (other || isAsked)) {
                problems.entry(
                        entry.name(),
                        "two entries have this name, or names that some systems take for one",
                        "one",
                        "another");
            }
        }
        for (ZipEntry entry : entries) {
            if (asked.test(entry.name().text())) {
                judgeFolders(entry, files.keySet());
            }
        }
    }

    private void judgeFolders(ZipEntry entry, Set<String> files) {
        String key = entry.name().key();
        int depth = 0;
        for (int slash = key.lastIndexOf('/'); slash > 0; slash = key.lastIndexOf('/', slash - 1)) {
            if (++depth > DEEPEST) {
                problems.entry(entry.name(), "the entry lies too deep", "at most " + DEEPEST + " folders", "more");
                return;
            }
            if (files.contains(key.substring(0, slash))) {
                problems.entry(entry.name(), "the entry lies in another that is a file", "a folder", "a file");
                return;
            }
        }
    }

    private Optional<ZipLayout.Packed> locate(ZipEntry entry) throws IOException {
        var local = ZipHeaders.local(content, entry.header());
        boolean fits = local.isPresent()
                && entry.packed() >= 0
                && entry.size() >= 0
                && entry.packed() <= content.size() - local.get().data();
        if (!fits) {
            problems.corrupt(
                    entry.name(),
                    "the central directory leads to no entry",
                    "a local header at byte " + entry.header(),
                    "something else");
            return Optional.empty();
        }
        new ZipEntryCheck(problems).both(entry, local.get().entry());
        boolean known = entry.method() == ZipEntry.STORED
                || entry.method() == ZipEntry.DEFLATED
                || entry.method() == ZipEntry.BZIP2
                || entry.method() == ZipEntry.LZMA;
        if (!known) {
            problems.entry(
                    entry.name(),
                    "the entry is packed in a way that cannot be looked into",
                    "stored, deflate, bzip2 or LZMA",
                    "method " + entry.method());
        }
        return Optional.of(new ZipLayout.Packed(entry, local.get().data(), entry.packed()));
    }

    /** Never more than the archive has announced. */
    private void copy(ZipEntry entry, InputStream in, OutputStream out) throws IOException {
        CRC32 crc = new CRC32();
        byte[] buffer = new byte[1 << 16];
        long size = 0;
        for (int read = in.read(buffer); read >= 0 && size <= entry.size(); read = in.read(buffer)) {
            size += read;
            crc.update(buffer, 0, read);
            if (size <= entry.size()) {
                out.write(buffer, 0, read);
            }
        }
        if (size != entry.size()) {
            problems.entry(
                    entry.name(),
                    "the entry is not as large as it says",
                    entry.size() + " bytes",
                    size > entry.size() ? "more" : size + " bytes");
        } else if (crc.getValue() != entry.crc()) {
            problems.corrupt(
                    entry.name(),
                    "the entry is not what was packed",
                    "CRC " + Long.toHexString(entry.crc()),
                    "CRC " + Long.toHexString(crc.getValue()));
        }
    }
}
