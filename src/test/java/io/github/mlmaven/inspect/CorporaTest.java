package io.github.mlmaven.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.FindingId;
import io.github.mlmaven.inspect.scan.ScanResult;
import io.github.mlmaven.inspect.scan.pickle.PickleCase;
import io.github.mlmaven.inspect.scan.pickle.PickleCorpus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All scanners together over all corpora: nothing hostile passes, nothing benign is called malicious. */
class CorporaTest {

    @TempDir
    Path temporary;

    private interface Packing {
        byte[] pack(String name, byte[] content) throws IOException;
    }

    @Test
    void thereAreManyOfEveryKind() {
        assertThat(Corpora.all()).hasSizeGreaterThan(150);
    }

    @Test
    void eachIsJudgedAsExpectedByAllScannersTogether() throws Exception {
        List<String> wrong = new ArrayList<>();
        for (Corpora.Sample sample : Corpora.all()) {
            List<Finding> findings = scan(fileName(sample.file()), sample.bytes());
            if (!sample.holds().test(Corpora.ids(findings))) {
                wrong.add(sample.name() + ": expected " + sample.expected() + ", found " + lines(findings));
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void attacksAreFoundInEveryArchiveUnderAnyName() throws Exception {
        List<String> missed = new ArrayList<>();
        for (PickleCase pickle : PickleCorpus.all()) {
            if (pickle.verdict() == PickleCase.Verdict.MALICIOUS) {
                for (Packing packing : List.<Packing>of(
                        CorporaTest::zip,
                        CorporaTest::tar,
                        (name, content) -> gzip(tar(name, content)),
                        (name, content) -> zip("inner.bin", gzip(zip(name, content))))) {
                    List<Finding> findings = scan("weights.txt", packing.pack("labels.json", pickle.bytes()));
                    if (!Corpora.ids(findings).contains(FindingId.SAFE_MALICIOUS)) {
                        missed.add(pickle.name() + ": " + lines(findings));
                    }
                }
            }
        }
        assertThat(missed).isEmpty();
    }

    private List<Finding> scan(String name, byte[] content) throws IOException {
        Path folder = Files.createDirectories(temporary.resolve("model"));
        Path file = folder.resolve(name);
        Files.write(file, content);
        try {
            return new FolderScan(temporary.resolve("scan"))
                    .of(folder, "model").stream()
                            .map(ScanResult::allFindings)
                            .flatMap(List::stream)
                            .toList();
        } finally {
            Files.delete(file);
        }
    }

    private static String fileName(String name) {
        return name.replaceAll("[^A-Za-z0-9._-]", "_");
    }

    private static List<String> lines(List<Finding> findings) {
        return findings.stream().map(Finding::line).toList();
    }

    private static byte[] zip(String name, byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(content);
            zip.closeEntry();
        }
        return bytes.toByteArray();
    }

    private static byte[] tar(String name, byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, "UTF-8")) {
            TarArchiveEntry entry = new TarArchiveEntry(name);
            entry.setSize(content.length);
            tar.putArchiveEntry(entry);
            tar.write(content);
            tar.closeArchiveEntry();
        }
        return bytes.toByteArray();
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        }
        return bytes.toByteArray();
    }
}
