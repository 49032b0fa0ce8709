package io.github.mlmaven.inspect.scan.archive;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.inspect.scan.Content;
import io.github.mlmaven.inspect.scan.FormatScanner;
import io.github.mlmaven.inspect.scan.Scan;
import io.github.mlmaven.inspect.scan.ScanLimits;
import io.github.mlmaven.inspect.scan.ScanResult;
import io.github.mlmaven.inspect.scan.data.TextScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Scans bytes by the scanners of archives, of text and of what is evil. */
final class Scans {

    static final List<FormatScanner> SCANNERS = List.of(
            new EvilScanner(),
            new ClosedArchiveScanner(),
            new CompressedScanner(),
            new SevenZScanner(),
            new TarScanner(),
            new ZipScanner(),
            new TextScanner());

    private Scans() {}

    static ScanResult scan(Path folder, String name, byte[] bytes) throws IOException {
        return scan(folder, name, bytes, ScanLimits.DEFAULT);
    }

    static ScanResult scan(Path folder, String name, byte[] bytes, ScanLimits limits) throws IOException {
        Path file = Files.write(folder.resolve(name), bytes);
        Path temporary = Files.createTempDirectory(folder, "unpacked");
        try (Scan scan = new Scan(SCANNERS, limits, temporary)) {
            return scan.scan(Content.of(file, name));
        } finally {
            Files.delete(temporary);
            Files.delete(file);
        }
    }

    /** All of a finding but its next step. */
    static String line(Finding finding) {
        String line = finding.line();
        return line.substring(0, line.length() - finding.next().length() - 2);
    }

    static List<String> lines(ScanResult result) {
        return result.allFindings().stream().map(Scans::line).toList();
    }
}
