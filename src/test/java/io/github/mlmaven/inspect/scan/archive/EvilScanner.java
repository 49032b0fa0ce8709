package io.github.mlmaven.inspect.scan.archive;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.FindingId;
import io.github.mlmaven.inspect.scan.Content;
import io.github.mlmaven.inspect.scan.FormatScanner;
import io.github.mlmaven.inspect.scan.Kind;
import io.github.mlmaven.inspect.scan.Scan;
import io.github.mlmaven.inspect.scan.ScanResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Stands for whatever judges what is in archives: it knows what begins with "EVIL". */
final class EvilScanner implements FormatScanner {

    static final byte[] EVIL = "EVIL\0 is what this is".getBytes(StandardCharsets.US_ASCII);

    @Override
    public Optional<ScanResult> scan(Content content, Scan scan) throws IOException {
        return content.startsWith("EVIL".getBytes(StandardCharsets.US_ASCII))
                ? Optional.of(ScanResult.of(
                        content,
                        Kind.UNSAFE,
                        "evil",
                        List.of(Finding.of(FindingId.SAFE_MALICIOUS, content.place(), "evil", "Run."))))
                : Optional.empty();
    }
}
