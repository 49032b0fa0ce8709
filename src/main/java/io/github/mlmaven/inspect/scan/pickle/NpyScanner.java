package io.github.mlmaven.inspect.scan.pickle;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.FindingId;
import io.github.mlmaven.inspect.scan.Content;
import io.github.mlmaven.inspect.scan.FormatScanner;
import io.github.mlmaven.inspect.scan.Kind;
import io.github.mlmaven.inspect.scan.Scan;
import io.github.mlmaven.inspect.scan.ScanResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** NumPy's arrays ({@code numpy/lib/format.py}): plain numbers, unless their elements are Python objects. */
public final class NpyScanner implements FormatScanner {

    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int VERSION = MAGIC.length;
    private static final int PREFIX = 12;
    private static final int LONGEST_HEADER = 1 << 16;
    private static final String RESTORE = "Restore it from its source, or save it again.";

    @Override
    public Optional<ScanResult> scan(Content content, Scan scan) throws IOException {
        if (!content.startsWith(MAGIC)) {
            return Optional.empty();
        }
        byte[] prefix = content.head(PREFIX);
        boolean isLong = prefix.length > VERSION && prefix[VERSION] > 1;
        int start = isLong ? PREFIX : PREFIX - 2;
        if (prefix.length < start) {
            return Optional.of(broken(content, FindingId.MODEL_TRUNCATED, "a header", "it ends before", List.of()));
        }
        long length = 0;
        for (int i = start - 1; i >= VERSION + 2; i--) {
            length = (length << 8) | (prefix[i] & 0xFF);
        }
        if (length > content.size() - start) {
            return Optional.of(broken(content, FindingId.MODEL_TRUNCATED, "a header", "it ends before", List.of()));
        }
        if (length > LONGEST_HEADER) {
            String found = length + " bytes";
            return Optional.of(broken(content, FindingId.MODEL_LIMIT, "a shorter header", found, List.of()));
        }
        String header = new String(content.read(start, (int) length), StandardCharsets.UTF_8);
        return Optional.of(array(content, header, start + length));
    }

    private static ScanResult array(Content content, String header, long from) throws IOException {
        try {
            if (!(PythonLiteral.parse(header) instanceof Map<?, ?> map)
                    || !map.keySet().equals(Set.of("descr", "fortran_order", "shape"))
                    || !(map.get("fortran_order") instanceof Boolean)
                    || !(map.get("shape") instanceof List<?> shape)) {
                throw PickleException.wrong("a header without descr, fortran_order and shape");
            }
            NpyType type = NpyType.of(Objects.requireNonNull(map.get("descr")));
            return type.objects() ? objects(content, from) : numbers(content, type, shape, from);
        } catch (PickleException e) {
            Trail trail = new Trail();
            boolean pickle = pickles(content, from, trail);
            List<Finding> findings =
                    pickle ? PickleFindings.of(content.place(), trail, "a Python pickle in a NumPy file") : List.of();
            return broken(content, FindingId.MODEL_CORRUPT, "a header that NumPy writes", e.what(), findings);
        }
    }

    private static ScanResult objects(Content content, long from) throws IOException {
        Trail trail = new Trail();
        String format = "a NumPy array of Python objects, which is a pickle";
        if (pickles(content, from, trail)) {
            return ScanResult.of(content, Kind.UNSAFE, format, PickleFindings.of(content.place(), trail, format));
        }
        FindingId id = from == content.size() ? FindingId.MODEL_TRUNCATED : FindingId.MODEL_CORRUPT;
        return broken(content, id, "a pickle behind the header", "something else", List.of());
    }

    private static boolean pickles(Content content, long from, Trail trail) throws IOException {
        Source source = Source.of(content).part(from, content.size() - from);
        return new PickleReader(source, from, 0, trail).read();
    }

    private static ScanResult numbers(Content content, NpyType type, List<?> shape, long from) throws PickleException {
        long expected = RawArray.product(type.size(), NpyType.count(shape));
        long found = content.size() - from;
        if (expected != found) {
            FindingId id = found < expected ? FindingId.MODEL_TRUNCATED : FindingId.MODEL_CORRUPT;
            return broken(content, id, expected + " bytes of elements", found + " bytes", List.of());
        }
        String dimensions = shape.stream().map(String::valueOf).collect(Collectors.joining(","));
        return ScanResult.of(content, Kind.DATA, "a NumPy array " + type.name() + "[" + dimensions + "]");
    }

    private static ScanResult broken(
            Content content, FindingId id, String expected, String found, List<Finding> findings) {
        Finding finding = Finding.of(id, content.place(), "the NumPy array is not complete", expected, found, RESTORE);
        List<Finding> all = new ArrayList<>(findings);
        all.add(finding);
        return ScanResult.of(content, findings.isEmpty() ? Kind.DATA : Kind.UNSAFE, "a broken NumPy array", all);
    }
}
