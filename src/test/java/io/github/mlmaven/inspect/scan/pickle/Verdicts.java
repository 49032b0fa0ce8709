package io.github.mlmaven.inspect.scan.pickle;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.FindingId;
import io.github.mlmaven.inspect.scan.Content;
import io.github.mlmaven.inspect.scan.FormatScanner;
import io.github.mlmaven.inspect.scan.Kind;
import io.github.mlmaven.inspect.scan.Scan;
import io.github.mlmaven.inspect.scan.ScanLimits;
import io.github.mlmaven.inspect.scan.ScanResult;
import io.github.mlmaven.inspect.scan.pickle.PickleCase.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Scans bytes with the scanners of this package alone. */
final class Verdicts {

    private static final List<FormatScanner> SCANNERS = List.of(new NpyScanner(), new PickleScanner());

    private Verdicts() {}

    /** What they say of a file with these bytes. */
    static ScanResult scan(Path folder, byte[] bytes) throws IOException {
        Path file = Files.write(folder.resolve("model.bin"), bytes);
        try (Scan scan = new Scan(SCANNERS, ScanLimits.DEFAULT, folder)) {
            return scan.scan(Content.of(file, "src/main/model/model.bin"));
        }
    }

    static Verdict of(ScanResult result) {
        Set<FindingId> ids = result.allFindings().stream().map(Finding::id).collect(Collectors.toSet());
        if (ids.contains(FindingId.SAFE_MALICIOUS)) {
            return Verdict.MALICIOUS;
        }
        if (result.kind() != Kind.UNSAFE) {
            return Verdict.NOT_A_PICKLE;
        }
        if (ids.contains(FindingId.SAFE_CODE)) {
            return Verdict.CODE;
        }
        if (ids.contains(FindingId.SAFE_IMPORT)) {
            return Verdict.IMPORT;
        }
        return ids.equals(Set.of(FindingId.SAFE_PICKLE)) ? Verdict.UNSAFE : Verdict.CORRUPT;
    }
}
