package io.github.mlmaven.serving.metrics;

import io.github.mlmaven.serving.metrics.MetricFamily.Series;
import io.github.mlmaven.serving.metrics.MetricFamily.Value;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes metrics as text, as Prometheus' "Exposition formats" and OpenMetrics 1.0.0 ("Text format") have it. */
final class TextWriter {

    private final StringBuilder text = new StringBuilder(8 << 10);
    private final boolean openMetrics;

    private TextWriter(TextFormat format) {
        this.openMetrics = format == TextFormat.OPEN_METRICS;
    }

    static byte[] write(List<MetricFamily> families, TextFormat format) {
        TextWriter writer = new TextWriter(format);
        families.stream().filter(family -> !family.series().isEmpty()).forEach(writer::family);
        if (writer.openMetrics) {
            writer.text.append("# EOF\n");
        }
        return writer.text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void family(MetricFamily family) {
        String suffix = suffix(family.type());
        // OpenMetrics names the family without the suffix, the older form with it, and the older form knows no info.
        String name = openMetrics ? family.name() : family.name() + suffix;
        boolean plainInfo = family.type() == MetricFamily.Type.INFO && !openMetrics;
        String type = plainInfo ? "gauge" : family.type().name().toLowerCase(Locale.ROOT);
        text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
        text.append("# HELP ").append(name).append(' ');
        escape(family.help(), openMetrics);
        text.append('\n');
        for (Series series : family.series()) {
            if (family.type() == MetricFamily.Type.INFO) {
                sample(family.name() + suffix, series.labels(), "1");
            } else if (series.value() instanceof Value.Scalar scalar) {
                sample(family.name() + suffix, series.labels(), number(scalar.value()));
            } else if (series.value() instanceof Value.Total total) {
                sample(family.name() + "_count", series.labels(), Long.toString(total.count()));
                sample(family.name() + "_sum", series.labels(), number(total.sum()));
            } else if (series.value() instanceof Value.Buckets buckets) {
                buckets(family.name(), series.labels(), buckets);
            }
        }
    }

    private void buckets(String name, Map<String, String> labels, Value.Buckets buckets) {
        long cumulative = 0;
        for (int i = 0; i < buckets.counts().size(); i++) {
            cumulative += buckets.counts().get(i);
            double bound = i < buckets.bounds().size() ? buckets.bounds().get(i) : Double.POSITIVE_INFINITY;
            text.append(name).append("_bucket{");
            labels.forEach((label, value) -> {
                label(label, value);
                text.append(',');
            });
            label("le", number(bound));
            text.append("} ").append(cumulative).append('\n');
        }
        sample(name + "_count", labels, Long.toString(cumulative));
        sample(name + "_sum", labels, number(buckets.sum()));
    }

    private void sample(String name, Map<String, String> labels, String value) {
        text.append(name);
        char separator = '{';
        for (Map.Entry<String, String> label : labels.entrySet()) {
            text.append(separator);
            label(label.getKey(), label.getValue());
            separator = ',';
        }
        if (!labels.isEmpty()) {
            text.append('}');
        }
        text.append(' ').append(value).append('\n');
    }

    private void label(String name, String value) {
        text.append(name).append("=\"");
        escape(value, true);
        text.append('"');
    }

    private void escape(String value, boolean quotes) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '\\' -> text.append("\\\\");
                case '\n' -> text.append("\\n");
                case '"' -> text.append(quotes ? "\\\"" : "\"");
                default -> text.append(c);
            }
        }
    }

    private static String number(double value) {
        if (Double.isInfinite(value)) {
            return value > 0 ? "+Inf" : "-Inf";
        }
        return Double.toString(value);
    }

    private static String suffix(MetricFamily.Type type) {
        return switch (type) {
            case COUNTER -> "_total";
            case INFO -> "_info";
            case GAUGE, HISTOGRAM, SUMMARY -> "";
        };
    }
}
