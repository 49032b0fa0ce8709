package io.github.mlmaven.report;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.FindingId;
import io.github.mlmaven.finding.Severity;
import io.github.mlmaven.verify.VerificationReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * The findings in the Static Analysis Results Interchange Format 2.1.0, which code scanning services show beside the
 * code. What has no meaning for a model, such as columns, is left out.
 */
final class SarifReport {

    private static final String SCHEMA =
            "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

    /** Names the algorithm of the fingerprints: 3.27.17 wants a version where another result would come of it. */
    private static final String FINGERPRINT = "mlFinding/v1";

    private static final List<FindingId> RULES = Arrays.stream(FindingId.values())
            .sorted(Comparator.comparing(FindingId::id))
            .toList();

    private final ReportSettings settings;
    private final ChecksDocument document;
    private final Map<String, Integer> seen = new HashMap<>();

    private SarifReport(ReportSettings settings, ChecksDocument document) {
        this.settings = settings;
        this.document = document;
    }

    /** Writes the report, as a whole or not at all. */
    static void write(Path file, VerificationReport report, ReportSettings settings) throws IOException {
        SarifReport sarif = new SarifReport(settings, ChecksDocument.load());
        JsonFile.write(file, json -> sarif.write(json, report));
    }

    private void write(JsonGenerator json, VerificationReport report) throws IOException {
        json.writeStartObject();
        json.writeStringField("$schema", SCHEMA);
        json.writeStringField("version", "2.1.0");
        json.writeArrayFieldStart("runs");
        json.writeStartObject();
        writeTool(json);
        json.writeObjectFieldStart("automationDetails");
        json.writeStringField("id", "ml-verify/" + settings.sourceRoot());
        json.writeEndObject();
        json.writeStringField("columnKind", "utf16CodeUnits");
        json.writeArrayFieldStart("results");
        List<Finding> findings = report.allFindings().stream()
                .sorted(Finding.ORDER.thenComparing(Finding::line))
                .toList();
        for (Finding finding : findings) {
            write(json, finding);
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndArray();
        json.writeEndObject();
    }

    private void writeTool(JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("tool");
        json.writeObjectFieldStart("driver");
        json.writeStringField("name", "ml-maven-plugin");
        json.writeStringField("version", settings.pluginVersion());
        json.writeArrayFieldStart("rules");
        for (FindingId id : RULES) {
            ChecksDocument.Explanation explanation = document.of(id);
            json.writeStartObject();
            json.writeStringField("id", id.id());
            text(json, "shortDescription", explanation.meaning());
            text(json, "fullDescription", explanation.meaning());
            text(json, "help", "Remedy: " + explanation.remedy());
            json.writeObjectFieldStart("defaultConfiguration");
            json.writeStringField("level", level(id.severity()));
            json.writeEndObject();
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndObject();
    }

    private void write(JsonGenerator json, Finding finding) throws IOException {
        json.writeStartObject();
        json.writeStringField("ruleId", finding.id().id());
        json.writeNumberField("ruleIndex", RULES.indexOf(finding.id()));
        json.writeStringField("level", level(finding.severity()));
        text(json, "message", Plain.text(finding.line()));
        json.writeArrayFieldStart("locations");
        json.writeStartObject();
        writeFile(json, SarifUri.of(settings.sourceRoot() + SarifUri.file(finding.place())));
        json.writeArrayFieldStart("logicalLocations");
        json.writeStartObject();
        json.writeStringField("fullyQualifiedName", Plain.text(finding.place()));
        json.writeEndObject();
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndArray();
        json.writeObjectFieldStart("partialFingerprints");
        json.writeStringField(FINGERPRINT, fingerprint(finding));
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void writeFile(JsonGenerator json, String uri) throws IOException {
        json.writeObjectFieldStart("physicalLocation");
        json.writeObjectFieldStart("artifactLocation");
        json.writeStringField("uri", uri);
        json.writeStringField("uriBaseId", "%SRCROOT%");
        json.writeEndObject();
        // Models have no lines, but GitHub shows no result without one.
        json.writeObjectFieldStart("region");
        json.writeNumberField("startLine", 1);
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void text(JsonGenerator json, String field, String text) throws IOException {
        json.writeObjectFieldStart(field);
        json.writeStringField("text", text);
        json.writeEndObject();
    }

    private static String level(Severity severity) {
        return switch (severity) {
            case ERROR -> "error";
            case WARNING -> "warning";
            case INFO -> "note";
        };
    }

    /** By id, place and which of several there; messages hold measured numbers that differ from build to build. */
    private String fingerprint(Finding finding) {
        String what = finding.id().id() + '\n' + settings.sourceRoot() + finding.place();
        int number = seen.merge(what, 1, Integer::sum);
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha256.digest((what + '\n' + number).getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
