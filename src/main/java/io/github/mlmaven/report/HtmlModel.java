package io.github.mlmaven.report;

import io.github.mlmaven.inspect.InspectedModel;
import io.github.mlmaven.inspect.ModelSummary;
import io.github.mlmaven.inspect.Opset;
import io.github.mlmaven.inspect.ValueInfo;
import io.github.mlmaven.inspect.scan.ScanResult;
import io.github.mlmaven.model.ModelFile;
import io.github.mlmaven.verify.CheckResult;
import io.github.mlmaven.verify.ModelVerification;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One model on the page: its card, its contract, its checks, what was measured, and its files. */
final class HtmlModel {

    /** More rows help nobody; verify.json has all of them. */
    private static final int SHOWN = 300;

    private final Markup html;
    private final ChecksDocument document;
    private final ReportSettings settings;

    HtmlModel(Markup html, ChecksDocument document, ReportSettings settings) {
        this.html = html;
        this.document = document;
        this.settings = settings;
    }

    void write(ModelVerification model, String id) throws IOException {
        html.open("section", "id", id, "class", "model", "aria-labelledby", id + "-name")
                .open("h2", "id", id + "-name")
                .text("Model " + Plain.text(model.source().name()) + " ")
                .element(
                        "span",
                        Words.of(model.verdict()),
                        "class",
                        "tag " + model.verdict().id())
                .close("h2");
        Optional<InspectedModel> inspected = model.inspected();
        if (inspected.isPresent()) {
            card(model, inspected.get());
            contract(inspected.get().summary());
        } else {
            html.element("p", "The model could not be read, so nothing else is known of it.");
        }
        checks(model.checks());
        new HtmlGolden(html).write(model.golden());
        if (model.measured().latency().isPresent()) {
            HtmlLatency.write(html, model.measured().latency().get());
        }
        if (inspected.isPresent()) {
            files(inspected.get().files());
        }
        scanned(model.scanned());
        html.close("section");
    }

    private void card(ModelVerification model, InspectedModel inspected) throws IOException {
        ModelSummary summary = inspected.summary();
        HtmlTable table = new HtmlTable(html, "Model card")
                .row("Version", model.source().version())
                .row("Folder", model.source().place())
                .row("Format", inspected.format().id() + ", IR version " + summary.irVersion())
                .row("Producer", summary.producer().isEmpty() ? "unknown" : summary.producer())
                .row(
                        "Licence",
                        settings.licences().isEmpty()
                                ? "the project declares none"
                                : String.join(", ", settings.licences()))
                .row(
                        "Size",
                        Plain.size(inspected.files().stream()
                                .mapToLong(ModelFile::size)
                                .sum()))
                .row("Parameters (learned numbers)", Plain.count(summary.parameters()))
                .row("Operators (steps of computation)", InspectReport.operators(summary.operators(), SHOWN))
                .row(
                        "Operator sets",
                        summary.opsets().stream().map(Opset::toString).collect(Collectors.joining(", ")));
        if (model.verified().isPresent()) {
            table.row("Ran on", model.verified().get().engine());
        }
        table.end();
    }

    private void contract(ModelSummary summary) throws IOException {
        HtmlTable table =
                new HtmlTable(html, "Contract: what it takes and gives", "Name", "Direction", "Type", "In words");
        for (ValueInfo value : summary.inputs()) {
            table.row(value.name(), "input", value.type().toString(), Words.of(value.type()));
        }
        for (ValueInfo value : summary.outputs()) {
            table.row(value.name(), "output", value.type().toString(), Words.of(value.type()));
        }
        table.end();
    }

    private void checks(List<CheckResult> checks) throws IOException {
        HtmlTable table = new HtmlTable(html, "Checks", "Check", "Verdict", "What it saw", "What it proves");
        for (CheckResult check : checks) {
            table.judged(
                    check.name(),
                    Words.of(check.verdict()),
                    check.verdict().id(),
                    check.figure(),
                    document.proves(check.name()).orElse(""));
        }
        table.end();
    }

    private void files(List<ModelFile> files) throws IOException {
        HtmlTable table = new HtmlTable(html, "Files of the model", "File", "Size", "Digest");
        for (ModelFile file : files.subList(0, Math.min(SHOWN, files.size()))) {
            table.row(file.path(), Plain.size(file.size()), file.digest().toString());
        }
        table.end();
        more(files.size() - SHOWN);
    }

    private void scanned(List<ScanResult> scanned) throws IOException {
        List<ScanResult> all = scanned.stream().flatMap(HtmlModel::withContents).toList();
        if (all.isEmpty()) {
            return;
        }
        HtmlTable table = new HtmlTable(html, "Files that were looked at", "Place", "For", "What it is", "Size");
        for (ScanResult file : all.subList(0, Math.min(SHOWN, all.size()))) {
            table.row(file.place(), Words.of(file.kind()), file.format(), Plain.size(file.size()));
        }
        table.end();
        more(all.size() - SHOWN);
    }

    private void more(int more) throws IOException {
        if (more > 0) {
            html.element("p", "And " + more + " more, all of them in verify.json.");
        }
    }

    /** As deep as the scan looked, which is bounded. */
    private static Stream<ScanResult> withContents(ScanResult file) {
        return Stream.concat(Stream.of(file), file.contents().stream().flatMap(HtmlModel::withContents));
    }
}
