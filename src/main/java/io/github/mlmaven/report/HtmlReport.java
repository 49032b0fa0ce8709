package io.github.mlmaven.report;

import io.github.mlmaven.files.WholeFile;
import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.verify.ModelVerification;
import io.github.mlmaven.verify.Verdict;
import io.github.mlmaven.verify.VerificationReport;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * A verification as a page for people, also for those who know nothing of models: one file, without scripts, that asks no
 * network for anything.
 */
final class HtmlReport {

    private static final String STYLE = "verify.css";
    private static final String POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

    /** A page with more cannot be read, and verify.json has all of them. */
    private static final int SHOWN_FINDINGS = 500;

    private final Markup html;
    private final ChecksDocument document;
    private final ReportSettings settings;

    private HtmlReport(Markup html, ChecksDocument document, ReportSettings settings) {
        this.html = html;
        this.document = document;
        this.settings = settings;
    }

    /** Writes the report, as a whole or not at all. */
    static void write(Path file, VerificationReport report, ReportSettings settings) throws IOException {
        ChecksDocument document = ChecksDocument.load();
        WholeFile.write(file, out -> {
            try (Markup html = Markup.html(out)) {
                new HtmlReport(html, document, settings).write(report);
            }
        });
    }

    private void write(VerificationReport report) throws IOException {
        html.open("html", "lang", "en");
        head(report);
        html.open("body");
        header(report);
        html.open("main");
        findings(report);
        for (int i = 0; i < report.models().size(); i++) {
            new HtmlModel(html, document, settings).write(report.models().get(i), anchor(i));
        }
        html.close("main").open("footer").element("p", footer());
        html.close("footer").close("body").close("html");
    }

    private void head(VerificationReport report) throws IOException {
        html.open("head")
                .empty("meta", "charset", "utf-8")
                .empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1")
                .empty("meta", "name", "color-scheme", "content", "light dark")
                .empty("meta", "http-equiv", "Content-Security-Policy", "content", POLICY)
                .empty("link", "rel", "icon", "href", "data:,")
                .element("title", "Model verification: " + Words.of(report.verdict()))
                .element("style", style())
                .close("head");
    }

    private void header(VerificationReport report) throws IOException {
        html.open("header").element("h1", "Model verification");
        html.open("p", "class", "verdict " + report.verdict().id())
                .element("strong", Words.of(report.verdict()))
                .text(": " + ConsoleReport.counts(report) + ".")
                .close("p");
        html.element("p", meaning(report.verdict()));
        if (report.models().size() > 1) {
            html.open("nav", "aria-label", "Models").open("ul");
            for (int i = 0; i < report.models().size(); i++) {
                ModelVerification model = report.models().get(i);
                html.open("li")
                        .element("a", Plain.text(model.source().name()), "href", "#" + anchor(i))
                        .text(" ")
                        .element(
                                "span",
                                Words.of(model.verdict()),
                                "class",
                                model.verdict().id())
                        .close("li");
            }
            html.close("ul").close("nav");
        }
        html.close("header");
    }

    private void findings(VerificationReport report) throws IOException {
        List<Finding> findings = report.allFindings().stream()
                .sorted(Finding.ORDER.thenComparing(Finding::line))
                .toList();
        html.open("section", "aria-labelledby", "findings").element("h2", "What was found", "id", "findings");
        if (findings.isEmpty()) {
            html.element("p", "Nothing that needs attention.");
        }
        for (Finding finding : findings.subList(0, Math.min(SHOWN_FINDINGS, findings.size()))) {
            finding(finding);
        }
        if (findings.size() > SHOWN_FINDINGS) {
            html.element("p", "And " + (findings.size() - SHOWN_FINDINGS) + " more, all of them in verify.json.");
        }
        html.close("section");
    }

    private void finding(Finding finding) throws IOException {
        html.open("article", "class", "finding " + Words.level(finding.severity()))
                .open("h3")
                .element(
                        "span",
                        finding.severity().name().toLowerCase(Locale.ROOT),
                        "class",
                        "tag " + Words.level(finding.severity()))
                .text(" " + Plain.text(finding.message()))
                .close("h3")
                .open("p")
                .element("code", Plain.text(finding.place()))
                .close("p")
                .open("dl");
        if (finding.expected().isPresent()) {
            term("Expected", finding.expected().get());
        }
        if (finding.found().isPresent()) {
            term("Found", finding.found().get());
        }
        term("What to do", finding.next());
        html.close("dl")
                .open("p", "class", "soft")
                .element("code", finding.id().id())
                .text(" means: " + document.of(finding.id()).meaning())
                .close("p")
                .close("article");
    }

    private void term(String name, String text) throws IOException {
        html.element("dt", name).element("dd", Plain.text(text));
    }

    private String footer() {
        return "Written by ml-maven-plugin " + settings.pluginVersion()
                + ". The same is for machines in verify.json, verify.sarif and TEST-ml-verify.xml.";
    }

    private static String meaning(Verdict verdict) {
        return switch (verdict) {
            case FAIL ->
                "At least one check failed, so the build stops here: nothing that failed is locked, packaged"
                        + " or shipped. What to do stands with each error below.";
            case WARN -> "No check failed, so the build goes on. Something should be looked at all the same.";
            case PASS, SKIP ->
                "Every check passed: the model files are complete, they run, and they predict what they"
                        + " are expected to.";
        };
    }

    private static String anchor(int model) {
        return "model-" + (model + 1);
    }

    private static String style() throws IOException {
        try (InputStream in = HtmlReport.class.getResourceAsStream(STYLE)) {
            if (in == null) {
                throw new FileNotFoundException(STYLE);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
