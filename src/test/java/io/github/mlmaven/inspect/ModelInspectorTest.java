package io.github.mlmaven.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mlmaven.model.ModelFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ModelInspectorTest {

    private static final Path REAL = Path.of("src/test/models/add-sub/model.onnx");
    private static final String PLACE = "src/main/model/m";
    private static final String EXPECTED = "expected model.onnx, or a single *.onnx file, found ";

    @TempDir
    Path temporary;

    private Path folder;

    @BeforeEach
    void aModelFolder() throws Exception {
        folder = Files.createDirectories(temporary.resolve("model"));
    }

    @Test
    void theOnlyOnnxFileIsTheModel() throws Exception {
        Files.copy(REAL, folder.resolve("adder.onnx"));
        Files.writeString(folder.resolve("notes.txt"), "notes");
        Files.writeString(folder.resolve(".hidden.onnx"), "");

        InspectedModel model = (InspectedModel) Inspected.folder(folder);

        assertThat(model.files()).extracting("path").containsExactly("adder.onnx", "notes.txt");
        assertThat(model.mainFile()).isEqualTo(folder.resolve("adder.onnx"));
    }

    @Test
    void modelOnnxGoesBeforeOthers() throws Exception {
        Files.copy(REAL, folder.resolve("model.onnx"));
        Files.writeString(folder.resolve("a.onnx"), "");

        assertThat(Inspected.folder(folder)).isInstanceOf(InspectedModel.class);
    }

    @Test
    void severalCandidates() throws Exception {
        Files.writeString(folder.resolve("b.onnx"), "");
        Files.writeString(folder.resolve("a.onnx"), "");

        assertRejected("ML-MODEL-LAYOUT: " + PLACE + ": it is not clear which file is the model; " + EXPECTED
                + "a.onnx, b.onnx. Rename the model to model.onnx.");
    }

    @Test
    void aFolderWithoutFiles() throws Exception {
        Files.writeString(folder.resolve(".gitkeep"), "");
        Files.createDirectories(folder.resolve("sub"));

        assertRejected("ML-MODEL-MISSING: " + PLACE + ": the folder holds no model; " + EXPECTED
                + "no files. Copy the model to src/main/model/m/model.onnx.");
    }

    @Test
    void otherFormats() throws Exception {
        Files.write(folder.resolve("model.pkl"), new byte[] {(byte) 0x80, 4});
        Files.writeString(folder.resolve("model.txt"), "tree\n");

        assertRejected("ML-MODEL-FORMAT: " + PLACE + ": the folder holds no file of a format that can be served; "
                + EXPECTED + "model.pkl, model.txt. Export the model to ONNX and save it as"
                + " src/main/model/m/model.onnx.");
    }

    @Test
    void onnxUnderAnotherName() throws Exception {
        Files.copy(REAL, folder.resolve("model.bin"));

        assertRejected("ML-MODEL-FORMAT: " + PLACE + "/model.bin: the file has another extension than its format; "
                + EXPECTED + "model.bin, whose content is ONNX. Rename it to model.onnx.");
    }

    @Test
    void aGitLfsPointer() throws Exception {
        Files.writeString(
                folder.resolve("model.onnx"),
                "version https://git-lfs.github.com/spec/v1\noid sha256:" + "0".repeat(64) + "\nsize 12345\n");

        assertRejected("ML-MODEL-LFS: " + PLACE + "/model.onnx: the file is a Git LFS pointer, not the model;"
                + " expected the file itself, 12345 bytes, found a pointer of 130 bytes."
                + " Run `git lfs pull`; in CI, switch LFS on in the checkout.");
    }

    static List<Arguments> contents() {
        return List.of(
                Arguments.of(
                        "PK\003\004.", "a ZIP archive, as PyTorch (.pt), Keras (.keras) and NumPy (.npz) write it"),
                Arguments.of("\u0089HDF\r\n\032\n", "an HDF5 file, as Keras (.h5) writes it"),
                Arguments.of("\u0080\004\u0095", "a Python pickle"),
                Arguments.of("\037\u008b\010", "a gzip file"),
                Arguments.of("\000".repeat(257) + "ustar", "a tar archive"),
                Arguments.of("\100\000\000\000\000\000\000\000{\"w\":{}}", "a safetensors file"),
                Arguments.of("GGUF\003", "a GGUF model"),
                Arguments.of("\034\000\000\000TFL3", "a TensorFlow Lite model"),
                Arguments.of("<!DOCTYPE html><p>Sign in", "an HTML page"),
                Arguments.of("{\"learner\": 1}", "text"),
                Arguments.of("caf\u00c3\u00a9", "text"));
    }

    @ParameterizedTest
    @MethodSource("contents")
    void contentThatIsSomethingElse(String content, String name) throws Exception {
        Files.write(folder.resolve("model.onnx"), content.getBytes(StandardCharsets.ISO_8859_1));

        assertRejected("ML-MODEL-FORMAT: " + PLACE + "/model.onnx: the content is not ONNX; expected an ONNX model,"
                + " found " + name + ". Export the model to ONNX and save it here.");
    }

    @Test
    void longTextThatEndsWithinACharacter() throws Exception {
        byte[] text = new byte[1024];
        Arrays.fill(text, (byte) 'x');
        text[1023] = (byte) 0xc3;
        Files.write(folder.resolve("model.onnx"), text);

        assertThat(Inspected.rejected(folder)).singleElement().asString().contains("found text.");
    }

    @Test
    void aModelWhoseProducerLooksLikeAnotherFormatIsStillOnnx() throws Exception {
        byte[] real = Files.readAllBytes(REAL);
        byte[] model = new byte[real.length + 6];
        System.arraycopy(real, 0, model, 0, 2);
        System.arraycopy(new byte[] {0x12, 4, 'T', 'F', 'L', '3'}, 0, model, 2, 6);
        System.arraycopy(real, 2, model, 8, real.length - 2);

        assertThat(Inspected.accepted(folder, model).producer()).isEqualTo("TFL3");
    }

    @Test
    void aLinkThatLeadsOut() throws Exception {
        Files.copy(REAL, temporary.resolve("elsewhere.onnx"));
        Files.createSymbolicLink(folder.resolve("model.onnx"), Path.of("../elsewhere.onnx"));
        assertRejected(link("a symbolic link"));
    }

    @Test
    void aLinkToNothing() throws Exception {
        Files.createSymbolicLink(folder.resolve("model.onnx"), Path.of("../.git/annex/objects/x"));
        assertRejected(link("a symbolic link to nothing"));
    }

    @Test
    void aLinkWithinTheFolder() throws Exception {
        Files.copy(REAL, folder.resolve("v3.onnx"));
        Files.createSymbolicLink(folder.resolve("model.onnx"), Path.of("v3.onnx"));
        assertThat(Inspected.folder(folder)).isInstanceOf(InspectedModel.class);
    }

    @Test
    void aFileThatCannotBeRead() throws Exception {
        Files.copy(REAL, folder.resolve("model.onnx"));
        // Root reads everything: a reader that fails stands for a disk that does.
        FormatReader failing = new FormatReader() {
            @Override
            public ModelFormat format() {
                return ModelFormat.ONNX;
            }

            @Override
            public String extension() {
                return ".onnx";
            }

            @Override
            public Reading read(ModelSource source, String mainFile) throws IOException {
                throw new AccessDeniedException("/home/somebody/model.onnx");
            }
        };

        RejectedModel rejected = (RejectedModel)
                new ModelInspector(failing, new FolderScan(Path.of("target/scan"))).inspect(Inspected.source(folder));

        assertThat(rejected.findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.line())
                        .isEqualTo("ML-MODEL-UNREADABLE: " + PLACE + "/model.onnx: the model cannot be read;"
                                + " expected a readable file, found AccessDeniedException."
                                + " Check that the file exists and that you may read it."));
    }

    private static String link(String found) {
        return "ML-SAFE-LINK: " + PLACE + "/model.onnx: the model is a link that leads out of its folder;"
                + " expected a plain file, found " + found + ". Copy the file to where the link is.";
    }

    private void assertRejected(String line) {
        assertThat(Inspected.rejected(folder)).containsExactly(line);
    }
}
