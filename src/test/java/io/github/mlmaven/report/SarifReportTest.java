package io.github.mlmaven.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.FindingId;
import io.github.mlmaven.verify.VerificationReport;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SarifReportTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    @ParameterizedTest
    @MethodSource("io.github.mlmaven.report.JsonReportTest#reports")
    void everyReportFitsTheSchemaOfSarif(VerificationReport report) throws IOException {
        assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                        .getSchema(schema())
                        .validate(sarif(report, SampleReports.SETTINGS)))
                .isEmpty();
    }

    @Test
    void theSchemaIsLookedAt() throws IOException {
        assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                        .getSchema(schema())
                        .validate(JSON.readTree("{\"version\": \"2.1.0\", \"runs\": [{}]}")))
                .hasSize(1);
    }

    @Test
    void aFindingIsAResultWithItsLineHeaviestFirst() throws IOException {
        JsonNode results = sarif(SampleReports.failed(), SampleReports.SETTINGS).at("/runs/0/results");

        assertThat(results)
                .extracting(result -> result.get("level").textValue() + " "
                        + result.at("/message/text").textValue())
                .containsExactly(
                        "error ML-MODEL-EMPTY: src/main/model/broken/model.onnx: the file is empty. Copy it again.",
                        "error ML-GOLDEN-MISMATCH: src/test/model/iris/test_data_set_0: output y differs at [1];"
                                + " expected 2.0, found 3.0. Find out why.",
                        "warning ML-GOLDEN-MISSING: src/test/model: nothing there. Add some.");
        assertThat(results.at("/0/locations/0/physicalLocation")).isEqualTo(JSON.readTree("""
                {"artifactLocation": {"uri": "src/main/model/broken/model.onnx", "uriBaseId": "%SRCROOT%"},
                 "region": {"startLine": 1}}
                """));
    }

    @Test
    void aRuleExplainsEveryFinding() throws IOException {
        JsonNode run = sarif(SampleReports.failed(), SampleReports.SETTINGS).at("/runs/0");
        JsonNode rules = run.at("/tool/driver/rules");

        assertThat(rules).hasSameSizeAs(FindingId.values());
        JsonNode rule = rules.get(run.at("/results/0/ruleIndex").intValue());
        assertThat(rule).isEqualTo(JSON.readTree("""
                {"id": "ML-MODEL-EMPTY", "shortDescription": {"text": "A file of zero bytes."},
                 "fullDescription": {"text": "A file of zero bytes."},
                 "help": {"text": "Remedy: copy or export the model again."},
                 "defaultConfiguration": {"level": "error"}}
                """));
        assertThat(run.at("/tool/driver/version").textValue()).isEqualTo("1.2.3");
        assertThat(run.at("/results/0/ruleId")).isEqualTo(rule.get("id"));
    }

    @Test
    void anAcceptedFindingIsANoteThatSaysWhy() throws IOException {
        JsonNode results = sarif(SampleReports.warned(), SampleReports.SETTINGS).at("/runs/0/results");

        assertThat(results)
                .extracting(result -> result.get("level").textValue())
                .containsExactly("warning", "note");
        assertThat(results.at("/1/message/text").textValue())
                .startsWith("ML-SAFE-PICKLE: src/main/model/fraud/a b.zip!/x.pkl: it is a pickle"
                        + " (accepted: read in a sandbox <only>); expected ONNX, found pickle <b>");
    }

    @Test
    void whatIsInAnArchiveIsInTheFileOfTheArchive() throws IOException {
        JsonNode location =
                sarif(SampleReports.warned(), SampleReports.SETTINGS).at("/runs/0/results/1/locations/0");

        assertThat(location.at("/physicalLocation/artifactLocation/uri").textValue())
                .isEqualTo("src/main/model/fraud/a%20b.zip");
        assertThat(location.at("/logicalLocations/0/fullyQualifiedName").textValue())
                .isEqualTo("src/main/model/fraud/a b.zip!/x.pkl");
    }

    @Test
    void aModulesFilesAreBelowItsFolder() throws IOException {
        JsonNode run = sarif(SampleReports.failed(), new ReportSettings("1", "models/iris/", List.of()))
                .at("/runs/0");

        assertThat(run.at("/results/2/locations/0/physicalLocation/artifactLocation/uri")
                        .textValue())
                .isEqualTo("models/iris/src/test/model");
        assertThat(run.at("/automationDetails/id").textValue()).isEqualTo("ml-verify/models/iris/");
    }

    @Test
    void fingerprintsOutliveMeasuredNumbersAndAreUnique() throws IOException {
        List<String> before = fingerprints("output y differs at [1]", "output z differs at [1]");
        List<String> after = fingerprints("output y differs at [7]", "output z differs at [9]");

        assertThat(before).doesNotHaveDuplicates().isEqualTo(after).hasSize(2).allMatch(print -> print.length() == 64);
    }

    @ParameterizedTest
    @CsvSource({
        "src/main/model/ä b#?%.onnx, src/main/model/%C3%A4%20b%23%3F%25.onnx",
        "org.acme:lib:1, org.acme%3Alib%3A1",
        "ml.lock, ml.lock",
    })
    void placesAreRelativeReferences(String place, String uri) {
        assertThat(SarifUri.of(place)).isEqualTo(uri);
        assertThat(URI.create(uri).isAbsolute()).isFalse();
    }

    private List<String> fingerprints(String... messages) throws IOException {
        List<Finding> findings = List.of(messages).stream()
                .map(message -> Finding.of(FindingId.GOLDEN_MISMATCH, "src/test/model/case", message, "Look."))
                .toList();
        return sarif(new VerificationReport(List.of(), findings), SampleReports.SETTINGS)
                .findValuesAsText("mlFinding/v1");
    }

    private JsonNode sarif(VerificationReport report, ReportSettings settings) throws IOException {
        Path file = folder.resolve("verify.sarif");
        SarifReport.write(file, report, settings);
        return JSON.readTree(file.toFile());
    }

    private static JsonNode schema() throws IOException {
        try (InputStream in = SarifReportTest.class.getResourceAsStream("/schema/sarif-schema-2.1.0.json")) {
            return JSON.readTree(in);
        }
    }
}
