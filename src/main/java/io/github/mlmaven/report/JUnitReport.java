package io.github.mlmaven.report;

import io.github.mlmaven.files.WholeFile;
import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.verify.CheckResult;
import io.github.mlmaven.verify.ModelVerification;
import io.github.mlmaven.verify.Verdict;
import io.github.mlmaven.verify.VerificationReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The checks as JUnit's XML, which CI servers show as tests: a suite for each model, a case for each check. */
final class JUnitReport {

    private static final String PROJECT = "project";

    private JUnitReport() {}

    /**
     * A suite of tests.
     *
     * @param name the model, or the project
     * @param cases its checks
     */
    private record Suite(String name, List<CheckResult> cases) {

        long count(Verdict verdict) {
            return cases.stream().filter(check -> check.verdict() == verdict).count();
        }
    }

    /** Writes the report, as a whole or not at all. */
    static void write(Path file, VerificationReport report) throws IOException {
        List<Suite> suites = suites(report);
        WholeFile.write(file, out -> {
            try (Markup xml = Markup.xml(out)) {
                xml.open("testsuites", "name", "ml-verify");
                for (Suite suite : suites) {
                    write(xml, suite);
                }
                xml.close("testsuites");
            }
        });
    }

    private static List<Suite> suites(VerificationReport report) {
        List<Suite> suites = new ArrayList<>();
        for (ModelVerification model : report.models()) {
            suites.add(new Suite(model.source().name(), model.checks()));
        }
        List<Finding> findings = report.findings();
        CheckResult project = new CheckResult(ConsoleReport.PROJECT_CHECK, Verdict.of(findings), "", findings);
        suites.add(new Suite(PROJECT, List.of(project)));
        return suites;
    }

    private static void write(Markup xml, Suite suite) throws IOException {
        xml.open(
                "testsuite",
                "name",
                suite.name(),
                "tests",
                String.valueOf(suite.cases().size()),
                "failures",
                String.valueOf(suite.count(Verdict.FAIL)),
                "errors",
                "0",
                "skipped",
                String.valueOf(suite.count(Verdict.SKIP)));
        for (CheckResult check : suite.cases()) {
            xml.open("testcase", "classname", suite.name(), "name", check.name());
            write(xml, check);
            xml.close("testcase");
        }
        xml.close("testsuite");
    }

    private static void write(Markup xml, CheckResult check) throws IOException {
        if (check.verdict() == Verdict.SKIP) {
            xml.open("skipped", "message", check.figure()).close("skipped");
        }
        List<Finding> errors = check.findings().stream()
                .filter(Finding::isError)
                .sorted(Finding.ORDER)
                .toList();
        if (!errors.isEmpty()) {
            xml.open(
                            "failure",
                            "message",
                            first(errors),
                            "type",
                            errors.get(0).id().id())
                    .text(text(errors))
                    .close("failure");
        }
        List<Finding> others = check.findings().stream()
                .filter(finding -> !finding.isError())
                .sorted(Finding.ORDER)
                .toList();
        if (!others.isEmpty()) {
            xml.element("system-out", text(others));
        }
    }

    private static String first(List<Finding> errors) {
        String line = Plain.text(errors.get(0).line());
        return errors.size() == 1 ? line : line + " (and " + (errors.size() - 1) + " more)";
    }

    private static String text(List<Finding> findings) {
        return findings.stream()
                .flatMap(finding -> FindingText.lines(finding).stream())
                .collect(Collectors.joining("\n"));
    }
}
