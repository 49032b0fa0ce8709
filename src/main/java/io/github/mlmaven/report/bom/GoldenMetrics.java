package io.github.mlmaven.report.bom;

import io.github.mlmaven.verify.GoldenResult;
import io.github.mlmaven.verify.golden.Comparison;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.cyclonedx.model.component.modelCard.PerformanceMetric;

/**
 * What the golden run has shown: how many cases passed, and how far no output deviates. The deviation itself differs in
 * its last digits with the processor, and so is no part of a document that is the same everywhere; the reports of the
 * verification have it.
 */
final class GoldenMetrics {

    private GoldenMetrics() {}

    static List<PerformanceMetric> of(List<GoldenResult> golden) {
        List<PerformanceMetric> metrics = new ArrayList<>();
        metrics.add(metric("golden cases", Integer.toString(golden.size())));
        metrics.add(metric(
                "golden cases passed",
                Long.toString(golden.stream().filter(GoldenResult::matches).count())));
        Map<String, TreeSet<String>> bounds = new TreeMap<>();
        golden.stream()
                .filter(GoldenResult::matches)
                .flatMap(result -> result.outputs().stream())
                .forEach(output -> bounds.computeIfAbsent(output.tensor(), tensor -> new TreeSet<>())
                        .add(bound(output)));
        bounds.forEach((tensor, texts) -> {
            PerformanceMetric metric = metric("largest deviation", String.join("; ", texts));
            metric.setSlice("output " + tensor);
            metrics.add(metric);
        });
        return metrics;
    }

    private static String bound(Comparison output) {
        return output.tolerance().map(tolerance -> "within " + tolerance).orElse("none");
    }

    private static PerformanceMetric metric(String type, String value) {
        PerformanceMetric metric = new PerformanceMetric();
        metric.setType(type);
        metric.setValue(value);
        return metric;
    }
}
