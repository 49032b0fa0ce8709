package io.github.mlmaven.inspect.scan.program;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.FindingId;
import io.github.mlmaven.inspect.scan.Content;
import io.github.mlmaven.inspect.scan.FormatScanner;
import io.github.mlmaven.inspect.scan.Kind;
import io.github.mlmaven.inspect.scan.Scan;
import io.github.mlmaven.inspect.scan.ScanResult;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Programs, by their first bytes: for processors, for virtual machines, and scripts that name their interpreter. */
public final class ProgramScanner implements FormatScanner {

    @Override
    public Optional<ScanResult> scan(Content content, Scan scan) throws IOException {
        Optional<String> program = Program.of(content);
        return program.map(format -> ScanResult.of(
                content,
                Kind.UNSAFE,
                format,
                List.of(Finding.of(
                        FindingId.SAFE_CODE,
                        content.place(),
                        "it is a program",
                        "a model and its data",
                        format,
                        "Move it out of the model's folder; ask where it comes from."))));
    }
}
