package io.github.mlmaven.verify.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.inspect.ModelSource;
import io.github.mlmaven.model.Contract;
import io.github.mlmaven.model.Datatype;
import io.github.mlmaven.model.Dimension;
import io.github.mlmaven.model.Shape;
import io.github.mlmaven.model.Tensor;
import io.github.mlmaven.model.TensorSpec;
import io.github.mlmaven.serving.Tensors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MlflowExampleTest {

    private static final TensorSpec LABEL = spec("label", Datatype.INT64, "N");
    private static final Contract MATRIX =
            new Contract(List.of(spec("float_input", Datatype.FP32, "N", "2")), List.of(LABEL));
    private static final Contract COLUMNS = new Contract(
            List.of(spec("age", Datatype.INT64, "N", "1"), spec("name", Datatype.BYTES, "N")), List.of(LABEL));

    @TempDir
    Path project;

    private Path folder;
    private Path golden;

    @BeforeEach
    void place() throws IOException {
        folder = Files.createDirectories(project.resolve("model"));
        golden = Files.createDirectories(project.resolve("golden"));
        Files.writeString(folder.resolve("MLmodel"), "flavors: {}\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"dataframe_split\": {\"index\": [0, 1], \"columns\": [\"a\", \"b\"], \"data\": [[1, 2], [3, 4.5]]}}",
                "{\"columns\": [0, 1], \"data\": [[1, 2], [3, 4.5]]}",
                "{\"inputs\": [[1, 2], [3, 4.5]]}",
                "{\"inputs\": {\"float_input\": [[1, 2], [3, 4.5]]}}",
                "{\"instances\": [[1, 2], [3, 4.5]]}",
                "{\"float_input\": [[1, 2], [3, 4.5]]}",
                "[[1, 2], [3, 4.5]]"
            })
    void everyFormOfATableIsTheOneInputOfAModel(String example) throws IOException {
        GoldenCase read = only(example, MATRIX);
        assertThat(read.name()).isEqualTo("mlflow input example");
        assertThat(read.outputs()).isEmpty();
        Tensor input = read.inputs().get(0);
        assertThat(input.name()).isEqualTo("float_input");
        assertThat(input.shape()).containsExactly(2, 2);
        assertThat(input.data().getFloat(12)).isEqualTo(4.5f);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"columns\": [\"name\", \"age\"], \"data\": [[\"Ada\", 36], [\"Bob\", 41]]}",
                "{\"inputs\": {\"age\": [36, 41], \"name\": [\"Ada\", \"Bob\"]}}",
                "{\"age\": [[36], [41]], \"name\": [\"Ada\", \"Bob\"]}"
            })
    void columnsAreInputsByTheirNames(String example) throws IOException {
        GoldenCase read = only(example, COLUMNS);
        assertThat(read.inputs()).extracting(Tensor::name).containsExactly("age", "name");
        assertThat(read.inputs().get(0).shape()).containsExactly(2, 1);
        assertThat(read.inputs().get(0).data().getLong(8)).isEqualTo(41);
        assertThat(Tensors.strings(read.inputs().get(1))).containsExactly("Ada", "Bob");
    }

    @Test
    void valuesAloneAreOneRow() throws IOException {
        GoldenCase read = only("{\"age\": 36, \"name\": \"Ada\"}", COLUMNS);
        assertThat(read.inputs().get(0).shape()).containsExactly(1, 1);
        assertThat(read.inputs().get(1).shape()).containsExactly(1);
    }

    @Test
    void nothingIsComparedAndThatIsSaid() throws IOException {
        GoldenData data = read("[[1, 2]]", MATRIX);
        assertThat(data.findings())
                .extracting(Finding::line)
                .containsExactly(
                        "ML-GOLDEN-PARTIAL: src/main/model/input_example.json: the example has no outputs, so no"
                                + " prediction was compared; expected label, found none. Record what the training library"
                                + " predicts for these inputs, in a test_data_set as output_0.pb; or let `mvn ml:lock"
                                + " -Dml.golden.record` write what this engine gives.");
        assertThat(data.unrecorded())
                .extracting(UnrecordedCase::place)
                .containsExactly("src/test/model/mlflow-input-example.json");
    }

    @Test
    void onceItsOutputsAreRecordedTheGoldenFolderHasIt() throws IOException {
        GoldenData data = read("[[1, 2]]", MATRIX);
        CaseWriter.write(
                data.unrecorded().get(0),
                List.of(new Tensor("label", Datatype.INT64, new long[] {1}, ByteBuffer.allocate(8))),
                "onnxruntime 1.29.0");

        GoldenData again = GoldenReader.read(source(), MATRIX);

        assertThat(golden.resolve("mlflow-input-example.json"))
                .hasContent("{\"parameters\":{\"recorded_by\":\"onnxruntime 1.29.0\"},"
                        + "\"inputs\":[{\"name\":\"float_input\",\"shape\":[1,2],\"datatype\":\"FP32\",\"data\":[1.0,2.0]}],"
                        + "\"outputs\":[{\"name\":\"label\",\"shape\":[1],\"datatype\":\"INT64\",\"data\":[0]}]}\n");
        assertThat(again.cases()).extracting(GoldenCase::name).containsExactly("mlflow-input-example");
        assertThat(again.findings())
                .extracting(Finding::line)
                .containsExactly(
                        "ML-GOLDEN-RECORDED: src/test/model/mlflow-input-example.json: the outputs were recorded"
                                + " by onnxruntime 1.29.0, not by the training library: they show changes, not errors of the"
                                + " export. Replace them by what the training library predicts when you can.");
    }

    @Test
    void whatDoesNotFitIsAWarningWithItsReason() throws IOException {
        assertThat(reason("{", MATRIX)).startsWith("not JSON, at line 1, column 2: ");
        assertThat(reason("[[1, 2], [3]]", MATRIX)).isEqualTo("lists of different lengths at depth 2");
        assertThat(reason("[[1, 2], 3]", MATRIX)).isEqualTo("lists of different lengths at depth 2");
        assertThat(reason("[[1, {}]]", MATRIX)).isEqualTo("an object where a number, a text or a list belongs");
        assertThat(reason("[[1, null]]", MATRIX)).contains("null");
        assertThat(reason("[[1, 2]]", COLUMNS)).isEqualTo("one value without a name for the 2 inputs of the model");
        assertThat(reason("{\"x\": 1}", MATRIX)).isEqualTo("\"x\", which is no input");
        assertThat(reason("{\"x\": 1, \"x\": 1}", MATRIX)).isEqualTo("x is given twice");
        assertThat(reason("{\"columns\": [\"a\", \"a\"], \"data\": [[1, 2]]}", MATRIX))
                .isEqualTo("columns without names of their own");
        assertThat(reason("{\"columns\": [\"a\", \"b\"], \"data\": [[1]]}", MATRIX))
                .isEqualTo("a row that has not 2 values");
        assertThat(reason("[".repeat(200), MATRIX)).contains("nesting depth");
        assertThat(reason(" ".repeat((1 << 20) + 1), MATRIX)).isEqualTo("1048577 bytes");
        assertThat(read("[[1, 2, 3]]", MATRIX).findings().get(0).line())
                .isEqualTo("ML-GOLDEN-INVALID: src/main/model/input_example.json: input float_input has another shape"
                        + " than the model; expected [N,2], found [1,3]. Record the golden data with the shapes of the"
                        + " model.");
    }

    @Test
    void linksThatLeadOutAreNotFollowed() throws IOException {
        Path secret = Files.writeString(project.resolve("secret"), "[[1, 2]]");
        Files.createSymbolicLink(folder.resolve("input_example.json"), secret);
        assertThat(GoldenReader.read(source(), MATRIX).findings())
                .extracting(finding -> finding.id().id(), Finding::isError)
                .containsExactly(tuple("ML-SAFE-LINK", true));
    }

    @Test
    void withoutMlflowsOwnFileItIsAnyFile() throws IOException {
        Files.delete(folder.resolve("MLmodel"));
        assertThat(read("{", MATRIX)).isEqualTo(new GoldenData(List.of(), List.of()));
    }

    private String reason(String example, Contract contract) throws IOException {
        GoldenData data = read(example, contract);
        assertThat(data.cases()).isEmpty();
        assertThat(data.unrecorded()).isEmpty();
        Finding finding = data.findings().get(0);
        assertThat(finding.isError()).isFalse();
        assertThat(finding.message()).isEqualTo("MLflow's input example cannot be used as golden inputs");
        return finding.found().orElseThrow();
    }

    private GoldenCase only(String example, Contract contract) throws IOException {
        GoldenData data = read(example, contract);
        assertThat(data.cases()).as("%s", data.findings()).hasSize(1);
        return data.cases().get(0);
    }

    private GoldenData read(String example, Contract contract) throws IOException {
        Files.writeString(folder.resolve("input_example.json"), example);
        return GoldenReader.read(source(), contract);
    }

    private ModelSource source() {
        return new ModelSource("m", "1", folder, golden, "src/main/model", "src/test/model");
    }

    private static TensorSpec spec(String name, Datatype datatype, String... dimensions) {
        List<Dimension> shape = Arrays.stream(dimensions)
                .map(text -> text.matches("\\d+")
                        ? (Dimension) new Dimension.Fixed(Long.parseLong(text))
                        : new Dimension.Symbolic(text))
                .toList();
        return new TensorSpec(name, datatype, new Shape(shape));
    }
}
