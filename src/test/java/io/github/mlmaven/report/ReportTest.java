package io.github.mlmaven.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.mlmaven.inspect.InspectedModel;
import io.github.mlmaven.inspect.RejectedModel;
import io.github.mlmaven.verify.VerificationReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {

    private final VerificationReport report = SampleReports.failed();

    @TempDir
    Path folder;

    @Test
    void theConsoleShowsModelsChecksGoldenErrorsAndFindingsHeaviestLast() {
        assertThat(ConsoleReport.lines(report, Style.PLAIN).stream().map(ConsoleReport.Line::text))
                .containsExactly(
                        "Model iris 1.0 (src/main/model/iris)",
                        "  format      onnx, IR version 8",
                        "  opsets      ai.onnx 15",
                        "  producer    exporter 2 [31m",
                        "  operators   1,201: ai.onnx.MatMul 1200, ai.onnx.Add 1",
                        "  parameters  1,234,567",
                        "  size        63,757 bytes (62.3 KiB)",
                        "  file        model.onnx sha256:" + SampleReports.DIGEST.hex(),
                        "  input       x FP32[N,4]",
                        "  output      y FP32[N]",
                        "Model broken 1.0 (src/main/model/broken)",
                        "Checks",
                        "  iris     structure              PASS  opset ai.onnx 15",
                        "  iris     golden                 FAIL  0 of 2 cases",
                        "  broken   structure              FAIL  not readable",
                        "  project  layout, lock and base  WARN  1 finding",
                        "Golden data, largest errors",
                        "  model  case             output  verdict  absolute         relative",
                        "  iris   test_data_set_0  y       FAIL     1.00e+00 at [1]  5.00e-01 at [1]",
                        "  iris   test_data_set_1  -       FAIL     -                -",
                        "warning ML-GOLDEN-MISSING src/test/model: nothing there",
                        "    next  Add some.",
                        "error ML-GOLDEN-MISMATCH src/test/model/iris/test_data_set_0: output y differs at [1]",
                        "    expected  2.0",
                        "    found     3.0",
                        "    next      Find out why.",
                        "error ML-MODEL-EMPTY src/main/model/broken/model.onnx: the file is empty",
                        "    next  Copy it again.",
                        "Verdict FAIL: 2 models, 2 errors, 1 warning");
    }

    @Test
    void coloursOfVerdictsLeaveTheTableAligned() {
        assertThat(ConsoleReport.lines(report, Style.COLOURED).stream().map(ConsoleReport.Line::text))
                .contains(
                        "  iris     structure              \u001b[1;32mPASS\u001b[m  opset ai.onnx 15",
                        "  project  layout, lock and base  \u001b[1;33mWARN\u001b[m  1 finding",
                        "  iris   test_data_set_1  -       \u001b[1;31mFAIL\u001b[m     -                -")
                .endsWith("Verdict \u001b[1;31mFAIL\u001b[m: 2 models, 2 errors, 1 warning");
    }

    @Test
    void inspectShowsTheModelsAlone() {
        InspectedModel iris = report.models().get(0).inspected().orElseThrow();
        RejectedModel broken = new RejectedModel(
                report.models().get(1).source(), report.models().get(1).findings(), List.of());

        assertThat(InspectReport.lines(List.of(iris, broken)))
                .contains(
                        "Model iris 1.0 (src/main/model/iris)",
                        "  operators   1,201: ai.onnx.MatMul 1200, ai.onnx.Add 1",
                        "Model broken 1.0 (src/main/model/broken)",
                        "error ML-MODEL-EMPTY src/main/model/broken/model.onnx: the file is empty")
                .doesNotContain("Checks");
    }

    @Test
    void theJsonHoldsEveryModelWithItsFindingsAndGoldenData() throws IOException {
        JsonNode json = new ObjectMapper().readTree(written().toFile());

        assertThat(json.get("reportVersion").intValue()).isEqualTo(1);
        assertThat(json.get("verdict").textValue()).isEqualTo("fail");
        JsonNode iris = json.get("models").get(0);
        assertThat(iris.get("name").textValue()).isEqualTo("iris");
        assertThat(iris.get("format").textValue()).isEqualTo("onnx");
        assertThat(iris.get("opsets").get("ai.onnx").intValue()).isEqualTo(15);
        assertThat(iris.get("findings").get(0)).isEqualTo(new ObjectMapper().readTree("""
                                {"id": "ML-GOLDEN-MISMATCH", "severity": "error",
                                 "file": "src/test/model/iris/test_data_set_0",
                                 "message": "output y differs at [1]", "expected": "2.0", "found": "3.0",
                                 "next": "Find out why."}
                                """));
        assertThat(iris.get("golden").get(0)).isEqualTo(new ObjectMapper().readTree("""
                                {"case": "test_data_set_0", "file": "src/test/model/iris/test_data_set_0",
                                 "verdict": "fail", "outputs": [{"tensor": "y", "verdict": "fail", "elements": 2,
                                 "atol": 1.0E-5, "rtol": 1.0E-4,
                                 "largestAbsoluteError": {"error": 1.0, "index": "[1]"},
                                 "largestRelativeError": {"error": 0.5, "index": "[1]"},
                                 "toleranceUsed": 4761.9047619047615,
                                 "mismatch": {"differing": 1,
                                   "first": {"index": "[1]", "expected": "2.0", "found": "3.0"},
                                   "worst": {"index": "[1]", "expected": "2.0", "found": "3.0"}}}]}
                                """));
        assertThat(iris.get("golden").get(1).get("failure").textValue()).isEqualTo("no");
        JsonNode broken = json.get("models").get(1);
        assertThat(broken.get("format").isNull()).isTrue();
        assertThat(broken.get("verdict").textValue()).isEqualTo("fail");
        assertThat(broken.get("findings").get(0).get("expected").isNull()).isTrue();
        assertThat(json.get("findings").get(0).get("severity").textValue()).isEqualTo("warning");
    }

    @Test
    void theJsonIsStableWithoutCarriageReturnsAndAbsolutePaths() throws IOException {
        String first = Files.readString(written());

        JsonReport.write(folder.resolve("ml/verify.json"), SampleReports.failed(), SampleReports.SETTINGS);

        assertThat(folder.resolve("ml")).isDirectoryContaining("glob:**/verify.json");
        assertThat(folder.resolve("ml").toFile().list()).hasSize(1);
        assertThat(written())
                .content()
                .isEqualTo(first)
                .endsWith("}\n")
                .doesNotContain("\r")
                .doesNotContain(Path.of("").toAbsolutePath().toString());
    }

    private Path written() throws IOException {
        Path file = folder.resolve("ml/verify.json");
        JsonReport.write(file, report, SampleReports.SETTINGS);
        return file;
    }
}
