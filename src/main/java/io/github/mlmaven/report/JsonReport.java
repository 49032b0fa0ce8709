package io.github.mlmaven.report;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.inspect.InspectedModel;
import io.github.mlmaven.inspect.ModelSummary;
import io.github.mlmaven.inspect.Opset;
import io.github.mlmaven.inspect.ValueInfo;
import io.github.mlmaven.inspect.scan.ScanResult;
import io.github.mlmaven.model.ModelFile;
import io.github.mlmaven.verify.CheckResult;
import io.github.mlmaven.verify.ModelVerification;
import io.github.mlmaven.verify.VerificationReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A verification for machines: {@code target/ml/verify.json}; no date, no host, no absolute path in it. */
final class JsonReport {

    private static final int VERSION = 1;

    private JsonReport() {}

    /** Writes the report, as a whole or not at all. */
    static void write(Path file, VerificationReport report, ReportSettings settings) throws IOException {
        JsonFile.write(file, json -> write(json, report, settings));
    }

    private static void write(JsonGenerator json, VerificationReport report, ReportSettings settings)
            throws IOException {
        json.writeStartObject();
        json.writeNumberField("reportVersion", VERSION);
        json.writeStringField("verdict", report.verdict().id());
        json.writeArrayFieldStart("licences");
        for (String licence : settings.licences()) {
            json.writeString(licence);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("models");
        for (ModelVerification model : report.models()) {
            write(json, model);
        }
        json.writeEndArray();
        write(json, report.findings());
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, ModelVerification model) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", model.source().name());
        json.writeStringField("version", model.source().version());
        json.writeStringField("folder", model.source().place());
        if (model.inspected().isPresent()) {
            json.writeStringField("format", model.inspected().get().format().id());
        } else {
            json.writeNullField("format");
        }
        json.writeStringField("verdict", model.verdict().id());
        if (model.verified().isPresent()) {
            json.writeStringField("engine", model.verified().get().engine());
        }
        if (model.inspected().isPresent()) {
            write(json, model.inspected().get());
        }
        json.writeArrayFieldStart("checks");
        for (CheckResult check : model.checks()) {
            json.writeStartObject();
            json.writeStringField("name", check.name());
            json.writeStringField("verdict", check.verdict().id());
            json.writeStringField("figure", check.figure());
            json.writeEndObject();
        }
        json.writeEndArray();
        GoldenJson.write(json, model.golden());
        MeasuredJson.write(json, model.measured());
        if (!model.scanned().isEmpty()) {
            write(json, "scanned", model.scanned());
        }
        write(json, model.findings());
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, InspectedModel model) throws IOException {
        ModelSummary summary = model.summary();
        json.writeArrayFieldStart("files");
        for (ModelFile file : model.files()) {
            json.writeStartObject();
            json.writeStringField("path", file.path());
            json.writeNumberField("size", file.size());
            json.writeStringField("digest", file.digest().toString());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeNumberField("irVersion", summary.irVersion());
        json.writeObjectFieldStart("opsets");
        for (Opset opset : summary.opsets()) {
            json.writeNumberField(opset.domain(), opset.version());
        }
        json.writeEndObject();
        json.writeStringField("producer", summary.producer());
        json.writeNumberField("parameters", summary.parameters());
        json.writeObjectFieldStart("operators");
        for (Map.Entry<String, Long> operator : summary.operators().entrySet()) {
            json.writeNumberField(operator.getKey(), operator.getValue());
        }
        json.writeEndObject();
        values(json, "inputs", summary.inputs());
        values(json, "outputs", summary.outputs());
    }

    /** As deep as the scan looked, which is bounded. */
    private static void write(JsonGenerator json, String field, List<ScanResult> scanned) throws IOException {
        json.writeArrayFieldStart(field);
        for (ScanResult file : scanned) {
            json.writeStartObject();
            json.writeStringField("place", file.place());
            json.writeStringField("kind", file.kind().name().toLowerCase(Locale.ROOT));
            json.writeStringField("format", file.format());
            json.writeNumberField("size", file.size());
            if (!file.contents().isEmpty()) {
                write(json, "contents", file.contents());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void values(JsonGenerator json, String field, List<ValueInfo> values) throws IOException {
        json.writeArrayFieldStart(field);
        for (ValueInfo value : values) {
            json.writeStartObject();
            json.writeStringField("name", value.name());
            json.writeStringField("type", value.type().toString());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void write(JsonGenerator json, List<Finding> findings) throws IOException {
        json.writeArrayFieldStart("findings");
        for (Finding finding : findings) {
            json.writeStartObject();
            json.writeStringField("id", finding.id().id());
            json.writeStringField("severity", finding.severity().name().toLowerCase(Locale.ROOT));
            json.writeStringField("file", finding.place());
            json.writeStringField("message", finding.message());
            json.writeStringField("expected", finding.expected().orElse(null));
            json.writeStringField("found", finding.found().orElse(null));
            json.writeStringField("next", finding.next());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
