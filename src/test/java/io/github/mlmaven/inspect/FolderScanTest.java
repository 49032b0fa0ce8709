package io.github.mlmaven.inspect;

import static io.github.mlmaven.inspect.onnx.Onnx.external;
import static io.github.mlmaven.inspect.onnx.Onnx.graph;
import static io.github.mlmaven.inspect.onnx.Onnx.model;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.inspect.scan.ScanResult;
import io.github.mlmaven.model.ModelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every file beside a model is looked at; what is plain data goes with the model. */
class FolderScanTest {

    @TempDir
    Path folder;

    @BeforeEach
    void aModel() throws IOException {
        Files.copy(Path.of("src/test/models/add-sub/model.onnx"), folder.resolve("model.onnx"));
    }

    @Test
    void plainDataGoesWithTheModel() throws Exception {
        write("labels.txt", "setosa\nversicolor\n");
        write("data/tokenizer.json", "{\"version\":\"1.0\"}");
        write("README.md", "# ümlaut");
        write("table.csv", "a,b\n1,2\n");
        write("empty", "");
        write(".gitkeep", "");
        write(".gitattributes", "*.onnx filter=lfs\n");

        InspectedModel model = (InspectedModel) Inspected.folder(folder);

        assertThat(model.files())
                .extracting(ModelFile::path)
                .containsExactly("model.onnx", "README.md", "data/tokenizer.json", "empty", "labels.txt", "table.csv");
        assertThat(texts(model))
                .containsExactly(
                        ".gitattributes: DATA text",
                        ".gitkeep: DATA an empty file",
                        "README.md: DATA text",
                        "data/tokenizer.json: DATA JSON",
                        "empty: DATA an empty file",
                        "labels.txt: DATA text",
                        "model.onnx: MODEL an ONNX model, IR version 8",
                        "table.csv: DATA a table in text");
        assertThat(findings(model)).isEmpty();
    }

    @Test
    void whatIsNotRecognisedIsAnError() throws Exception {
        Files.write(folder.resolve("weights"), new byte[] {1, 2, 3, 0});

        assertThat(findings(Inspected.folder(folder)))
                .containsExactly("ML-SAFE-UNKNOWN: src/main/model/m/weights: nobody knows what this file is; expected a"
                        + " format that docs/checks.md lists, found 4 bytes of something else. Move it out of the"
                        + " model's folder, or convert it to a format that can be looked into.");
    }

    @Test
    void externalDataIsKnownByTheModel() throws Exception {
        byte[] noise = new byte[1000];
        new Random(1).nextBytes(noise);
        Files.write(folder.resolve("weights.bin"), noise);
        Files.write(
                folder.resolve("model.onnx"),
                model(graph().message(5, external("w", "location", "weights.bin")))
                        .toBytes());

        InspectedModel model = (InspectedModel) Inspected.folder(folder);

        assertThat(texts(model))
                .containsExactly(
                        "model.onnx: MODEL an ONNX model, IR version 8",
                        "weights.bin: DATA external data of model.onnx");
        assertThat(model.files()).extracting(ModelFile::path).containsExactly("model.onnx", "weights.bin");
        assertThat(findings(model)).isEmpty();
    }

    @Test
    void goldenDataBesideTheModelIsKnown() {
        Inspection inspection = Inspected.folder(Path.of("src/test/models/digits-cnn"));

        assertThat(texts(inspection))
                .contains("test_data_set_0/input_0.pb: DATA a tensor (ONNX TensorProto)")
                .hasSize(7);
        assertThat(findings(inspection)).isEmpty();
    }

    @Test
    void aLinkOutOfTheFolderIsAnError() throws Exception {
        Path outside = Files.createTempFile("outside", ".txt");
        try {
            Files.createSymbolicLink(folder.resolve("labels.txt"), outside);
            Files.createSymbolicLink(folder.resolve("gone.txt"), folder.resolve("nothing"));
            write("in.txt", "text");
            Files.createSymbolicLink(folder.resolve("inside.txt"), folder.resolve("in.txt"));

            assertThat(findings(Inspected.folder(folder)))
                    .containsExactly(
                            "ML-SAFE-LINK: src/main/model/m/gone.txt: it is a link that leads out of the model's folder;"
                                    + " expected a plain file, found a symbolic link to nothing. Copy the file to where"
                                    + " it is needed.",
                            "ML-SAFE-LINK: src/main/model/m/labels.txt: it is a link that leads out of the model's"
                                    + " folder; expected a plain file, found a symbolic link. Copy the file to where it"
                                    + " is needed.");
        } finally {
            Files.delete(outside);
        }
    }

    @Test
    void aLinkToAFolderWithinTheFolderIsNoFile() throws Exception {
        write("data/labels.txt", "plus");
        Files.createSymbolicLink(folder.resolve("current"), folder.resolve("data"));

        InspectedModel model = (InspectedModel) Inspected.folder(folder);

        assertThat(model.files()).extracting(ModelFile::path).containsExactly("model.onnx", "data/labels.txt");
        assertThat(findings(model)).isEmpty();
    }

    @Test
    void aPointerOfGitLfsIsNoData() throws Exception {
        write("labels.txt", "version https://git-lfs.github.com/spec/v1\noid sha256:" + "0".repeat(64) + "\nsize 42\n");

        InspectedModel model = (InspectedModel) Inspected.folder(folder);

        assertThat(findings(model))
                .containsExactly("ML-MODEL-LFS: src/main/model/m/labels.txt: the file is a Git LFS pointer, not the"
                        + " model; expected the file itself, 42 bytes, found a pointer of 127 bytes. Run `git lfs pull`;"
                        + " in CI, switch LFS on in the checkout.");
        assertThat(model.files()).extracting(ModelFile::path).containsExactly("model.onnx");
    }

    @Test
    void whatIsFoundIsAlsoSaidOfAModelThatCannotBeRead() throws Exception {
        Files.write(folder.resolve("model.onnx"), new byte[] {8});
        Files.write(folder.resolve("weights"), new byte[] {1, 2, 3, 0});

        Inspection inspection = Inspected.folder(folder);

        assertThat(inspection).isInstanceOf(RejectedModel.class);
        assertThat(inspection.scanned())
                .extracting(ScanResult::place)
                .containsExactly("src/main/model/m/model.onnx", "src/main/model/m/weights");
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, text.getBytes(UTF_8));
    }

    private static List<String> texts(Inspection inspection) {
        return inspection.scanned().stream()
                .map(file ->
                        file.place().substring("src/main/model/m/".length()) + ": " + file.kind() + " " + file.format())
                .toList();
    }

    private static List<String> findings(Inspection inspection) {
        return inspection.scanned().stream()
                .flatMap(file -> file.allFindings().stream())
                .map(Finding::line)
                .toList();
    }
}
