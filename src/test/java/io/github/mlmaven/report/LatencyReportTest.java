package io.github.mlmaven.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.FindingId;
import io.github.mlmaven.inspect.ModelSource;
import io.github.mlmaven.verify.CheckResult;
import io.github.mlmaven.verify.Measured;
import io.github.mlmaven.verify.ModelVerification;
import io.github.mlmaven.verify.Verdict;
import io.github.mlmaven.verify.VerificationReport;
import io.github.mlmaven.verify.budget.LatencyResult;
import io.github.mlmaven.verify.budget.LatencyResult.Bucket;
import io.github.mlmaven.verify.budget.Percentile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What reports show of a latency that was made up. */
class LatencyReportTest {

    private static final LatencyResult LATENCY = new LatencyResult(
            1_000,
            8,
            2,
            new TreeMap<>(Map.of(
                    Percentile.P50, 41_200L,
                    Percentile.P90, 55_000L,
                    Percentile.P99, 7_200_000L,
                    Percentile.P999, 8_000_000L,
                    Percentile.MAX, 9_000_000L)),
            List.of(
                    new Bucket(50_000, 800),
                    new Bucket(100_000, 189),
                    new Bucket(1_000_000, 0),
                    new Bucket(9_000_000, 11)));

    @TempDir
    Path folder;

    @Test
    void aMissedBudgetShowsTheHistogram() {
        Finding missed = Finding.of(FindingId.LATENCY_BUDGET, "m/model.onnx", "too slow", "Hurry.");

        assertThat(ConsoleReport.lines(report(List.of(missed)), Style.PLAIN))
                .extracting(ConsoleReport.Line::text)
                .containsSequence(
                        "Latency of iris, 1,000 samples, batch 8, 2 threads",
                        "  p50    41.2 µs",
                        "  p90    55 µs",
                        "  p99    7.2 ms",
                        "  p99.9  8 ms",
                        "  max    9 ms",
                        "  up to 50 µs   800  ########################################",
                        "  up to 100 µs  189  ##########",
                        "  up to 1 ms    0",
                        "  up to 9 ms    11   #");
    }

    @Test
    void aBudgetThatIsKeptShowsTheFigureAlone() {
        assertThat(ConsoleReport.lines(report(List.of()), Style.PLAIN))
                .extracting(ConsoleReport.Line::text)
                .noneMatch(line -> line.startsWith("Latency of"));
    }

    @Test
    void theJsonHasEveryFigure() throws IOException {
        Path file = folder.resolve("verify.json");
        JsonReport.write(file, report(List.of()), SampleReports.SETTINGS);

        JsonNode model =
                new ObjectMapper().readTree(file.toFile()).get("models").get(0);

        assertThat(model.get("peakMemory").longValue()).isEqualTo(150_000_000);
        assertThat(model.get("latency")).isEqualTo(new ObjectMapper().readTree("""
                {"samples": 1000, "batch": 8, "threads": 2,
                 "nanos": {"p50": 41200, "p90": 55000, "p99": 7200000, "p99.9": 8000000, "max": 9000000},
                 "buckets": [{"upToNanos": 50000, "count": 800}, {"upToNanos": 100000, "count": 189},
                             {"upToNanos": 1000000, "count": 0}, {"upToNanos": 9000000, "count": 11}]}
                """));
    }

    private static VerificationReport report(List<Finding> findings) {
        Path nowhere = Path.of("nowhere");
        ModelVerification model = new ModelVerification(
                new ModelSource("iris", "1.0", nowhere, nowhere, "m", "g"),
                Optional.empty(),
                List.of(new CheckResult("latency", Verdict.of(findings), LATENCY.figure(), findings)),
                List.of(),
                List.of(),
                new Measured(Optional.of(LATENCY), Optional.empty(), Optional.of(150_000_000L)),
                List.of(),
                Optional.empty());
        return new VerificationReport(List.of(model), List.of());
    }
}
