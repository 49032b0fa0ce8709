package io.github.mlmaven.inspect.scan.archive;

import io.github.mlmaven.inspect.scan.Content;
import io.github.mlmaven.inspect.scan.Kind;
import io.github.mlmaven.inspect.scan.Scan;
import io.github.mlmaven.inspect.scan.ScanResult;
import io.github.mlmaven.inspect.scan.UnpackException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;

/** Looks into the entries of one zip archive. */
final class ZipContents {

    private final Content content;
    private final Scan scan;
    private final Problems problems;
    private final ZipFlavour flavour;
    private boolean isBomb;

    ZipContents(Content content, Scan scan, Problems problems, ZipFlavour flavour) {
        this.content = content;
        this.scan = scan;
        this.problems = problems;
        this.flavour = flavour;
    }

    /** Each that has its bytes for itself: what shares them is a bomb, or is read by nobody. */
    List<ScanResult> entries(List<ZipLayout.Part> parts) throws IOException {
        List<ScanResult> results = new ArrayList<>();
        long until = 0;
        for (ZipLayout.Part part : parts) {
            if (part.from() < until && part.to() > part.from()) {
                shared(part);
            } else if (part.entry().isPresent()) {
                ZipLayout.Packed packed = part.entry().get();
                if (!packed.entry().name().isFolder() || packed.length() > 0) {
                    entry(packed).ifPresent(results::add);
                }
            }
            until = Math.max(until, part.to());
        }
        return results;
    }

    private void shared(ZipLayout.Part part) {
        String found = "bytes " + part.from() + " to " + part.to() + ", which were not looked at again";
        part.entry()
                .ifPresentOrElse(
                        packed -> problems.entry(
                                packed.entry().name(),
                                "the entry shares bytes with what stands before it",
                                "bytes of its own",
                                found),
                        () -> problems.archive(
                                "a record of the archive shares bytes with what stands before it",
                                "bytes of its own",
                                found));
    }

    /** One entry; what is said to be encrypted often is not, and is then read by those who do not look. */
    Optional<ScanResult> entry(ZipLayout.Packed packed) throws IOException {
        ZipEntry entry = packed.entry();
        Content part = content.part(entry.name().shown(), packed.data(), packed.length());
        Optional<ScanResult> result = entry.method() == ZipEntry.STORED ? stored(entry, part) : unpacked(entry, part);
        return result.filter(found -> !entry.isEncrypted() || found.kind() != Kind.UNKNOWN)
                .map(found -> flavour.storage(entry.name().text(), found));
    }

    private Optional<ScanResult> stored(ZipEntry entry, Content part) throws IOException {
        CRC32 crc = new CRC32();
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = part.open()) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                crc.update(buffer, 0, read);
            }
        }
        verify(entry, part.size(), crc.getValue());
        return Optional.of(scan.scan(part));
    }

    private Optional<ScanResult> unpacked(ZipEntry entry, Content part) throws IOException {
        if (entry.method() != ZipEntry.DEFLATED
                && entry.method() != ZipEntry.BZIP2
                && entry.method() != ZipEntry.LZMA) {
            problems.entry(
                    entry.name(),
                    "the entry is packed in a way that cannot be looked into",
                    "stored, deflate, bzip2 or LZMA",
                    "method " + entry.method());
            return Optional.empty();
        }
        if (isBomb) {
            problems.entry(
                    entry.name(),
                    "it was not looked at",
                    "an archive without entries that unpack to too much",
                    "one before it");
            return Optional.empty();
        }
        try (UnpackedStream in = ZipMethod.unpack(entry, part)) {
            ScanResult result = scan.scanPacked(content, entry.name().shown(), part.size(), in);
            Optional.of(entry)
                    .filter(plain -> !plain.isEncrypted())
                    .flatMap(plain -> in.failure(problems.place(plain.name())))
                    .ifPresent(problems::add);
            if (!in.hasFailed() && !entry.isOpen()) {
                verify(entry, in.size(), in.crc());
                remainder(entry, part, in.end());
            }
            return Optional.of(result);
        } catch (UnpackException e) {
            isBomb = true;
            problems.add(e.at(problems.place(entry.name())));
            return Optional.empty();
        }
    }

    /** A reader of streams goes on where the compressed data ends, not where the headers say that it does. */
    private void remainder(ZipEntry entry, Content part, long end) {
        if (end < part.size()) {
            problems.entry(
                    entry.name(),
                    "something stands after the entry's compressed data",
                    "nothing",
                    (part.size() - end) + " more bytes");
        }
    }

    private void verify(ZipEntry entry, long size, long crc) {
        if (entry.isEncrypted() || entry.isOpen()) {
            return;
        }
        if (size != entry.size()) {
            problems.entry(
                    entry.name(), "the entry is not as large as it says", entry.size() + " bytes", size + " bytes");
        } else if (crc != entry.crc()) {
            problems.corrupt(
                    entry.name(),
                    "the entry is not what was packed",
                    "CRC " + Long.toHexString(entry.crc()),
                    "CRC " + Long.toHexString(crc));
        }
    }
}
