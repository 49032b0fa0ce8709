package io.github.mlmaven.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.github.mlmaven.verify.VerificationReport;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The report for machines fits the schema that is published for it. */
class JsonReportTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    static Stream<VerificationReport> reports() {
        return Stream.of(
                SampleReports.failed(),
                SampleReports.warned(),
                SampleReports.passed(),
                new VerificationReport(List.of(), List.of()));
    }

    @ParameterizedTest
    @MethodSource("reports")
    void everyReportFitsTheSchema(VerificationReport report) throws IOException {
        assertThat(problems(json(report))).isEmpty();
    }

    @Test
    void theSchemaIsASchema() throws IOException {
        Schema metaSchema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));

        assertThat(metaSchema.validate(schema())).isEmpty();
    }

    @Test
    void theSchemaIsExact() throws IOException {
        JsonNode unknown = JSON.readTree("""
                {"reportVersion": 1, "verdict": "pass", "licences": [], "models": [], "findings": [], "more": 1}
                """);
        JsonNode incomplete = JSON.readTree("""
                {"reportVersion": 2, "verdict": "skip", "licences": [], "models": [{}], "findings": [{"id": "x"}]}
                """);

        assertThat(problems(unknown)).hasSize(1);
        assertThat(problems(incomplete)).hasSizeGreaterThan(10);
    }

    @Test
    void itHoldsWhatWasLookedAtAndMeasured() throws IOException {
        JsonNode model = json(SampleReports.passed()).at("/models/0");

        assertThat(model.at("/scanned/0"))
                .isEqualTo(JSON.readTree("""
                {"place": "src/main/model/fraud/a b.zip", "kind": "container", "format": "a zip file", "size": 77,
                 "contents": [{"place": "src/main/model/fraud/a b.zip!/%s", "kind": "unsafe",
                   "format": "a Python pickle, protocol 4", "size": 12}]}
                """.formatted("<b>&amp;\\\"'\\u0000\\u001b[31m\u202e\ufffd]]>\ud83d\ude00")));
        assertThat(model.at("/latency/nanos")).isEqualTo(JSON.readTree("{\"p50\": 812340, \"p99\": 12500000}"));
        assertThat(model.at("/latency/buckets/1")).isEqualTo(JSON.readTree("{\"upToNanos\": 1000000, \"count\": 200}"));
        assertThat(model.at("/golden/0/outputs/0/toleranceUsed").doubleValue()).isZero();
        assertThat(model.at("/golden/23/outputs/0/toleranceUsed").doubleValue()).isBetween(0.1, 10.0);
    }

    private JsonNode json(VerificationReport report) throws IOException {
        Path file = folder.resolve("verify.json");
        JsonReport.write(file, report, SampleReports.SETTINGS);
        return JSON.readTree(file.toFile());
    }

    private static List<Error> problems(JsonNode report) throws IOException {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schema())
                .validate(report);
    }

    private static JsonNode schema() throws IOException {
        try (InputStream in = JsonReport.class.getResourceAsStream("/META-INF/ml/verify.schema.json")) {
            return JSON.readTree(in);
        }
    }
}
