package io.github.mlmaven.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.inspect.InspectedModel;
import io.github.mlmaven.inspect.InspectedModels;
import io.github.mlmaven.inspect.ModelSource;
import io.github.mlmaven.inspect.ModelSummary;
import io.github.mlmaven.inspect.Opset;
import io.github.mlmaven.inspect.ValueInfo;
import io.github.mlmaven.inspect.ValueType;
import io.github.mlmaven.model.Contract;
import io.github.mlmaven.model.Datatype;
import io.github.mlmaven.model.Digest;
import io.github.mlmaven.model.Dimension;
import io.github.mlmaven.model.ModelFile;
import io.github.mlmaven.model.Shape;
import io.github.mlmaven.model.TensorSpec;
import io.github.mlmaven.model.exchange.ProbeReply;
import io.github.mlmaven.serving.Tensors;
import io.github.mlmaven.verify.golden.GoldenCase;
import io.github.mlmaven.verify.golden.GoldenData;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What the checks say of evidence that no well-behaved engine or exporter gives. */
class ChecksTest {

    private static final String PLACE = "src/main/model/model.onnx: ";

    @Test
    void anOutputOfZipMapNamesTheConverterOption() {
        Evidence evidence = evidence(new ValueType.OtherType("sequence(map(int64, float))"));

        assertThat(lines(new TypesCheck().check(evidence)))
                .containsExactly("ML-CONTRACT-TYPE: " + PLACE + "output y has a type that cannot be served; expected a"
                        + " tensor of a datatype of the Open Inference Protocol, with a rank, found"
                        + " sequence(map(int64, float)). Convert the classifier again without ZipMap: zipmap=False in"
                        + " onnxmltools, options={'zipmap': False} in skl2onnx.");
    }

    @Test
    void aTensorWithoutWireDatatypeOrRankSaysHowToConvertIt() {
        Shape scalar = new Shape(List.of());
        CheckResult complex = new TypesCheck()
                .check(evidence(new ValueType.TensorType("complex64", Optional.empty(), Optional.of(scalar))));
        CheckResult unranked = new TypesCheck()
                .check(evidence(new ValueType.TensorType("float", Optional.of(Datatype.FP32), Optional.empty())));

        assertThat(complex.findings().get(0).found()).contains("complex64[]");
        assertThat(complex.findings().get(0).next())
                .isEqualTo("Cast it to a datatype such as FP32 by a Cast node at the edge of the graph.");
        assertThat(unranked.findings().get(0).found()).contains("FP32[?]");
        assertThat(unranked.findings().get(0).next())
                .isEqualTo("Declare its shape; a dimension that varies gets a name: make_tensor_value_info(name, type,"
                        + " ['N', 4]).");
        assertThat(unranked.verdict()).isEqualTo(Verdict.FAIL);
    }

    @Test
    void theEngineMayWriteASymbolicDimensionAsMinusOneAndInferThatOfAnOutput() {
        Contract file = contract(spec("x", Datatype.FP32, "N", "4"), spec("y", Datatype.FP32, "N", "M"));
        Contract engine = contract(spec("x", Datatype.FP32, "", "4"), spec("y", Datatype.FP32, "", "3"));

        CheckResult result = new EngineContractCheck().check(evidence(file, engine));

        assertThat(result.findings()).isEmpty();
        assertThat(result.figure()).isEqualTo("1 input, 1 output agree");
    }

    @Test
    void anotherContractOfTheEngineIsToldTensorByTensor() {
        Contract file = contract(spec("x", Datatype.FP32, "N", "4"), spec("y", Datatype.FP32, "N"));
        Contract engine = new Contract(
                List.of(spec("x", Datatype.FP32, "N", "5"), spec("extra", Datatype.BOOL)),
                List.of(spec("y", Datatype.FP64, "N")));

        assertThat(lines(new EngineContractCheck().check(evidence(file, engine))))
                .containsExactly(
                        "ML-CONTRACT-ENGINE: " + PLACE
                                + "the engine sees another input number 0 than the file declares;"
                                + " expected x FP32[N,4], found x FP32[N,5]. Export the model again with a checked"
                                + " exporter; do not serve it.",
                        "ML-CONTRACT-ENGINE: " + PLACE
                                + "the engine sees another input number 1 than the file declares;"
                                + " expected none, found extra BOOL[]. Export the model again with a checked exporter;"
                                + " do not serve it.",
                        "ML-CONTRACT-ENGINE: " + PLACE + "the engine sees another output number 0 than the file"
                                + " declares; expected y FP32[N], found y FP64[N]. Export the model again with a checked"
                                + " exporter; do not serve it.");
    }

