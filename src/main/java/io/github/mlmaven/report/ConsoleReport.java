package io.github.mlmaven.report;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.Severity;
import io.github.mlmaven.verify.CheckResult;
import io.github.mlmaven.verify.GoldenResult;
import io.github.mlmaven.verify.ModelVerification;
import io.github.mlmaven.verify.Verdict;
import io.github.mlmaven.verify.VerificationReport;
import io.github.mlmaven.verify.golden.Comparison;
import io.github.mlmaven.verify.golden.Deviation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A verification as lines of text: each model, every check with its verdict, golden errors, and all findings last. */
public final class ConsoleReport {

    /** What is about no single model. */
    static final String PROJECT_CHECK = "layout, lock and base";

    private static final int SHOWN_CASES = 20;

    private final VerificationReport report;
    private final Style style;

    private ConsoleReport(VerificationReport report, Style style) {
        this.report = report;
        this.style = style;
    }

    /**
     * A line of a report.
     *
     * @param severity how much it weighs; {@link Severity#INFO} outside findings
     * @param text the line
     */
    public record Line(Severity severity, String text) {}

    /** The whole report; the heaviest findings come last, where people look. */
    public static List<Line> lines(VerificationReport report, Style style) {
        return new ConsoleReport(report, style).lines();
    }

    private List<Line> lines() {
        List<Line> lines = new ArrayList<>();
        tables().forEach(text -> lines.add(new Line(Severity.INFO, text)));
        report.allFindings().stream()
                .sorted(Finding.ORDER.reversed())
                .forEach(finding ->
                        FindingText.lines(finding).forEach(text -> lines.add(new Line(finding.severity(), text))));
        lines.add(new Line(Severity.INFO, summary()));
        return lines;
    }

    private List<String> tables() {
        List<String> lines = new ArrayList<>();
        for (ModelVerification model : report.models()) {
            lines.add(InspectReport.heading(model.source()));
            model.inspected().ifPresent(inspected -> lines.addAll(InspectReport.brief(inspected)));
        }
        lines.add("Checks");
        lines.addAll(checks());
        if (report.models().stream().anyMatch(model -> !model.golden().isEmpty())) {
            lines.add("Golden data, largest errors");
            lines.addAll(golden());
        }
        report.models().forEach(model -> lines.addAll(LatencyText.lines(model)));
        return lines;
    }

    private List<String> checks() {
        Table table = new Table("  ");
        for (ModelVerification model : report.models()) {
            for (CheckResult check : model.checks()) {
                table.row(
                        Plain.text(model.source().name()),
                        check.name(),
                        style.of(check.verdict()),
                        Plain.text(check.figure()));
            }
        }
        if (!report.findings().isEmpty()) {
            table.row(
                    "project",
                    PROJECT_CHECK,
                    style.of(Verdict.of(report.findings())),
                    Plain.counted(report.findings().size(), "finding"));
        }
        return table.lines();
    }

    private List<String> golden() {
        Table table = new Table("  ");
        table.row("model", "case", "output", "verdict", "absolute", "relative");
        int shown = 0;
        int total = 0;
        for (ModelVerification model : report.models()) {
            for (GoldenResult result : failuresFirst(model.golden())) {
                total++;
                if (shown < SHOWN_CASES || !result.matches()) {
                    shown++;
                    rows(table, model.source().name(), result);
                }
            }
        }
        List<String> lines = new ArrayList<>(table.lines());
        if (total > shown) {
            lines.add("  and " + (total - shown) + " more cases that pass, all of them in verify.json");
        }
        return lines;
    }

    private static List<GoldenResult> failuresFirst(List<GoldenResult> results) {
        return results.stream()
                .sorted(Comparator.comparing(GoldenResult::matches))
                .toList();
    }

    private void rows(Table table, String model, GoldenResult result) {
        if (result.failure().isPresent()) {
            table.row(Plain.text(model), Plain.text(result.name()), "-", style.of(Verdict.FAIL), "-", "-");
        }
        for (Comparison output : result.outputs()) {
            table.row(
                    Plain.text(model),
                    Plain.text(result.name()),
                    Plain.text(output.tensor()),
                    style.of(output.matches() ? Verdict.PASS : Verdict.FAIL),
                    text(output.absolute()),
                    text(output.relative()));
        }
    }

    private static String text(Optional<Deviation> deviation) {
        return deviation.map(Deviation::toString).orElse("-");
    }

    private String summary() {
        return "Verdict " + style.of(report.verdict()) + ": " + counts(report);
    }

    /** {@code 2 models, 2 errors, 1 warning}. */
    static String counts(VerificationReport report) {
        long errors = report.allFindings().stream().filter(Finding::isError).count();
        long warnings = report.allFindings().stream()
                .filter(finding -> finding.severity() == Severity.WARNING)
                .count();
        return Plain.counted(report.models().size(), "model") + ", " + Plain.counted(errors, "error") + ", "
                + Plain.counted(warnings, "warning");
    }
}
