package io.github.mlmaven.inspect.scan.archive;

import io.github.mlmaven.inspect.scan.Content;
import io.github.mlmaven.inspect.scan.FormatScanner;
import io.github.mlmaven.inspect.scan.Kind;
import io.github.mlmaven.inspect.scan.Scan;
import io.github.mlmaven.inspect.scan.ScanResult;
import io.github.mlmaven.inspect.scan.UnpackException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Single files that are compressed: gzip, zlib, bzip2, xz, LZMA, LZ4 and Snappy, as joblib and others write them. */
public final class CompressedScanner implements FormatScanner {

    /** What starts so and unpacks so far is no accident. */
    private static final long NO_ACCIDENT = 1 << 16;

    @Override
    public Optional<ScanResult> scan(Content content, Scan scan) throws IOException {
        Optional<Compression> compression = Compression.of(content.head(Compression.HEAD));
        return compression.isPresent() ? scan(content, compression.get(), scan) : Optional.empty();
    }

    private static Optional<ScanResult> scan(Content content, Compression compression, Scan scan) throws IOException {
        Problems problems = new Problems(content);
        List<ScanResult> contents = new ArrayList<>();
        try (UnpackedStream in = compression.unpack(content)) {
            try {
                contents.add(scan.scanPacked(content, compression.nameWithin(content.name()), content.size(), in));
            } catch (UnpackException e) {
                problems.add(e.at(content.place()));
            }
            boolean isShort = in.hasFailed() && !in.needsMemory() && in.size() < NO_ACCIDENT;
            if (isShort && !compression.isCertain() && isNothing(contents)) {
                return Optional.empty();
            }
            if (in.hasFailed() && in.size() == 0) {
                contents.clear();
            }
            in.failure(content.place()).ifPresent(problems::add);
            if (!in.hasFailed() && problems.findings().isEmpty()) {
                remainder(content, in.end(), scan, problems).ifPresent(contents::add);
            }
        }
        return Optional.of(new ScanResult(
                content.place(),
                content.size(),
                Kind.CONTAINER,
                "a compressed file (" + compression.title() + ")",
                problems.findings(),
                contents));
    }

    /** Text and noise may start as a compressed file does; then nothing that hurts comes out of it. */
    private static boolean isNothing(List<ScanResult> contents) {
        return contents.stream().allMatch(result -> result.kind() == Kind.UNKNOWN || result.kind() == Kind.DATA);
    }

    private static Optional<ScanResult> remainder(Content content, long end, Scan scan, Problems problems)
            throws IOException {
        if (!Remainder.isAny(content, end, content.size())) {
            return Optional.empty();
        }
        problems.archive(
                "something stands after the compressed data", "nothing", (content.size() - end) + " more bytes");
        return Remainder.scan(content, end, content.size(), scan);
    }
}
