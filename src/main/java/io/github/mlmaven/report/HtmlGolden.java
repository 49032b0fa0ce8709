package io.github.mlmaven.report;

import io.github.mlmaven.verify.GoldenResult;
import io.github.mlmaven.verify.golden.Comparison;
import io.github.mlmaven.verify.golden.Deviation;
import io.github.mlmaven.verify.golden.Tolerance;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The golden cases of a model on the page: a strip of errors for each output, and a table of all numbers. */
final class HtmlGolden {

    private static final int SHOWN_ROWS = 200;
    private static final int SHOWN_OUTPUTS = 20;

    private final Markup html;

    HtmlGolden(Markup html) {
        this.html = html;
    }

    void write(List<GoldenResult> results) throws IOException {
        if (results.isEmpty()) {
            return;
        }
        html.element("h3", "Golden data")
                .element(
                        "p",
                        "Each golden case is an input with the output that the model gave where it was trained. The model"
                                + " ran on that input again; a mark shows how much of the tolerated error the worst value"
                                + " of the case used. A dot up to the line at 100 % passes, a square beyond it fails.");
        int shown = 0;
        for (Map.Entry<String, List<ErrorStrip.Mark>> output : marks(results).entrySet()) {
            if (shown++ < SHOWN_OUTPUTS) {
                ErrorStrip.write(html, output.getKey(), output.getValue());
            }
        }
        if (shown > SHOWN_OUTPUTS) {
            html.element("p", "And " + (shown - SHOWN_OUTPUTS) + " more outputs, all of them in verify.json.");
        }
        table(results);
    }

    private static Map<String, List<ErrorStrip.Mark>> marks(List<GoldenResult> results) {
        Map<String, List<ErrorStrip.Mark>> marks = new LinkedHashMap<>();
        for (GoldenResult result : results) {
            for (Comparison output : result.outputs()) {
                double used = output.used().orElse(output.matches() ? 0 : Double.POSITIVE_INFINITY);
                marks.computeIfAbsent(output.tensor(), tensor -> new ArrayList<>())
                        .add(new ErrorStrip.Mark(result.name(), used, output.matches()));
            }
        }
        return marks;
    }

    private void table(List<GoldenResult> results) throws IOException {
        HtmlTable table = new HtmlTable(
                html,
                "Golden cases, failures first",
                "Case",
                "Verdict",
                "Output",
                "Tolerance used",
                "Largest error",
                "Largest relative error",
                "Tolerance");
        int rows = 0;
        for (GoldenResult result : results.stream()
                .sorted(Comparator.comparing(GoldenResult::matches))
                .toList()) {
            if (result.failure().isPresent() && rows++ < SHOWN_ROWS) {
                table.judged(
                        result.name(),
                        "Failed",
                        "fail",
                        "none: " + result.failure().get(),
                        "",
                        "",
                        "",
                        "");
            }
            for (Comparison output : result.outputs()) {
                if (rows++ < SHOWN_ROWS) {
                    row(table, result.name(), output);
                }
            }
        }
        table.end();
        if (rows > SHOWN_ROWS) {
            html.element("p", "And " + (rows - SHOWN_ROWS) + " more, all of them in verify.json.");
        }
    }

    private static void row(HtmlTable table, String name, Comparison output) throws IOException {
        table.judged(
                name,
                output.matches() ? "Passed" : "Failed",
                output.matches() ? "pass" : "fail",
                output.tensor(),
                output.used().map(Plain::percent).orElse(output.matches() ? "equal" : "not comparable"),
                text(output.absolute()),
                text(output.relative()),
                output.tolerance().map(Tolerance::toString).orElse("none: must be equal"));
    }

    private static String text(Optional<Deviation> deviation) {
        return deviation.map(Deviation::toString).orElse("");
    }
}
