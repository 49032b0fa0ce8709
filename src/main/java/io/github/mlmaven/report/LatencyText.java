package io.github.mlmaven.report;

import io.github.mlmaven.finding.FindingId;
import io.github.mlmaven.verify.ModelVerification;
import io.github.mlmaven.verify.budget.LatencyResult;
import io.github.mlmaven.verify.budget.TimeText;
import java.util.ArrayList;
import java.util.List;

/** The histogram of a model that missed its latency budget, as bars of text. */
final class LatencyText {

    private static final int WIDTH = 40;

    private LatencyText() {}

    static List<String> lines(ModelVerification model) {
        boolean missed = model.findings().stream().anyMatch(finding -> finding.id() == FindingId.LATENCY_BUDGET);
        return missed
                ? model.measured()
                        .latency()
                        .map(latency -> lines(model.source().name(), latency))
                        .orElse(List.of())
                : List.of();
    }

    private static List<String> lines(String model, LatencyResult latency) {
        List<String> lines = new ArrayList<>();
        lines.add("Latency of " + Plain.text(model) + ", " + latency.counted());
        Table table = new Table("  ");
        latency.nanos().forEach((percentile, nanos) -> table.row(percentile.toString(), TimeText.of(nanos)));
        lines.addAll(table.lines());
        long most = latency.buckets().stream()
                .mapToLong(LatencyResult.Bucket::count)
                .max()
                .orElse(1);
        Table bars = new Table("  ");
        for (LatencyResult.Bucket bucket : latency.buckets()) {
            bars.row("up to " + TimeText.of(bucket.upTo()), Plain.count(bucket.count()), bar(bucket.count(), most));
        }
        lines.addAll(bars.lines());
        return lines;
    }

    /** A bucket with anything in it has a bar. */
    private static String bar(long count, long most) {
        return "#".repeat((int) ((count * WIDTH + most - 1) / most));
    }
}