    @Test
    void anInputMayNotBeMoreSpecificForTheEngineThanForTheFile() {
        Contract file = contract(spec("x", Datatype.FP32, "N"), spec("y", Datatype.FP32, "N"));
        Contract engine = contract(spec("x", Datatype.FP32, "4"), spec("y", Datatype.FP32, "N"));

        assertThat(new EngineContractCheck().check(evidence(file, engine)).verdict())
                .isEqualTo(Verdict.FAIL);
    }

    @Test
    void aForkThatEndsWithinACaseFailsTheGoldenCheckAndNotTheEngines() {
        Evidence evidence = withRun(loaded(), List.of(), Optional.of(new ForkFailure("m", "e", "f", "n").at("p")));

        assertThat(new EngineCheck().check(evidence).verdict()).isEqualTo(Verdict.PASS);
        CheckResult golden = new GoldenCheck().check(evidence);
        assertThat(lines(golden)).containsExactly("ML-MODEL-FORK: p: m; expected e, found f. n");
        assertThat(golden.figure()).isEqualTo("0 of 1 case");
    }

    @Test
    void aCaseThatNeedsMoreMemoryNamesTheParameter() {
        GoldenResult result = new GoldenResult(
                "c", "p", List.of(), Optional.of("java.lang.OutOfMemoryError: Cannot reserve 9 bytes"));

        CheckResult golden = new GoldenCheck().check(withRun(loaded(), List.of(result), Optional.empty()));

        assertThat(lines(golden))
                .containsExactly("ML-GOLDEN-RUN: p: the engine refused the inputs; expected outputs, found"
                        + " java.lang.OutOfMemoryError: Cannot reserve 9 bytes."
                        + " Raise ml.verify.heap, or use smaller golden data.");
    }

    private static List<String> lines(CheckResult result) {
        return result.findings().stream().map(Finding::line).toList();
    }

    private static Evidence evidence(ValueType output) {
        return new Evidence(
                inspected(output),
                Optional.empty(),
                new GoldenData(List.of(), List.of()),
                Optional.empty(),
                ModelRules.NONE);
    }

    private static Evidence evidence(Contract file, Contract engine) {
        Evidence.EngineRun run = new Evidence.EngineRun(
                Optional.of(new ProbeReply.Loaded("engine 1", engine)), Optional.empty(), List.of(), Optional.empty());
        return new Evidence(
                inspected(new ValueType.OtherType("unused")),
                Optional.of(file),
                new GoldenData(List.of(), List.of()),
                Optional.of(run),
                ModelRules.NONE);
    }

    private static Evidence withRun(ProbeReply.Loaded loaded, List<GoldenResult> results, Optional<Finding> failure) {
        GoldenCase golden =
                new GoldenCase("c", "p", List.of(), List.of(), List.of(Tensors.fp32("y", new long[] {1}, 1)));
        return new Evidence(
                inspected(new ValueType.OtherType("unused")),
                Optional.of(loaded.contract()),
                new GoldenData(List.of(golden), List.of()),
                Optional.of(new Evidence.EngineRun(Optional.of(loaded), Optional.empty(), results, failure)),
                ModelRules.NONE);
    }

    private static ProbeReply.Loaded loaded() {
        return new ProbeReply.Loaded(
                "engine 1", contract(spec("x", Datatype.FP32, "1"), spec("y", Datatype.FP32, "1")));
    }

    private static Contract contract(TensorSpec input, TensorSpec output) {
        return new Contract(List.of(input), List.of(output));
    }

    private static TensorSpec spec(String name, Datatype datatype, String... dimensions) {
        return new TensorSpec(
                name,
                datatype,
                new Shape(Arrays.stream(dimensions)
                        .map(text -> text.matches("\\d+")
                                ? (Dimension) new Dimension.Fixed(Long.parseLong(text))
                                : new Dimension.Symbolic(text))
                        .toList()));
    }

    private static InspectedModel inspected(ValueType output) {
        Path nowhere = Path.of("nowhere");
        ModelSource source = new ModelSource("m", "1", nowhere, nowhere, "src/main/model", "src/test/model");
        ModelSummary summary = new ModelSummary(
                8,
                List.of(new Opset("ai.onnx", 15)),
                "",
                List.of(),
                List.of(new ValueInfo("y", output)),
                new TreeMap<>(),
                0);
        ModelFile file = new ModelFile("model.onnx", 1, new Digest("0".repeat(64)));
        return InspectedModels.onnx(source, List.of(file), summary);
    }
}
