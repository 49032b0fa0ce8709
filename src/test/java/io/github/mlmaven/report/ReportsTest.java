package io.github.mlmaven.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mlmaven.finding.FindingId;
import io.github.mlmaven.verify.VerificationReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ReportsTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @MethodSource("io.github.mlmaven.report.JsonReportTest#reports")
    void theSameVerificationGivesTheSameBytes(VerificationReport report) throws IOException {
        Reports one = new Reports(folder.resolve("one"));
        Reports other = new Reports(folder.resolve("other"));

        one.write(report, SampleReports.SETTINGS);
        other.write(report, SampleReports.SETTINGS);

        for (int i = 0; i < one.files().size(); i++) {
            assertThat(other.files().get(i)).hasSameBinaryContentAs(one.files().get(i));
            assertThat(one.files().get(i))
                    .content()
                    .doesNotContain("\r")
                    .doesNotContain(folder.toString())
                    .endsWith("\n");
        }
        assertThat(folder.resolve("one").toFile().list())
                .containsExactlyInAnyOrder("verify.html", "verify.json", "verify.sarif", "TEST-ml-verify.xml");
    }

    @Test
    void thoseOfAnEarlierBuildAreDeleted() throws IOException {
        Reports reports = new Reports(folder);
        reports.write(SampleReports.failed(), SampleReports.SETTINGS);
        Files.writeString(folder.resolve("bom.json"), "{}");

        reports.delete();

        assertThat(folder.toFile().list()).containsExactly("bom.json");
    }

    @ParameterizedTest
    @EnumSource
    void theDocumentThatShipsExplainsEveryFinding(FindingId id) throws IOException {
        ChecksDocument.Explanation explanation = ChecksDocument.load().of(id);

        assertThat(explanation.meaning()).hasSizeGreaterThan(10).doesNotContain("\n", "**", "Remedy", "###");
        assertThat(explanation.remedy()).hasSizeGreaterThan(10).doesNotContain("\n", "**", "Remedy", "###");
    }

    @Test
    void theDocumentThatShipsSaysWhatChecksProve() throws IOException {
        assertThat(ChecksDocument.load().proves("golden")).contains("the engine predicts what the golden data says");
        assertThat(ChecksDocument.load().proves("latency"))
                .contains("a run takes no longer than its budget; without one, it is only told how long it takes");
        assertThat(ChecksDocument.load().proves("check")).isEmpty();
    }
}
