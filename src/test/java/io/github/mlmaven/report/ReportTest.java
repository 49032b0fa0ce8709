package io.github.mlmaven.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.FindingId;
import io.github.mlmaven.inspect.InspectedModel;
import io.github.mlmaven.inspect.InspectedModels;
import io.github.mlmaven.inspect.ModelSource;
import io.github.mlmaven.inspect.ModelSummary;
import io.github.mlmaven.inspect.Opset;
import io.github.mlmaven.inspect.RejectedModel;
import io.github.mlmaven.inspect.ValueInfo;
import io.github.mlmaven.inspect.ValueType;
import io.github.mlmaven.model.Datatype;
import io.github.mlmaven.model.Digest;
import io.github.mlmaven.model.Dimension;
import io.github.mlmaven.model.ModelFile;
import io.github.mlmaven.model.Shape;
import io.github.mlmaven.serving.Tensors;
import io.github.mlmaven.verify.CheckResult;
import io.github.mlmaven.verify.GoldenResult;
import io.github.mlmaven.verify.ModelVerification;
import io.github.mlmaven.verify.Verdict;
import io.github.mlmaven.verify.VerificationReport;
import io.github.mlmaven.verify.golden.Comparison;
import io.github.mlmaven.verify.golden.Tolerance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {

    private static final long[] TWO = {2};
    private static final Digest DIGEST = new Digest("0123456789abcdef".repeat(4));

    private final VerificationReport report = report();

    @TempDir
    Path folder;

    @Test
    void theConsoleShowsModelsChecksGoldenErrorsAndFindingsHeaviestLast() {
        assertThat(ConsoleReport.lines(report).stream().map(ConsoleReport.Line::text))
                .containsExactly(
                        "Model iris 1.0 (src/main/model/iris)",
                        "  format      onnx, IR version 8",
                        "  opsets      ai.onnx 15",
                        "  producer    exporter 2 [31m",
                        "  operators   1,201: ai.onnx.MatMul 1200, ai.onnx.Add 1",
                        "  parameters  1,234,567",
                        "  size        63,757 bytes (62.3 KiB)",
                        "  file        model.onnx sha256:" + DIGEST.hex(),
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

        JsonReport.write(folder.resolve("ml/verify.json"), report());

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
        JsonReport.write(file, report);
        return file;
    }

    private static VerificationReport report() {
        Finding mismatch = Finding.of(
                FindingId.GOLDEN_MISMATCH,
                "src/test/model/iris/test_data_set_0",
                "output y differs at [1]",
                "2.0",
                "3.0",
                "Find out why.");
        Finding empty = Finding.of(
                FindingId.MODEL_EMPTY, "src/main/model/broken/model.onnx", "the file is empty", "Copy it again.");
        Finding missing = Finding.of(FindingId.GOLDEN_MISSING, "src/test/model", "nothing there", "Add some.");
        Comparison comparison =
                Comparison.compare(Tensors.fp32("y", TWO, 1, 2), Tensors.fp32("y", TWO, 1, 3), Tolerance.DEFAULT);
        String place = mismatch.place();
        ModelVerification iris = new ModelVerification(
                source("iris"),
                Optional.of(iris()),
                List.of(
                        new CheckResult("structure", Verdict.PASS, "opset ai.onnx 15", List.of()),
                        new CheckResult("golden", Verdict.FAIL, "0 of 2 cases", List.of(mismatch))),
                List.of(
                        new GoldenResult("test_data_set_0", place, List.of(comparison), Optional.empty()),
                        new GoldenResult("test_data_set_1", place, List.of(), Optional.of("no"))),
                List.of(),
                Optional.empty());
        ModelVerification broken = new ModelVerification(
                source("broken"),
                Optional.empty(),
                List.of(new CheckResult("structure", Verdict.FAIL, "not readable", List.of(empty))),
                List.of(),
                List.of(),
                Optional.empty());
        return new VerificationReport(List.of(iris, broken), List.of(missing));
    }

    private static InspectedModel iris() {
        Dimension n = new Dimension.Symbolic("N");
        ModelSummary summary = new ModelSummary(
                8,
                List.of(new Opset("ai.onnx", 15)),
                "exporter 2\u001b[31m",
                List.of(tensor("x", new Shape(List.of(n, new Dimension.Fixed(4))))),
                List.of(tensor("y", new Shape(List.of(n)))),
                new TreeMap<>(Map.of("ai.onnx.MatMul", 1200L, "ai.onnx.Add", 1L)),
                1_234_567);
        return InspectedModels.onnx(source("iris"), List.of(new ModelFile("model.onnx", 63_757, DIGEST)), summary);
    }

    private static ValueInfo tensor(String name, Shape shape) {
        return new ValueInfo(name, new ValueType.TensorType("float", Optional.of(Datatype.FP32), Optional.of(shape)));
    }

    private static ModelSource source(String name) {
        Path nowhere = Path.of("nowhere").toAbsolutePath();
        return new ModelSource(name, "1.0", nowhere, nowhere, "src/main/model/" + name, "src/test/model/" + name);
    }
}
