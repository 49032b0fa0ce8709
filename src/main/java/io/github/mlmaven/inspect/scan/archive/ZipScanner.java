package io.github.mlmaven.inspect.scan.archive;

import io.github.mlmaven.inspect.scan.Content;
import io.github.mlmaven.inspect.scan.FormatScanner;
import io.github.mlmaven.inspect.scan.Scan;
import io.github.mlmaven.inspect.scan.ScanResult;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Zip archives, as PyTorch, NumPy and Keras write them too: by their first header, as some readers recognise them, or by
 * an end record in the last 64 KiB, as others do, whatever stands before. The library reads archives as one reader does;
 * where readers differ is what is judged here, so the records are read by own code.
 */
public final class ZipScanner implements FormatScanner {

    @Override
    public Optional<ScanResult> scan(Content content, Scan scan) throws IOException {
        if (content.size() < ZipEnd.SIZE) {
            return Optional.empty();
        }
        List<ZipEnd> ends = ZipEnd.find(content);
        boolean starts = ZipSignature.LOCAL.isAt(content.head(4), 0);
        if (!starts && (ends.isEmpty() || isWithinTar(content, ends))) {
            return Optional.empty();
        }
        return Optional.of(new ZipWalk(content, scan).walk(ends));
    }

    /** The last entry of a tar archive may well be a zip archive; it is looked at as that entry. */
    private static boolean isWithinTar(Content content, List<ZipEnd> ends) throws IOException {
        if (!TarHeader.isTar(content)) {
            return false;
        }
        List<TarWalk.Entry> entries = TarWalk.entries(content, new Problems(content));
        return ends.stream().allMatch(end -> entries.stream().anyMatch(entry -> entry.holds(end.base(), end.end())));
    }
}
