package io.github.mlmaven.inspect.scan.archive;

import io.github.mlmaven.inspect.scan.Content;
import io.github.mlmaven.inspect.scan.Scan;
import io.github.mlmaven.inspect.scan.ScanResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Bytes of a zip archive that no central directory leads to: entries that only some readers see, or anything else. */
final class ZipGaps {

    private static final int MOST_HIDDEN = 1000;
    private static final int CHUNK = 1 << 16;

    private final Content content;
    private final Scan scan;
    private final Problems problems;
    private final ZipContents contents;

    ZipGaps(Content content, Scan scan, Problems problems, ZipContents contents) {
        this.content = content;
        this.scan = scan;
        this.problems = problems;
        this.contents = contents;
    }

    /**
     * Looks at them.
     *
     * @param isListed whether there is a central directory at all
     */
    List<ScanResult> scan(List<ZipLayout.Gap> gaps, boolean isListed) throws IOException {
        List<ScanResult> results = new ArrayList<>();
        for (ZipLayout.Gap gap : gaps) {
            if (Remainder.isAny(content, gap.from(), gap.to()) && !isTfLite(gap)) {
                List<ZipLayout.Packed> hidden = hidden(gap);
                for (ZipLayout.Packed packed : hidden) {
                    hidden(packed, isListed);
                    contents.entry(packed).ifPresent(results::add);
                }
                if (hidden.isEmpty()) {
                    nothing(gap).ifPresent(results::add);
                }
            }
        }
        return results;
    }

    /** TFLite's metadata is an archive behind the model: https://www.tensorflow.org/lite/models/convert/metadata. */
    private boolean isTfLite(ZipLayout.Gap gap) throws IOException {
        byte[] magic = "TFL3".getBytes(StandardCharsets.US_ASCII);
        return gap.from() == 0 && gap.to() >= 8 && Arrays.equals(content.read(4, 4), magic);
    }

    private void hidden(ZipLayout.Packed packed, boolean isListed) {
        if (isListed) {
            problems.entry(
                    packed.entry().name(),
                    "the entry is hidden from readers that use the central directory",
                    "entries that are listed",
                    "a local header at byte " + packed.entry().header());
        }
    }

    private Optional<ScanResult> nothing(ZipLayout.Gap gap) throws IOException {
        String where = gap.from() == 0 ? "before" : gap.to() == content.size() ? "after" : "between the entries of";
        problems.archive(
                "something stands " + where + " the archive", "nothing", "bytes " + gap.from() + " to " + gap.to());
        return gap.from() == 0 ? Optional.empty() : Remainder.scan(content, gap.from(), gap.to(), scan);
    }

    private List<ZipLayout.Packed> hidden(ZipLayout.Gap gap) throws IOException {
        List<ZipLayout.Packed> hidden = new ArrayList<>();
        long at = next(gap.from(), gap.to());
        while (at >= 0 && hidden.size() < MOST_HIDDEN) {
            Optional<ZipHeaders.Local> local =
                    ZipHeaders.local(content, at).filter(header -> header.data() <= gap.to());
            long after = at + 4;
            if (local.isPresent()) {
                ZipEntry entry = local.get().entry();
                long data = local.get().data();
                boolean isKnown = entry.packed() > 0 || !entry.hasDescriptor();
                long end = isKnown && entry.packed() >= 0 && entry.packed() <= gap.to() - data
                        ? data + entry.packed()
                        : next(data, gap.to());
                end = end < 0 ? gap.to() : end;
                hidden.add(new ZipLayout.Packed(entry, data, end - data));
                after = end;
            }
            at = next(after, gap.to());
        }
        return hidden;
    }

    /** Where the next local header begins, or -1. */
    private long next(long from, long to) throws IOException {
        for (long at = from; at + 4 <= to; at += CHUNK - 3) {
            byte[] bytes = content.read(at, (int) Math.min(CHUNK, to - at));
            for (int i = 0; i + 4 <= bytes.length; i++) {
                if (bytes[i] == 'P' && ZipSignature.LOCAL.isAt(bytes, i)) {
                    return at + i;
                }
            }
        }
        return -1;
    }
}
