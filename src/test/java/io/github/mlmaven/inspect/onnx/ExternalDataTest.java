package io.github.mlmaven.inspect.onnx;

import static io.github.mlmaven.inspect.onnx.Onnx.FLOAT;
import static io.github.mlmaven.inspect.onnx.Onnx.STRING;
import static io.github.mlmaven.inspect.onnx.Onnx.external;
import static io.github.mlmaven.inspect.onnx.Onnx.graph;
import static io.github.mlmaven.inspect.onnx.Onnx.graphAttribute;
import static io.github.mlmaven.inspect.onnx.Onnx.model;
import static io.github.mlmaven.inspect.onnx.Onnx.node;
import static io.github.mlmaven.inspect.onnx.Onnx.tensor;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mlmaven.inspect.Inspected;
import io.github.mlmaven.inspect.InspectedModel;
import io.github.mlmaven.inspect.Sha256;
import io.github.mlmaven.model.ModelFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExternalDataTest {

    private static final String FILE = "src/main/model/m/model.onnx";
    private static final String EXPORT = " Export the model again with its external data.";

    @TempDir
    Path temporary;

    private Path folder;

    @BeforeEach
    void aModelFolderBesideASecret() throws Exception {
        folder = Files.createDirectories(temporary.resolve("project/model"));
        Files.write(temporary.resolve("project/secret"), new byte[64]);
        Files.write(folder.resolve("weights.bin"), new byte[64]);
    }

    @Test
    void externalFilesArePartOfTheModel() throws Exception {
        Files.createDirectories(folder.resolve("more"));
        Files.write(folder.resolve("more/part-1.bin"), new byte[8]);
        Files.write(folder.resolve("notes.txt"), new byte[8]);

        Files.write(
                folder.resolve("model.onnx"),
                model(graph().message(5, external("b", "location", "weights.bin", "offset", "56", "length", "8"))
                                .message(5, external("a", "location", "more/part-1.bin"))
                                .message(5, external("c", "location", "./weights.bin", "offset", "0")))
                        .toBytes());

        InspectedModel model = (InspectedModel) Inspected.folder(folder);
        assertThat(model.files())
                .containsExactly(
                        Sha256.of(folder, "model.onnx"),
                        Sha256.of(folder, "more/part-1.bin"),
                        Sha256.of(folder, "weights.bin"));
        assertThat(model.files()).extracting(ModelFile::size).endsWith(8L, 64L);
        assertThat(model.summary().parameters()).isEqualTo(6);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../secret",
                "sub/../../secret",
                "sub/..",
                "..",
                ".",
                "",
                "/etc/passwd",
                "//server/share/x",
                "\\\\server\\share\\x",
                "..\\secret",
                "C:\\x",
                "C:x",
                "c:/x",
                "file:/etc/passwd",
                "https://example.org/x",
                "a//b",
                "a/",
                "*/_ORT_MEM_ADDR_/*"
            })
    void pathsThatLeadOut(String location) throws Exception {
        assertRejected(
                external("w", "location", location),
                "ML-SAFE-PATH: " + FILE + ": tensor w has external data at an unsafe path; expected a path below the"
                        + " model's folder, with /, found '" + location + "'."
                        + " Do not use this model unless you know who made it; export it again with relative paths.");
    }

    @Test
    void aNulInAPath() throws Exception {
        assertThat(rejected(external("w", "location", "weights.bin\0x")))
                .singleElement()
                .asString()
                .startsWith("ML-MODEL-CORRUPT: " + FILE + ": a name holds a control character at byte ")
                .contains("found U+0000.");
    }

    @Test
    void noLocation() throws Exception {
        assertThat(rejected(external("w", "offset", "0")))
                .singleElement()
                .asString()
                .startsWith("ML-SAFE-PATH: " + FILE + ": tensor w has external data at an unsafe path;");
    }

    @Test
    void aSymbolicLinkToAFileOutside() throws Exception {
        Files.createSymbolicLink(folder.resolve("link.bin"), Path.of("../secret"));
        assertRejected(external("w", "location", "link.bin"), link("link.bin", "a symbolic link"));
    }

    @Test
    void aSymbolicLinkAmongTheFolders() throws Exception {
        Files.createSymbolicLink(folder.resolve("out"), temporary.resolve("project"));
        assertRejected(external("w", "location", "out/secret"), link("out", "a symbolic link"));
    }

    @Test
    void aSymbolicLinkThatStaysInside() throws Exception {
        Files.createSymbolicLink(folder.resolve("link.bin"), Path.of("weights.bin"));
        assertRejected(external("w", "location", "link.bin"), link("link.bin", "a symbolic link"));
    }

    @Test
    void aHardLink() throws Exception {
        Files.createLink(folder.resolve("hard.bin"), temporary.resolve("project/secret"));
        assertRejected(external("w", "location", "hard.bin"), link("hard.bin", "a file with 2 hard links"));
    }

    @Test
    void tensorsOfSubgraphsAttributesFunctionsAndTrainingAreJudgedToo() throws Exception {
        Proto subgraph = new Proto().message(5, external("a", "location", "../1"));
        Proto constant = new Proto().text(1, "value").message(5, external("b", "location", "../2"));
        Proto list = new Proto().text(1, "values").message(10, external("c", "location", "../3"));
        Proto sparse = new Proto().message(1, tensor("d", FLOAT, 1)).message(2, external("e", "location", "../4"));
        Proto function = new Proto().message(7, node("Constant").message(5, constant));
        Proto training = new Proto().message(1, new Proto().message(5, external("f", "location", "../5")));

        List<String> findings = Inspected.rejected(
                folder,
                model(graph().message(1, node("If").message(5, graphAttribute("then_branch", subgraph)))
                                .message(1, node("Constant").message(5, list))
                                .message(15, sparse))
                        .message(25, function)
                        .message(20, training)
                        .toBytes());

        assertThat(findings)
                .hasSize(5)
                .allSatisfy(finding -> assertThat(finding).startsWith("ML-SAFE-PATH"));
    }

    @Test
    void aMissingFileIsReportedOnceForAllItsTensors() throws Exception {
        assertThat(Inspected.rejected(
                        folder,
                        model(graph().message(5, external("v", "location", "gone.bin"))
                                        .message(5, external("w", "location", "gone.bin")))
                                .toBytes()))
                .containsExactly("ML-MODEL-EXTERNAL: " + FILE
                        + ": tensor v has external data in a file that does not exist;"
                        + " expected the file gone.bin beside model.onnx, found no such file."
                        + " Copy the file to src/main/model/m/gone.bin.");
    }

    @Test
    void somethingThatIsNoFile() throws Exception {
        Files.createDirectories(folder.resolve("dir"));
        assertRejected(
                external("w", "location", "dir"),
                "ML-MODEL-EXTERNAL: " + FILE + ": tensor w has external data in something that is not a file;"
                        + " expected the file dir beside model.onnx, found no plain file."
                        + " Copy the file to src/main/model/m/dir.");
        assertRejected(
                external("w", "location", "model.onnx"),
                "ML-MODEL-EXTERNAL: " + FILE + ": tensor w has external data in the model file itself;"
                        + " expected the file model.onnx beside model.onnx, found model.onnx."
                        + " Copy the file to src/main/model/m/model.onnx.");
    }

    @ParameterizedTest
    @CsvSource({"57, 8, 65", "57, , 65", "60, 8, 68", "65, 8, 73", "999999999999999999, 8, 1000000000000000007"})
    void aRangeBeyondTheEnd(String offset, String length, long end) throws Exception {
        Proto tensor = length == null
                ? external("w", "location", "weights.bin", "offset", offset)
                : external("w", "location", "weights.bin", "offset", offset, "length", length);
        assertRejected(
                tensor,
                "ML-MODEL-EXTERNAL: " + FILE + ": tensor w has external data beyond the end of weights.bin;"
                        + " expected at least " + end + " bytes, found 64 bytes."
                        + " Restore src/main/model/m/weights.bin from its source, or export the model again.");
    }

    @ParameterizedTest
    @CsvSource({"offset, -1", "length, -8", "offset, 1e3", "length, 99999999999999999999", "offset, ''"})
    void impossibleNumbers(String key, String value) throws Exception {
        assertRejected(
                external("w", "location", "weights.bin", key, value),
                "ML-MODEL-EXTERNAL: " + FILE + ": tensor w has external data with an impossible " + key
                        + "; expected a number of bytes, zero or more, found '" + value + "'." + EXPORT);
    }

    @Test
    void aLengthThatDisagreesWithTheDimensions() throws Exception {
        assertRejected(
                external("w", "location", "weights.bin", "length", "12"),
                "ML-MODEL-EXTERNAL: " + FILE + ": tensor w has external data of a wrong length;"
                        + " expected 8 bytes for float[2], found 12 bytes." + EXPORT);
    }

    @Test
    void dataInTwoPlaces() throws Exception {
        assertRejected(
                external("w", "location", "weights.bin").bytes(9, new byte[8]),
                "ML-MODEL-EXTERNAL: " + FILE + ": tensor w has data in the model and external data;"
                        + " expected one of them, found both." + EXPORT);
        assertRejected(
                external("w", "location", "weights.bin").number(14, 0),
                "ML-MODEL-EXTERNAL: " + FILE + ": tensor w has external data, but is not marked as external;"
                        + " expected data_location EXTERNAL, found DEFAULT." + EXPORT);
        assertThat(rejected(external("w", "location", "weights.bin", "location", "../secret")))
                .singleElement()
                .asString()
                .contains("external data has two entries of one key", "expected one location, found two");
    }

    @Test
    void aChecksumThatIsGivenIsCompared() throws Exception {
        // SHA-1 of 64 zero bytes.
        String right = "c8d7d0ef0eedfa82d2ea1aa592845b9a6d4b02b7";
        Proto tensor = external("v", "location", "weights.bin", "checksum", right);

        assertThat(Inspected.accepted(folder, model(graph().message(5, tensor)).toBytes())
                        .parameters())
                .isEqualTo(2);
        assertRejected(
                external("w", "location", "weights.bin", "checksum", "00"),
                "ML-MODEL-EXTERNAL: " + FILE + ": tensor w has external data with another checksum;"
                        + " expected SHA-1 '00', found " + right + "." + EXPORT);
    }

    @Test
    void externalStrings() throws Exception {
        assertRejected(
                external("w", "location", "weights.bin").number(2, STRING),
                "ML-MODEL-EXTERNAL: " + FILE + ": tensor w holds strings, which cannot be external;"
                        + " expected strings in the model, found external data." + EXPORT);
    }

    @Test
    void aGitLfsPointerInPlaceOfTheData() throws Exception {
        Files.writeString(
                folder.resolve("weights.bin"), "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 640\n");
        assertRejected(
                external("w", "location", "weights.bin", "offset", "600"),
                "ML-MODEL-LFS: src/main/model/m/weights.bin: the file is a Git LFS pointer, not the model;"
                        + " expected the file itself, 640 bytes, found a pointer of 66 bytes."
                        + " Run `git lfs pull`; in CI, switch LFS on in the checkout.");
    }

    private static String link(String name, String found) {
        return "ML-SAFE-LINK: src/main/model/m/" + name + ": tensor w has external data behind a link;"
                + " expected a plain file, found " + found + ". Copy the file to where the link is.";
    }

    private List<String> rejected(Proto tensor) throws Exception {
        return Inspected.rejected(folder, model(graph().message(5, tensor)).toBytes());
    }

    private void assertRejected(Proto tensor, String line) throws Exception {
        assertThat(rejected(tensor)).containsExactly(line);
    }
}
