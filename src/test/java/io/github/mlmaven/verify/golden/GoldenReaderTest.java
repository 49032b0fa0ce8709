package io.github.mlmaven.verify.golden;

import static io.github.mlmaven.serving.Tensors.fp32;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.Severity;
import io.github.mlmaven.model.Contract;
import io.github.mlmaven.model.Datatype;
import io.github.mlmaven.model.Dimension;
import io.github.mlmaven.model.ModelFile;
import io.github.mlmaven.model.Shape;
import io.github.mlmaven.model.Tensor;
import io.github.mlmaven.model.TensorSpec;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GoldenReaderTest {

    private static final Shape ROWS = new Shape(List.of(new Dimension.Symbolic("N"), new Dimension.Fixed(2)));
    private static final Contract CONTRACT = new Contract(
            List.of(new TensorSpec("a", Datatype.FP32, ROWS), new TensorSpec("b", Datatype.FP32, ROWS)),
            List.of(new TensorSpec("y", Datatype.FP32, ROWS)));

    private static final String RECORD = "; expected at least one of y, found none. Record what the training library"
            + " predicts for these inputs, in a test_data_set as output_0.pb; or let `mvn ml:lock -Dml.golden.record`"
            + " write what this engine gives.";

    @TempDir
    Path folder;

    @Test
    void aFolderThatIsNotThereHasNoCases() {
        assertThat(GoldenReader.read(folder.resolve("none"), "golden", CONTRACT))
                .isEqualTo(new GoldenData(List.of(), List.of()));
    }

    @Test
    void dataSetsComeByNumberThenJsonCasesByNameAndOtherFilesAreIgnored() throws IOException {
        for (String name : List.of("test_data_set_10", "test_data_set_2")) {
            good(name);
        }
        json("b.json", "\"a\"", "\"outputs\"");
        json("a.json", "\"a\"", "\"outputs\"");
        Files.writeString(folder.resolve("README.md"), "How this was recorded");
        Files.writeString(folder.resolve("test_data_set_2/notes.txt"), "x");

        GoldenData data = read();

        assertThat(data.findings()).isEmpty();
        assertThat(data.cases())
                .extracting(GoldenCase::name)
                .containsExactly("test_data_set_2", "test_data_set_10", "a", "b");
        assertThat(data.cases().get(0).files())
                .extracting(ModelFile::path)
                .containsExactly(
                        "test_data_set_2/input_0.pb", "test_data_set_2/input_1.pb", "test_data_set_2/output_0.pb");
        assertThat(data.cases().get(2).inputs()).extracting(Tensor::name).containsExactly("a", "b");
        assertThat(data.cases().get(2).outputs()).extracting(Tensor::name).containsExactly("y");
    }

    @Test
    void tensorsMatchByNameOrWithoutNamesByPosition() throws IOException {
        put("test_data_set_0/input_0.pb", row("b", 3, 4));
        put("test_data_set_0/input_1.pb", row("a", 1, 2));
        put("test_data_set_0/output_0.pb", row("", 4, 6));
        put("test_data_set_1/input_0.pb", row("", 1, 2));
        put("test_data_set_1/input_1.pb", row("", 3, 4));
        put("test_data_set_1/output_0.pb", row("y", 4, 6));

        GoldenData data = read();

        assertThat(data.findings()).isEmpty();
        assertThat(data.cases()).allSatisfy(golden -> {
            assertThat(golden.inputs()).extracting(Tensor::name).containsExactly("a", "b");
            assertThat(golden.inputs().get(0).data().getFloat(0)).isEqualTo(1);
            assertThat(golden.outputs()).extracting(Tensor::name).containsExactly("y");
        });
    }

    @Test
    void oneBadCaseLeavesTheOthersAlone() throws IOException {
        good("test_data_set_0");
        good("test_data_set_1");
        Files.write(folder.resolve("test_data_set_0/input_0.pb"), new byte[] {(byte) 0xFF, 1, 2});

        GoldenData data = read();

        assertThat(data.cases()).extracting(GoldenCase::name).containsExactly("test_data_set_1");
        assertThat(data.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.line()).startsWith("ML-GOLDEN-INVALID: golden/test_data_set_0/input_0.pb: ");
            assertThat(finding.next()).isEqualTo("Save it again, for example with onnx.numpy_helper.from_array.");
        });
    }

    @Test
    void inputsThatDoNotFitTheContractAreToldAllAtOnce() throws IOException {
        put("test_data_set_0/input_0.pb", new Tensor("a", Datatype.INT32, new long[] {1, 2}, ByteBuffer.allocate(8)));
        put("test_data_set_0/input_1.pb", fp32("b", new long[] {1, 3}, 1, 2, 3));
        put("test_data_set_0/input_2.pb", row("c", 1, 2));
        put("test_data_set_0/input_3.pb", row("", 1, 2));
        put("test_data_set_0/input_4.pb", row("a", 1, 2));

        assertThat(lines())
                .containsExactly(
                        "ML-GOLDEN-INVALID: golden/test_data_set_0/input_0.pb: input a has another datatype than the"
                                + " model; expected FP32, found INT32. Record the golden data with the datatypes of the"
                                + " model.",
                        "ML-GOLDEN-INVALID: golden/test_data_set_0/input_1.pb: input b has another shape than the"
                                + " model; expected [N,2], found [1,3]. Record the golden data with the shapes of the"
                                + " model.",
                        "ML-GOLDEN-INVALID: golden/test_data_set_0/input_2.pb: input c is not in the model's contract;"
                                + " expected one of a, b, found c. Correct the tensor's name, or leave it empty to match"
                                + " by position.",
                        "ML-GOLDEN-INVALID: golden/test_data_set_0/input_3.pb: a tensor without a name at a position"
                                + " that the model has no input at; expected 2 inputs, found input number 3. Name the"
                                + " tensor, or remove the file.",
                        "ML-GOLDEN-INVALID: golden/test_data_set_0/input_4.pb: input a is there twice; expected each"
                                + " tensor once, found another a. Remove one of them.");
    }

    @Test
    void missingInputsAndOutputsAreTold() throws IOException {
        put("test_data_set_0/input_0.pb", row("a", 1, 2));

        assertThat(lines())
                .containsExactly(
                        "ML-GOLDEN-INVALID: golden/test_data_set_0: input b is missing; expected b FP32[N,2], found only"
                                + " a. Add it; in a test_data_set as input_1.pb.",
                        "ML-GOLDEN-INVALID: golden/test_data_set_0: the case has no outputs" + RECORD);
        assertThat(read().unrecorded()).isEmpty();
    }

    @Test
    void inputsWithoutOutputsCanBeRecorded() throws IOException {
        good("test_data_set_3");
        Files.delete(folder.resolve("test_data_set_3/output_0.pb"));
        json("inputs-only.json", "\"a\"", "\"results\"");

        assertThat(lines())
                .containsExactly(
                        "ML-GOLDEN-INVALID: golden/test_data_set_3: the case has no outputs" + RECORD,
                        "ML-GOLDEN-INVALID: golden/inputs-only.json: the case has no outputs" + RECORD);
        assertThat(read().unrecorded())
                .extracting(UnrecordedCase::target, UnrecordedCase::place)
                .containsExactly(
                        tuple(folder.toRealPath().resolve("test_data_set_3"), "golden/test_data_set_3"),
                        tuple(folder.toRealPath().resolve("inputs-only.json"), "golden/inputs-only.json"));
    }

    @Test
    void outputsThatACaseLeavesOutAreNamed() throws IOException {
        Contract contract = new Contract(CONTRACT.inputs(), List.of(output("y"), output("z"), output("label")));
        good("test_data_set_0");
        good("test_data_set_1");
        put("test_data_set_1/output_1.pb", row("label", 1, 1));

        GoldenData data = GoldenReader.read(folder, "golden", contract);

        assertThat(data.cases()).extracting(GoldenCase::name).containsExactly("test_data_set_0", "test_data_set_1");
        assertThat(data.findings()).extracting(Finding::severity).containsOnly(Severity.WARNING);
        assertThat(data.findings())
                .extracting(Finding::line)
                .containsExactly(
                        "ML-GOLDEN-PARTIAL: golden/test_data_set_0: the case has no outputs z, label, so nothing was"
                                + " compared there; expected y, z, label, found only y. Record every output that the"
                                + " training library gives.",
                        "ML-GOLDEN-PARTIAL: golden/test_data_set_1: the case has no output z, so nothing was compared"
                                + " there; expected y, z, label, found only y, label. Record every output that the"
                                + " training library gives.");
    }

    @Test
    void gapsInTheNumbersAreTold() throws IOException {
        good("test_data_set_0");
        put("test_data_set_0/input_3.pb", row("b", 1, 2));
        Files.delete(folder.resolve("test_data_set_0/input_1.pb"));

        assertThat(lines())
                .containsExactly("ML-GOLDEN-INVALID: golden/test_data_set_0: a gap in the numbers of the input files;"
                        + " expected input_1.pb, found input_3.pb. Number the files from 0 without gaps.");
    }

    @Test
    void jsonThatIsNoneOrNoCaseIsTold() throws IOException {
        Files.writeString(folder.resolve("broken.json"), "{\"inputs\": [");
        Files.writeString(folder.resolve("list.json"), "[]");
        json("unknown.json", "\"z\"", "\"outputs\"");

        List<String> lines = lines();

        assertThat(lines.get(0)).startsWith("ML-GOLDEN-INVALID: golden/broken.json: the case is not in Open Inference");
        assertThat(lines)
                .contains(
                        "ML-GOLDEN-INVALID: golden/list.json: the case is not in Open Inference Protocol form;"
                                + " expected an object with inputs and outputs, each a list of tensors with name,"
                                + " datatype, shape and data, found expected a JSON object. Correct the file;"
                                + " the reply of a served model beside its request's inputs is such a case.",
                        "ML-GOLDEN-INVALID: golden/unknown.json: input z is not in the model's contract; expected one"
                                + " of a, b, found z. Correct the tensor's name, or leave it empty to match by"
                                + " position.");
    }

    @Test
    void filesThatAreTooLargeAreNotRead() throws IOException {
        good("test_data_set_0");
        try (RandomAccessFile file = new RandomAccessFile(
                folder.resolve("test_data_set_0/input_0.pb").toFile(), "rw")) {
            file.setLength((256 << 20) + 1);
        }

        assertThat(lines())
                .containsExactly("ML-GOLDEN-INVALID: golden/test_data_set_0/input_0.pb: golden data is too large;"
                        + " expected at most 256 MiB in a file, found 268435457 bytes. Use fewer rows.");
    }

    @Test
    void hiddenFilesAndNamesThatArePathsElsewhereAreNoCases() throws IOException {
        json(".hidden.json", "\"a\"", "\"outputs\"");
        json(".json", "\"a\"", "\"outputs\"");
        json("..\\a.json", "\"a\"", "\"outputs\"");

        assertThat(lines()).isEmpty();
    }

    @Test
    void linksThatLeadOutAreNotFollowed(@TempDir Path outside) throws IOException {
        good("test_data_set_0");
        Files.move(folder.resolve("test_data_set_0/input_0.pb"), outside.resolve("secret"));
        Files.createSymbolicLink(folder.resolve("test_data_set_0/input_0.pb"), outside.resolve("secret"));
        Files.createSymbolicLink(folder.resolve("test_data_set_1"), outside);

        assertThat(lines())
                .containsExactly(
                        "ML-SAFE-LINK: golden/test_data_set_0/input_0.pb: a link leads out of the golden folder;"
                                + " expected a file inside golden, found a link to elsewhere. Copy the file to where the"
                                + " link is.",
                        "ML-GOLDEN-INVALID: golden/test_data_set_1: it is no folder inside the golden folder; expected"
                                + " a folder, found a link or another kind of file. Replace it by a folder with"
                                + " input_0.pb and output_0.pb.");
    }

    private static TensorSpec output(String name) {
        return new TensorSpec(name, Datatype.FP32, ROWS);
    }

    private GoldenData read() {
        return GoldenReader.read(folder, "golden", CONTRACT);
    }

    private List<String> lines() {
        GoldenData data = read();
        assertThat(data.cases()).isEmpty();
        return data.findings().stream().map(Finding::line).toList();
    }

    private void good(String name) throws IOException {
        put(name + "/input_0.pb", row("a", 1, 2));
        put(name + "/input_1.pb", row("b", 3, 4));
        put(name + "/output_0.pb", row("y", 4, 6));
    }

    private void put(String path, Tensor tensor) throws IOException {
        TensorFiles.write(folder.resolve(path), tensor);
    }

    private void json(String name, String input, String outputs) throws IOException {
        Files.writeString(folder.resolve(name), """
                {"inputs": [
                  {"name": "b", "datatype": "FP32", "shape": [1, 2], "data": [3, 4]},
                  {"name": %s, "datatype": "FP32", "shape": [1, 2], "data": [1, 2]}],
                 %s: [{"name": "y", "datatype": "FP32", "shape": [1, 2], "data": [4, 6]}]}
                """.formatted(input, outputs));
    }

    private static Tensor row(String name, float first, float second) {
        return fp32(name, new long[] {1, 2}, first, second);
    }
}
