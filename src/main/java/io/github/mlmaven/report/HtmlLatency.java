package io.github.mlmaven.report;

import io.github.mlmaven.verify.budget.LatencyResult;
import io.github.mlmaven.verify.budget.Percentile;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** How long a model took to answer, on the page: a histogram, and the percentiles. */
final class HtmlLatency {

    private static final int HEIGHT = 100;

    private HtmlLatency() {}

    static void write(Markup html, LatencyResult latency) throws IOException {
        html.element("h3", "Latency");
        if (!latency.buckets().isEmpty()) {
            histogram(html, latency);
        }
        HtmlTable table = new HtmlTable(
                html, "Latency: what this share of the runs did not exceed", "Percentile", "Milliseconds");
        for (Map.Entry<Percentile, Long> percentile : latency.nanos().entrySet()) {
            table.row(percentile.getKey().toString(), millis(percentile.getValue()));
        }
        table.end();
    }

    private static void histogram(Markup html, LatencyResult latency) throws IOException {
        List<LatencyResult.Bucket> buckets = latency.buckets();
        long runs = buckets.stream().mapToLong(LatencyResult.Bucket::count).sum();
        long most = Math.max(
                1, buckets.stream().mapToLong(LatencyResult.Bucket::count).max().orElse(1));
        String summary = "How many of " + Plain.counted(runs, "run") + " took how long; "
                + latency.nanos().entrySet().stream()
                        .map(percentile -> percentile.getKey() + " " + millis(percentile.getValue()) + " ms")
                        .collect(Collectors.joining(", "));
        html.open("figure").element("figcaption", summary);
        html.open("svg", "class", "plot", "role", "img", "aria-label", summary, "width", "100%", "height", "130");
        double width = 96.0 / buckets.size();
        for (int i = 0; i < buckets.size(); i++) {
            LatencyResult.Bucket bucket = buckets.get(i);
            long height = bucket.count() == 0 ? 0 : Math.max(1, Math.round((double) HEIGHT * bucket.count() / most));
            html.open(
                            "rect",
                            "class",
                            "bar",
                            "x",
                            percent(2 + width * i),
                            "y",
                            String.valueOf(HEIGHT - height),
                            "width",
                            percent(width * 0.9),
                            "height",
                            String.valueOf(height))
                    .element("title", "up to " + millis(bucket.upTo()) + " ms: " + Plain.counted(bucket.count(), "run"))
                    .close("rect");
        }
        html.empty("line", "class", "axis", "x1", "2%", "x2", "98%", "y1", "100", "y2", "100");
        edge(html, "2%", "start", "up to " + millis(buckets.get(0).upTo()) + " ms");
        edge(
                html,
                "98%",
                "end",
                "up to " + millis(buckets.get(buckets.size() - 1).upTo()) + " ms");
        html.close("svg").close("figure");
    }

    private static void edge(Markup html, String x, String anchor, String text) throws IOException {
        html.element("text", text, "x", x, "y", "120", "text-anchor", anchor);
    }

    private static String millis(long nanos) {
        return Plain.digits(nanos / 1e6);
    }

    private static String percent(double value) {
        return String.format(Locale.ROOT, "%.2f%%", value);
    }
}
