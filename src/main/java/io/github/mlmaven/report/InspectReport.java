package io.github.mlmaven.report;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.inspect.InspectedModel;
import io.github.mlmaven.inspect.Inspection;
import io.github.mlmaven.inspect.ModelSource;
import io.github.mlmaven.inspect.ModelSummary;
import io.github.mlmaven.inspect.Opset;
import io.github.mlmaven.inspect.RejectedModel;
import io.github.mlmaven.inspect.ValueInfo;
import io.github.mlmaven.model.ModelFile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a model is, as lines of text: contract, opsets, operators, parameters, size, producer. */
public final class InspectReport {

    /** How many operators and files a build's log shows. */
    private static final int SHOWN = 12;

    private InspectReport() {}

    /** Everything known of each model, or why it could not be read. */
    public static List<String> lines(List<Inspection> inspections) {
        List<String> lines = new ArrayList<>();
        for (Inspection inspection : inspections) {
            lines.add(heading(inspection.source()));
            if (inspection instanceof InspectedModel model) {
                lines.addAll(model(model, Integer.MAX_VALUE));
            } else if (inspection instanceof RejectedModel rejected) {
                rejected.findings().stream()
                        .sorted(Finding.ORDER)
                        .forEach(finding -> lines.addAll(FindingText.lines(finding)));
            }
        }
        return lines;
    }

    /** The same, cut to what fits into a build's log. */
    static List<String> brief(InspectedModel model) {
        return model(model, SHOWN);
    }

    static String heading(ModelSource source) {
        return Plain.text("Model " + source.name() + " " + source.version() + " (" + source.place() + ")");
    }

    private static List<String> model(InspectedModel model, int shown) {
        ModelSummary summary = model.summary();
        Table table = new Table("  ");
        row(table, "format", model.format().id() + ", IR version " + summary.irVersion());
        row(table, "opsets", summary.opsets().stream().map(Opset::toString).collect(Collectors.joining(", ")));
        row(table, "producer", summary.producer().isEmpty() ? "unknown" : summary.producer());
        row(table, "operators", operators(summary.operators(), shown));
        row(table, "parameters", Plain.count(summary.parameters()));
        row(
                table,
                "size",
                Plain.size(model.files().stream().mapToLong(ModelFile::size).sum())
                        + (model.files().size() == 1
                                ? ""
                                : " in " + model.files().size() + " files"));
        for (ModelFile file :
                model.files().subList(0, Math.min(shown, model.files().size()))) {
            row(table, "file", file.path() + " " + file.digest());
        }
        summary.inputs().forEach(value -> row(table, "input", text(value)));
        summary.outputs().forEach(value -> row(table, "output", text(value)));
        return table.lines();
    }

    private static void row(Table table, String name, String value) {
        table.row(name, Plain.text(value));
    }

    private static String text(ValueInfo value) {
        return value.name() + " " + value.type();
    }

    /** How many there are, then the most frequent ones. */
    static String operators(Map<String, Long> operators, int shown) {
        long total = operators.values().stream().mapToLong(Long::longValue).sum();
        String listed = operators.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(shown)
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining(", "));
        int more = operators.size() - shown;
        return Plain.count(total)
                + (listed.isEmpty() ? "" : ": " + listed)
                + (more > 0 ? ", and " + more + " more" : "");
    }
}
