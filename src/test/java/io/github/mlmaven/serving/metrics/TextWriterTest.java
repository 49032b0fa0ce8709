package io.github.mlmaven.serving.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mlmaven.serving.metrics.MetricFamily.Series;
import io.github.mlmaven.serving.metrics.MetricFamily.Value;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Prometheus' own library says how it is written. */
class TextWriterTest {

    private static final String HOSTILE = "a\\b\"c\nd é";
    private static final Map<String, String> LABELS = ModelMetrics.labels("model", HOSTILE, "version", "1");
    private static final Labels THEIRS = Labels.of("model", HOSTILE, "version", "1");

    @Test
    void itWritesPrometheusTextAsPrometheusLibraryDoes() throws IOException {
        assertThat(ours(TextFormat.PROMETHEUS))
                .containsExactlyInAnyOrderElementsOf(
                        theirs(ExpositionFormats.init().getPrometheusTextFormatWriter()));
    }

    @Test
    void itWritesOpenMetricsAsPrometheusLibraryDoes() throws IOException {
        assertThat(ours(TextFormat.OPEN_METRICS))
                .containsExactlyInAnyOrderElementsOf(
                        theirs(ExpositionFormats.init().getOpenMetricsTextFormatWriter()))
                .endsWith("# EOF");
    }

    @Test
    void aFamilyWithoutSeriesIsLeftOut() {
        List<MetricFamily> families = List.of(MetricFamily.gauge("nothing", "Nothing.", List.of()));

        assertThat(TextWriter.write(families, TextFormat.PROMETHEUS)).isEmpty();
    }

    @Test
    void openMetricsIsForThoseWhoNameIt() {
        String prometheus = "application/openmetrics-text;version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0.3,*/*;q=0.2";
        assertThat(TextFormat.accepted(prometheus)).isEqualTo(TextFormat.OPEN_METRICS);
        assertThat(TextFormat.accepted("Application/OpenMetrics-Text")).isEqualTo(TextFormat.OPEN_METRICS);
        assertThat(TextFormat.accepted("text/plain, application/openmetrics-text; q=0"))
                .isEqualTo(TextFormat.PROMETHEUS);
        assertThat(TextFormat.accepted("application/openmetrics-textual")).isEqualTo(TextFormat.PROMETHEUS);
        assertThat(TextFormat.accepted("*/*")).isEqualTo(TextFormat.PROMETHEUS);
        assertThat(TextFormat.accepted("")).isEqualTo(TextFormat.PROMETHEUS);
        assertThat(TextFormat.accepted(";;,,;")).isEqualTo(TextFormat.PROMETHEUS);
    }

    private static List<String> ours(TextFormat format) {
        List<MetricFamily> families = List.of(
                MetricFamily.counter("ml_requests", "A \\ and \"b\"\nc", List.of(series(new Value.Scalar(5)))),
                MetricFamily.gauge("tiny", "Tiny.", 1e-5),
                MetricFamily.gauge("endless", "Endless.", Double.NEGATIVE_INFINITY),
                MetricFamily.info("ml_build", "Info.", LABELS),
                new MetricFamily(
                        "gc_seconds", MetricFamily.Type.SUMMARY, "GC.", List.of(series(new Value.Total(3, 0.25)))),
                new MetricFamily(
                        "duration_seconds",
                        MetricFamily.Type.HISTOGRAM,
                        "Time.",
                        List.of(series(new Value.Buckets(List.of(0.00001, 0.1), List.of(1L, 2L, 3L), 0.5)))));
        return new String(TextWriter.write(families, format), StandardCharsets.UTF_8)
                .lines()
                .toList();
    }

    private static Series series(Value value) {
        return new Series(LABELS, value);
    }

    private static List<String> theirs(ExpositionFormatWriter writer) throws IOException {
        MetricSnapshots snapshots = MetricSnapshots.of(
                CounterSnapshot.builder()
                        .name("ml_requests")
                        .help("A \\ and \"b\"\nc")
                        .dataPoint(CounterSnapshot.CounterDataPointSnapshot.builder()
                                .labels(THEIRS)
                                .value(5)
                                .build())
                        .build(),
                gauge("tiny", "Tiny.", 1e-5),
                gauge("endless", "Endless.", Double.NEGATIVE_INFINITY),
                InfoSnapshot.builder()
                        .name("ml_build")
                        .help("Info.")
                        .dataPoint(InfoSnapshot.InfoDataPointSnapshot.builder()
                                .labels(THEIRS)
                                .build())
                        .build(),
                SummarySnapshot.builder()
                        .name("gc_seconds")
                        .help("GC.")
                        .dataPoint(SummarySnapshot.SummaryDataPointSnapshot.builder()
                                .labels(THEIRS)
                                .count(3)
                                .sum(0.25)
                                .build())
                        .build(),
                HistogramSnapshot.builder()
                        .name("duration_seconds")
                        .help("Time.")
                        .dataPoint(HistogramSnapshot.HistogramDataPointSnapshot.builder()
                                .labels(THEIRS)
                                .sum(0.5)
                                .classicHistogramBuckets(ClassicHistogramBuckets.of(
                                        List.of(0.00001, 0.1, Double.POSITIVE_INFINITY), List.of(1, 2, 3)))
                                .build())
                        .build());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        writer.write(out, snapshots);
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private static GaugeSnapshot gauge(String name, String help, double value) {
        return GaugeSnapshot.builder()
                .name(name)
                .help(help)
                .dataPoint(GaugeSnapshot.GaugeDataPointSnapshot.builder()
                        .value(value)
                        .build())
                .build();
    }
}
