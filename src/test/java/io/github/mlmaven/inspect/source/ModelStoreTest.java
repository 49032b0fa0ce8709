package io.github.mlmaven.inspect.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.FindingId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ModelStoreTest extends ModelStoreFixture {

    @Test
    void aSingleFileIsTheModelOfAFolder() throws Exception {
        write("weights");

        FetchedModel model = fetch("fraud", "com.acme:fraud-weights:1.4.0");

        assertThat(model.findings()).isEmpty();
        assertThat(model.artifact().orElseThrow().baseVersion()).isEqualTo("1.4.0");
        assertThat(model.folder()).isEqualTo(root.resolve("fraud/model"));
        assertThat(files(model.folder())).containsOnly(Map.entry("model.onnx", "weights"));
        assertThat(model.golden()).doesNotExist();
    }

    @Test
    void anArchiveIsTheFolderAndBringsItsGoldenData() throws Exception {
        zip("model.onnx", "graph", "weights/0.bin", "w", "golden/test_data_set_0/input_0.pb", "i");

        FetchedModel model = fetch("fraud", ZIP);

        assertThat(files(model.folder()))
                .containsOnly(Map.entry("model.onnx", "graph"), Map.entry("weights/0.bin", "w"));
        assertThat(files(model.golden())).containsOnly(Map.entry("test_data_set_0/input_0.pb", "i"));
    }

    @Test
    void oneEntryComesWithItsExternalData() throws Exception {
        zip(
                "a/m.onnx", "graph",
                "a/m.onnx.data", "1",
                "a/m.onnx_data", "2",
                "a/m.onnx_data_1", "3",
                "a/m.onnx.data/x", "no",
                "a/other.onnx", "no",
                "m.onnx.data", "no",
                "golden/case.json", "no");

        FetchedModel model = fetch("fraud", ZIP, "a/m.onnx");

        assertThat(files(model.folder()))
                .containsOnly(
                        Map.entry("m.onnx", "graph"),
                        Map.entry("m.onnx.data", "1"),
                        Map.entry("m.onnx_data", "2"),
                        Map.entry("m.onnx_data_1", "3"));
        assertThat(model.golden()).doesNotExist();
    }

    @Test
    void aFolderComesWithAllBelowIt() throws Exception {
        zip("a/m.onnx", "graph", "a/b/c", "1", "a/golden/case.json", "{}", "ab", "no", "golden/x.json", "no");

        FetchedModel model = fetch("fraud", ZIP, "a/");

        assertThat(files(model.folder())).containsOnly(Map.entry("m.onnx", "graph"), Map.entry("b/c", "1"));
        assertThat(files(model.golden())).containsOnly(Map.entry("case.json", "{}"));
    }

    @Test
    void whatIsThereAlreadyIsUsedAgain() throws Exception {
        zip("model.onnx", "graph");
        Object before = key(fetch("fraud", ZIP).folder());

        assertThat(key(fetch("fraud", ZIP).folder())).isEqualTo(before);
    }

    @Test
    void anotherArtifactReplacesAllOfIt() throws Exception {
        zip("model.onnx", "graph", "old", "x");
        fetch("fraud", ZIP);
        zip("model.onnx", "another");

        assertThat(files(fetch("fraud", ZIP).folder())).containsOnly(Map.entry("model.onnx", "another"));
        assertThat(root)
                .isDirectoryNotContaining(path -> path.getFileName().toString().startsWith("."));
    }

    @Test
    void anotherPathReplacesAllOfIt() throws Exception {
        zip("a.onnx", "a", "b.onnx", "b");
        fetch("fraud", ZIP, "a.onnx");

        assertThat(files(fetch("fraud", ZIP, "b.onnx").folder())).containsOnly(Map.entry("b.onnx", "b"));
    }

    @Test
    void whatSomebodyHasTouchedIsMadeAnew() throws Exception {
        zip("model.onnx", "graph", "labels.txt", "a");
        Path model = fetch("fraud", ZIP).folder();
        Files.delete(model.resolve("labels.txt"));
        Files.writeString(model.resolve("stranger"), "x");

        assertThat(files(fetch("fraud", ZIP).folder()))
                .containsOnly(Map.entry("model.onnx", "graph"), Map.entry("labels.txt", "a"));
    }

    @Test
    void whateverBecomesOfTheFolderTheRepositoryStaysAsItIs() throws Exception {
        write("weights");
        Path first = fetch("fraud", "com.acme:fraud-weights:1.4.0").folder().resolve("model.onnx");
        assertThat(Files.readString(first)).isEqualTo("weights");
        Path old = file;
        file = folder.resolve("repository/next");
        write("other weights");

        fetch("fraud", "com.acme:fraud-weights:1.5.0");

        assertThat(Files.readString(first)).isEqualTo("other weights");
        assertThat(Files.readString(old)).isEqualTo("weights");
    }

    @Test
    void aRepositoryOfLinksGivesAPlainFile() throws Exception {
        Path real = Files.writeString(folder.resolve("real"), "weights");
        Files.createDirectories(file.getParent());
        Files.createSymbolicLink(file, real);

        Path model = fetch("fraud", "com.acme:fraud-weights:1.4.0").folder().resolve("model.onnx");

        assertThat(Files.isSymbolicLink(model)).isFalse();
        assertThat(Files.readString(model)).isEqualTo("weights");
    }

    @Test
    void aModelThatCannotBeHadDoesNotStayFromBefore() throws Exception {
        zip("model.onnx", "graph");
        fetch("fraud", ZIP);
        Finding gone = Finding.of(FindingId.MODEL_ARTIFACT, ZIP, "gone", "Look.");
        ArtifactSource none = coordinates -> {
            throw new SourceException(gone);
        };

        FetchedModel model = new ModelStore(none, root)
                .fetch(List.of(wanted("fraud", ZIP, "")))
                .get(0);

        assertThat(model.findings()).containsExactly(gone);
        assertThat(root.resolve("fraud")).doesNotExist();
    }

    @Test
    void oneWrongModelKeepsNoOtherFromBeingFetched() throws Exception {
        write("weights");
        List<FetchedModel> models = new ModelStore(this::resolve, root)
                .fetch(List.of(wanted("a", "nonsense", ""), wanted("b", "com.acme:b:1", ""), wanted("b", "x:y:1", "")));

        assertThat(models).extracting(model -> model.findings().size()).containsExactly(1, 0, 0);
        assertThat(models).extracting(model -> model.artifact().isPresent()).containsExactly(false, true, false);
    }

    private static Object key(Path file) throws IOException {
        return Arrays.asList(Files.getLastModifiedTime(file), Files.getAttribute(file, "unix:ino"));
    }
}
