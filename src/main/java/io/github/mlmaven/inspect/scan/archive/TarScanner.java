package io.github.mlmaven.inspect.scan.archive;

import io.github.mlmaven.inspect.scan.Content;
import io.github.mlmaven.inspect.scan.FormatScanner;
import io.github.mlmaven.inspect.scan.Kind;
import io.github.mlmaven.inspect.scan.Scan;
import io.github.mlmaven.inspect.scan.ScanResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tar archives: old ones, POSIX, pax and GNU. */
public final class TarScanner implements FormatScanner {

    @Override
    public Optional<ScanResult> scan(Content content, Scan scan) throws IOException {
        if (!TarHeader.isTar(content)) {
            return Optional.empty();
        }
        Problems problems = new Problems(content);
        List<ScanResult> results = new ArrayList<>();
        for (TarWalk.Entry entry : TarWalk.entries(content, problems)) {
            ScanResult result = scan.scan(content.part(entry.name().shown(), entry.from(), entry.length()));
            if (entry.isListed() || result.kind() != Kind.UNKNOWN) {
                results.add(result);
            }
        }
        return Optional.of(new ScanResult(
                content.place(), content.size(), Kind.CONTAINER, "a tar archive", problems.findings(), results));
    }
}
