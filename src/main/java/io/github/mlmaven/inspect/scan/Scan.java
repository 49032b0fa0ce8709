package io.github.mlmaven.inspect.scan;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.FindingId;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Looks at one model's files. What is packed is unpacked into temporary files, which are gone when the scan is closed;
 * how much, how deep and how many is limited over all files together.
 */
public final class Scan implements AutoCloseable {

    /** What a finding says when a scanner has a mistake. */
    public static final String READER_FAILED = "a reader of this plugin failed on it";

    private final List<FormatScanner> scanners;
    private final ScanLimits limits;
    private final Path temporary;
    private final Deque<Path> unpacked = new ArrayDeque<>();
    private int depth;
    private long entries;
    private long unpackedBytes;

    /**
     * A scan.
     *
     * @param scanners all that are known
     * @param temporary a folder for what is unpacked, made when it is needed; other scans may use it too
     */
    public Scan(List<FormatScanner> scanners, ScanLimits limits, Path temporary) {
        this.scanners = List.copyOf(scanners);
        this.limits = limits;
        this.temporary = temporary;
    }

    /** Looks at a file, or at what is in one, in all ways that there are. */
    public ScanResult scan(Content content) throws IOException {
        if (++entries > limits.entries()) {
            return limit(content, "there are too many files in archives", "at most " + limits.entries(), "more");
        }
        if (depth == limits.depth()) {
            return limit(content, "archives are nested too deep", "at most " + limits.depth() + " levels", "more");
        }
        depth++;
        int mark = unpacked.size();
        try {
            return recognised(content, false)
                    .or(() -> recognised(content, true))
                    .orElseGet(() -> unknown(content));
        } catch (UnreadableContentException e) {
            throw e.reason();
        } finally {
            depth--;
            release(mark);
        }
    }

    private Optional<ScanResult> recognised(Content content, boolean last) {
        Optional<ScanResult> all = Optional.empty();
        for (FormatScanner scanner : scanners) {
            if (scanner.isLast() == last && !(last && all.isPresent())) {
                Optional<ScanResult> before = all;
                Optional<ScanResult> result;
                try {
                    result = scanner.scan(content, this);
                } catch (IOException e) {
                    throw new UnreadableContentException(e);
                } catch (UnreadableContentException e) {
                    throw e;
                } catch (RuntimeException | StackOverflowError e) {
                    // A mistake of ours must not make a file clean that nobody has looked at.
                    result = Optional.of(failed(content, scanner, e));
                }
                all = result.map(now -> before.map(then -> then.and(now)).orElse(now))
                        .or(() -> before);
            }
        }
        return all;
    }

    /**
     * Looks at what is packed within a content, through a temporary file that is gone afterwards.
     *
     * @param container what it is packed in
     * @param entry its name there
     * @param packedSize how many bytes of the container it takes, for the ratio
     * @param in what comes out of it
     * @throws UnpackException when that is too much or breaks off, which is a finding
     * @throws IOException when the disk is full or broken
     */
    public ScanResult scanPacked(Content container, String entry, long packedSize, InputStream in)
            throws UnpackException, IOException {
        int mark = unpacked.size();
        try {
            return scan(unpack(container, entry, packedSize, in));
        } finally {
            release(mark);
        }
    }

    /**
     * Writes what is packed within a content to a temporary file, which stays until the scan of the container ends.
     *
     * @throws UnpackException as {@link #scanPacked}
     */
    public Content unpack(Content container, String entry, long packedSize, InputStream in)
            throws UnpackException, IOException {
        Files.createDirectories(temporary);
        Path file = Files.createTempFile(temporary, "unpacked", null);
        unpacked.push(file);
        long most = limits.unpackedBytes() - unpackedBytes;
        long byRatio = Math.max(limits.freeBytes(), Math.multiplyExact(limits.ratio(), Math.max(1, packedSize)));
        byte[] buffer = new byte[1 << 16];
        long size = 0;
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int read = read(in, buffer); read >= 0; read = read(in, buffer)) {
                size += read;
                if (size > byRatio) {
                    throw UnpackException.limit(
                            "it unpacks to far more than it is",
                            "at most " + limits.ratio() + " times " + packedSize + " bytes",
                            "more");
                }
                if (size > most) {
                    throw UnpackException.limit(
                            "the archives of the model unpack to too much",
                            "at most " + limits.unpackedBytes() + " bytes",
                            "more");
                }
                out.write(buffer, 0, read);
            }
        } finally {
            unpackedBytes += size;
        }
        return container.unpacked(entry, file);
    }

    /** Whatever a decompressor throws is about what it was given; the disk is written to elsewhere. */
    private static int read(InputStream in, byte[] buffer) throws UnpackException {
        try {
            return in.read(buffer);
        } catch (IOException | RuntimeException e) {
            throw UnpackException.broken(String.valueOf(e.getMessage()));
        }
    }

    private void release(int mark) throws IOException {
        while (unpacked.size() > mark) {
            Files.deleteIfExists(unpacked.pop());
        }
    }

    @Override
    public void close() throws IOException {
        release(0);
    }

    private static ScanResult unknown(Content content) {
        return ScanResult.of(
                content,
                Kind.UNKNOWN,
                "not recognised",
                List.of(Finding.of(
                        FindingId.SAFE_UNKNOWN,
                        content.place(),
                        "nobody knows what this file is",
                        "a format that docs/checks.md lists",
                        content.size() + " bytes of something else",
                        "Move it out of the model's folder, or convert it to a format that can be looked into.")));
    }

    private static ScanResult failed(Content content, FormatScanner scanner, Throwable e) {
        StackTraceElement[] trace = e.getStackTrace();
        String where = trace.length == 0 ? "" : " at " + trace[0];
        return ScanResult.of(
                content,
                Kind.UNKNOWN,
                "not looked at",
                List.of(Finding.of(
                        FindingId.MODEL_UNREADABLE,
                        content.place(),
                        READER_FAILED,
                        "a result",
                        scanner.getClass().getSimpleName() + ": " + e + where,
                        "Report it, with the file; do not use the file until it is looked at.")));
    }

    private static ScanResult limit(Content content, String message, String expected, String found) {
        return ScanResult.of(
                content,
                Kind.UNKNOWN,
                "not looked at",
                List.of(Finding.of(
                        FindingId.SAFE_ARCHIVE,
                        content.place(),
                        message,
                        expected,
                        found,
                        "Unpack it and keep only what the model needs.")));
    }

    /** Carries it through functions. */
    private static final class UnreadableContentException extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final transient IOException reason;

        UnreadableContentException(IOException reason) {
            super(reason);
            this.reason = reason;
        }

        IOException reason() {
            return reason;
        }
    }
}
