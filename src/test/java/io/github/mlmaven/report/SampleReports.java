package io.github.mlmaven.report;

import io.github.mlmaven.finding.Accept;
import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.FindingId;
import io.github.mlmaven.finding.Policy;
import io.github.mlmaven.inspect.InspectedModel;
import io.github.mlmaven.inspect.InspectedModels;
import io.github.mlmaven.inspect.ModelSource;
import io.github.mlmaven.inspect.ModelSummary;
import io.github.mlmaven.inspect.Opset;
import io.github.mlmaven.inspect.ValueInfo;
import io.github.mlmaven.inspect.ValueType;
import io.github.mlmaven.inspect.scan.Kind;
import io.github.mlmaven.inspect.scan.ScanResult;
import io.github.mlmaven.model.Datatype;
import io.github.mlmaven.model.Digest;
import io.github.mlmaven.model.Dimension;
import io.github.mlmaven.model.ModelFile;
import io.github.mlmaven.model.Shape;
import io.github.mlmaven.serving.Tensors;
import io.github.mlmaven.verify.CheckResult;
import io.github.mlmaven.verify.GoldenResult;
import io.github.mlmaven.verify.Measured;
import io.github.mlmaven.verify.ModelVerification;
import io.github.mlmaven.verify.Verdict;
import io.github.mlmaven.verify.VerificationReport;
import io.github.mlmaven.verify.budget.LatencyResult;
import io.github.mlmaven.verify.budget.Percentile;
import io.github.mlmaven.verify.golden.Comparison;
import io.github.mlmaven.verify.golden.Tolerance;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Verifications to report on. */
final class SampleReports {

    static final Digest DIGEST = new Digest("0123456789abcdef".repeat(4));
    static final ReportSettings SETTINGS = new ReportSettings("1.2.3", "", List.of("Apache-2.0"));

    /** Markup, quotes, controls, a mark of direction, half a pair of UTF-16, and characters beyond 16 bits. */
    static final String HOSTILE = "<b>&amp;\"'\u0000\u001b[31m\u202e\ud800]]>\ud83d\ude00";

    private static final long[] TWO = {2};

    private SampleReports() {}

    /** Two models with errors, one of which cannot be read, and a warning of the project. */
    static VerificationReport failed() {
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

    /** A model that passes everything, was scanned and measured, and whose names are hostile to every format. */
    static VerificationReport passed() {
        return new VerificationReport(List.of(measured("fraud", List.of())), List.of());
    }

    /** The same with a warning, an accepted risk and a check that was skipped. */
    static VerificationReport warned() {
        Finding accepted = new Policy(
                        Map.of(), List.of(new Accept(FindingId.SAFE_PICKLE, "**", "read in a sandbox <only>")))
                .apply(List.of(Finding.of(
                        FindingId.SAFE_PICKLE,
                        "src/main/model/fraud/a b.zip!/x.pkl",
                        "it is a pickle",
                        "ONNX",
                        "pickle " + HOSTILE,
                        "Convert it.")))
                .get(0);
        Finding unserved = Finding.of(
                FindingId.MODEL_UNSERVED, "src/main/model/fraud/keras.h5", "it is not served", "Convert it.");
        return new VerificationReport(
                List.of(measured("fraud", List.of(unserved, accepted)), measured("churn", List.of())), List.of());
    }

    private static ModelVerification measured(String name, List<Finding> safety) {
        List<GoldenResult> golden = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            float error = i == 0 ? 0 : (float) Math.pow(10, -7.5 + i / 6.1);
            Comparison y = Comparison.compare(
                    Tensors.fp32("y " + HOSTILE, TWO, 1, 2),
                    Tensors.fp32("y " + HOSTILE, TWO, 1, 2 + error),
                    Tolerance.DEFAULT);
            golden.add(new GoldenResult(
                    "case_" + i, "src/test/model/" + name + "/case_" + i, List.of(y), Optional.empty()));
        }
        return new ModelVerification(
                source(name),
                Optional.of(InspectedModels.onnx(
                        source(name),
                        List.of(
                                new ModelFile("model.onnx", 63_757, DIGEST),
                                new ModelFile("weights/" + "w".repeat(120) + ".bin", 3_000_000_000L, DIGEST)),
                        new ModelSummary(
                                8,
                                List.of(new Opset("ai.onnx", 15), new Opset("ai.onnx.ml", 3)),
                                "exporter " + HOSTILE,
                                List.of(
                                        tensor(
                                                "x",
                                                new Shape(
                                                        List.of(new Dimension.Symbolic("N"), new Dimension.Fixed(4)))),
                                        new ValueInfo("z", new ValueType.OtherType("sequence(map(int64, float[]))"))),
                                List.of(tensor("y " + HOSTILE, new Shape(List.of()))),
                                new TreeMap<>(Map.of("ai.onnx.MatMul", 1200L, "ai.onnx." + HOSTILE, 1L)),
                                1_234_567))),
                List.of(
                        new CheckResult("structure", Verdict.PASS, "opset ai.onnx 15", List.of()),
                        new CheckResult("safety", Verdict.of(safety), "3 files " + HOSTILE, safety),
                        new CheckResult("latency", Verdict.SKIP, "no budget", List.of())),
                golden,
                List.of(),
                new Measured(
                        Optional.of(new LatencyResult(
                                1200,
                                0,
                                1,
                                new TreeMap<>(Map.of(Percentile.P50, 812_340L, Percentile.P99, 12_500_000L)),
                                IntStream.range(0, 20)
                                        .mapToObj(i -> new LatencyResult.Bucket(
                                                500_000L * (i + 1), i == 3 ? 0 : 400 / (i + 1)))
                                        .toList())),
                        Optional.empty(),
                        Optional.empty()),
                List.of(new ScanResult(
                        "src/main/model/" + name + "/a b.zip",
                        77,
                        Kind.CONTAINER,
                        "a zip file",
                        List.of(),
                        List.of(new ScanResult(
                                "src/main/model/" + name + "/a b.zip!/" + HOSTILE,
                                12,
                                Kind.UNSAFE,
                                "a Python pickle, protocol 4",
                                List.of(),
                                List.of())))),
                Optional.empty());
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
