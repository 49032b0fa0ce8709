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
import java.util.Locale;
import java.util.Optional;

/** A verification as lines of text: each model, every check with its verdict, golden errors, and all findings last. */
public final class ConsoleReport {

    /** What is about no single model. */
    static final String PROJECT_CHECK = "layout, lock and base";

    private static final int SHOWN_CASES = 20;

    private ConsoleReport() {}

    /**
     * A line of a report.
     *
     * @param severity how much it weighs; {@link Severity#INFO} outside findings
     * @param text the line
     */
    public record Line(Severity severity, String text) {}

    /** The whole report; the heaviest findings come last, where people look. */
    public static List<Line> lines(VerificationReport report) {
        List<Line> lines = new ArrayList<>();
        tables(report).forEach(text -> lines.add(new Line(Severity.INFO, text)));
        report.allFindings().stream()
                .sorted(Finding.ORDER.reversed())
                .forEach(finding ->
                        FindingText.lines(finding).forEach(text -> lines.add(new Line(finding.severity(), text))));
        lines.add(new Line(Severity.INFO, summary(report)));
        return lines;
    }

    private static List<String> tables(VerificationReport report) {
        List<String> lines = new ArrayList<>();
        for (ModelVerification model : report.models()) {
            lines.add(InspectReport.heading(model.source()));
            model.inspected().ifPresent(inspected -> lines.addAll(InspectReport.brief(inspected)));
        }
        lines.add("Checks");
        lines.addAll(checks(report));
        if (report.models().stream().anyMatch(model -> !model.golden().isEmpty())) {
            lines.add("Golden data, largest errors");
            lines.addAll(golden(report));
        }
        report.models().forEach(model -> lines.addAll(LatencyText.lines(model)));
        return lines;
    }

    private static List<String> checks(VerificationReport report) {
        Table table = new Table("  ");
        for (ModelVerification model : report.models()) {
            for (CheckResult check : model.checks()) {
                table.row(
                        Plain.text(model.source().name()),
                        check.name(),
                        check.verdict().name(),
                        Plain.text(check.figure()));
            }
        }
        if (!report.findings().isEmpty()) {
            table.row(
                    "project",
                    PROJECT_CHECK,
                    Verdict.of(report.findings()).name(),
                    Plain.counted(report.findings().size(), "finding"));
        }
        return table.lines();
    }

    private static List<String> golden(VerificationReport report) {
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

    private static void rows(Table table, String model, GoldenResult result) {
        if (result.failure().isPresent()) {
            table.row(Plain.text(model), Plain.text(result.name()), "-", Verdict.FAIL.name(), "-", "-");
        }
        for (Comparison output : result.outputs()) {
            table.row(
                    Plain.text(model),
                    Plain.text(result.name()),
                    Plain.text(output.tensor()),
                    (output.matches() ? Verdict.PASS : Verdict.FAIL).name(),
                    text(output.absolute()),
                    text(output.relative()));
        }
    }

    private static String text(Optional<Deviation> deviation) {
        return deviation.map(Deviation::toString).orElse("-");
    }

    private static String summary(VerificationReport report) {
        return "Verdict " + report.verdict().id().toUpperCase(Locale.ROOT) + ": " + counts(report);
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
