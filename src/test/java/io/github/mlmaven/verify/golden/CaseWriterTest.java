package io.github.mlmaven.verify.golden;

import static io.github.mlmaven.serving.Tensors.fp32;
import static io.github.mlmaven.serving.Tensors.strings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mlmaven.inspect.onnx.TensorFile;
import io.github.mlmaven.inspect.onnx.TensorProtoReader;
import io.github.mlmaven.inspect.onnx.TensorProtoWriter;
import io.github.mlmaven.model.Datatype;
import io.github.mlmaven.model.Tensor;
import io.github.mlmaven.model.json.TensorFormatException;
import io.github.mlmaven.serving.Tensors;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CaseWriterTest {

    private static final String ENGINE = "onnxruntime 1.29.0";

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(Datatype.class)
    void everyDatatypeIsReadBackWithItsDocumentation(Datatype datatype) throws Exception {
        Tensor tensor = datatype == Datatype.BYTES
                ? strings("t", new long[] {2, 1}, "é", "")
                : new Tensor("t", datatype, new long[] {2, 1}, ByteBuffer.allocate(2 * datatype.size()));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        TensorProtoWriter.write(out, tensor, "a note");

        TensorFile file =
                new TensorProtoReader().readFile(new ByteArrayInputStream(out.toByteArray()), out.size(), "t.pb");

        assertThat(file.documentation()).isEqualTo("a note");
        assertThat(file.tensor().name()).isEqualTo("t");
        assertThat(file.tensor().datatype()).isEqualTo(datatype);
        assertThat(file.tensor().shape()).containsExactly(2, 1);
        assertThat(Tensors.bytes(file.tensor())).isEqualTo(Tensors.bytes(tensor));
    }

    @Test
    void aScalarHasNoDimensions() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        TensorProtoWriter.write(out, fp32("s", new long[0], 1), "");
        assertThat(new TensorProtoReader()
                        .read(new ByteArrayInputStream(out.toByteArray()), out.size(), "s.pb")
                        .shape())
                .isEmpty();
    }

    @Test
    void aDataSetGetsAFileForEachOutput() throws IOException {
        CaseWriter.write(
                unrecorded(folder), List.of(fp32("y", new long[] {1}, 2), fp32("z", new long[] {1}, 3)), ENGINE);

        assertThat(names()).containsExactly("output_0.pb", "output_1.pb");
        assertThat(Files.readString(folder.resolve("output_1.pb"), StandardCharsets.ISO_8859_1))
                .endsWith("recorded by onnxruntime 1.29.0, not by the training library");
    }

    @Test
    void aJsonCaseIsReplacedByOneWithOutputs() throws IOException {
        Path file = Files.writeString(folder.resolve("c.json"), "{\"id\": \"1\"}");

        CaseWriter.write(unrecorded(file), List.of(fp32("y", new long[] {1}, Float.NaN)), ENGINE);

        assertThat(names()).containsExactly("c.json");
        assertThat(file)
                .hasContent("{\"parameters\":{\"recorded_by\":\"onnxruntime 1.29.0\"},"
                        + "\"inputs\":[{\"name\":\"x\",\"shape\":[1],\"datatype\":\"FP32\",\"data\":[1.0]}],"
                        + "\"outputs\":[{\"name\":\"y\",\"shape\":[1],\"datatype\":\"FP32\",\"data\":[\"NaN\"]}]}\n");
    }

    @Test
    void whatJsonCannotCarryLeavesTheCaseAsItWas() throws IOException {
        Path file = Files.writeString(folder.resolve("c.json"), "before");
        Tensor noText =
                new Tensor("y", Datatype.BYTES, new long[] {1}, ByteBuffer.wrap(new byte[] {1, 0, 0, 0, (byte) 0xFF}));

        assertThatThrownBy(() -> CaseWriter.write(unrecorded(file), List.of(noText), ENGINE))
                .isInstanceOf(TensorFormatException.class)
                .hasMessage("tensor y: element 0 of BYTES is not UTF-8, which JSON cannot carry");

        assertThat(file).hasContent("before");
        assertThat(names()).containsExactly("c.json");
    }

    @Test
    void whenOneOutputCannotBePlacedNoneIs() throws IOException {
        Files.createDirectories(folder.resolve("output_1.pb/in the way"));

        assertThatThrownBy(() -> CaseWriter.write(
                        unrecorded(folder),
                        List.of(fp32("y", new long[] {1}, 2), fp32("z", new long[] {1}, 3)),
                        ENGINE))
                .isInstanceOf(IOException.class);

        assertThat(names()).containsExactly("output_1.pb");
    }

    private List<String> names() throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static UnrecordedCase unrecorded(Path target) {
        GoldenCase golden =
                new GoldenCase("c", "golden/c", List.of(), List.of(fp32("x", new long[] {1}, 1)), List.of());
        return new UnrecordedCase(golden, target, "golden/c");
    }
}
