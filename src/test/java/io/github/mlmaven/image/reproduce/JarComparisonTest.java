package io.github.mlmaven.image.reproduce;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.Severity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JarComparisonTest {

    private static final String PLACE = "target/add-sub-1.4.0.jar";
    private static final String WARNING = "ML-IMAGE-REPRODUCE: " + PLACE;
    private static final LocalDateTime TIME = LocalDateTime.of(2026, 11, 26, 12, 0);

    @TempDir
    Path folder;

    @Test
    void permissionsDoNotCount() throws Exception {
        Path first = jar("first.jar", new Entry("a", "1", TIME, 0644));
        Path second = jar("second.jar", new Entry("a", "1", TIME, 0600));

        assertThat(Files.mismatch(first, second)).isPositive();
        assertThat(JarComparison.compare(first, second, PLACE)).isEmpty();
    }

    @Test
    void entriesThatDifferAreNamedAndAreWarnings() throws Exception {
        Path first = jar("first.jar", new Entry("a", "1", TIME, 0644), new Entry("b", "1", TIME, 0644));
        Path second = jar("second.jar", new Entry("a", "1", TIME.plusHours(1), 0644), new Entry("b", "2", TIME, 0644));

        List<Finding> findings = JarComparison.compare(first, second, PLACE);

        assertThat(findings).extracting(Finding::severity).containsOnly(Severity.WARNING);
        assertThat(findings.get(0).line())
                .startsWith(WARNING + ": the jar is not the same in a second build: 2 of its entries differ; expected"
                        + " sha256:" + DigestUtils.sha256Hex(Files.readAllBytes(first)) + ", found sha256:"
                        + DigestUtils.sha256Hex(Files.readAllBytes(second)) + ". Let the build write the same bytes");
        assertThat(findings.get(1).line())
                .isEqualTo(WARNING + "!/a: the jar: it differs in its time; expected 2026-11-26T12:00, found"
                        + " 2026-11-26T13:00. Find out what writes it in another way each time.");
        assertThat(findings.get(2).line())
                .startsWith(WARNING + "!/b: the jar: it differs in its content; expected sha256:");
    }

    @Test
    void anotherOrderIsSaidToBeThat() throws Exception {
        Path first = jar("first.jar", new Entry("a", "1", TIME, 0644), new Entry("b", "1", TIME, 0644));
        Path second = jar("second.jar", new Entry("b", "1", TIME, 0644), new Entry("a", "1", TIME, 0644));

        assertThat(JarComparison.compare(first, second, PLACE))
                .singleElement()
                .extracting(Finding::message)
                .isEqualTo("the jar is not the same in a second build: its entries are, but in another order");
    }

    @Test
    void aJarThatTheSecondBuildDidNotWriteIsTold() throws Exception {
        Path first = jar("first.jar", new Entry("a", "1", TIME, 0644));

        assertThat(JarComparison.compare(first, folder.resolve("none.jar"), PLACE))
                .extracting(Finding::line)
                .containsExactly(WARNING + ": the second build wrote no such jar; expected the jar, found none."
                        + " Run mvn clean package, in case the jar is of an older build.");
    }

    private record Entry(String name, String content, LocalDateTime time, int mode) {}

    private Path jar(String name, Entry... entries) throws IOException {
        Path jar = folder.resolve(name);
        try (ZipArchiveOutputStream out = new ZipArchiveOutputStream(jar)) {
            for (Entry entry : entries) {
                ZipArchiveEntry header = new ZipArchiveEntry(entry.name());
                header.setTimeLocal(entry.time());
                header.setUnixMode(entry.mode());
                out.putArchiveEntry(header);
                out.write(entry.content().getBytes(StandardCharsets.UTF_8));
                out.closeArchiveEntry();
            }
        }
        return jar;
    }
}
