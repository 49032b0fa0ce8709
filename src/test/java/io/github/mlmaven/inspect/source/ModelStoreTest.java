package io.github.mlmaven.inspect.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.FindingId;
import io.github.mlmaven.model.Digest;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelStoreTest {

    private static final String ZIP = "com.acme:fraud-weights:1.4.0:zip";

    @TempDir
    Path folder;

    private Path root;
    private Path file;

    @BeforeEach
    void nothingIsFetchedYet() {
        root = folder.resolve("target/ml/models");
        file = folder.resolve("repository/artifact");
    }

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
    void coordinatesThatCannotBeReadAreTold() throws Exception {
        assertThat(lines(fetch("fraud", "com.acme:fraud")))
                .containsExactly("ML-MODEL-ARTIFACT: com.acme:fraud: the <artifact> of a <model> does not name one"
                        + " artifact; expected GROUP:NAME:VERSION[:TYPE[:CLASSIFIER]], found 2 parts."
                        + " Correct the <artifact>.");
    }

    @Test
    void aVersionRangeIsTold() throws Exception {
        assertThat(lines(fetch("fraud", "com.acme:fraud:[1,2)")))
                .containsExactly("ML-MODEL-ARTIFACT: com.acme:fraud:[1,2): the <artifact> of a <model> does not name"
                        + " one artifact; expected GROUP:NAME:VERSION[:TYPE[:CLASSIFIER]], found the version '[1,2)',"
                        + " which may be another one tomorrow. Correct the <artifact>.");
    }

    @Test
    void aNameThatIsNoFolderIsTold() throws Exception {
        assertThat(lines(fetch("../fraud", ZIP)))
                .containsExactly("ML-MODEL-ARTIFACT: " + ZIP + ": the model's name cannot be used in a URL; expected 1"
                        + " to 128 of the letters A to Z and a to z, digits, '.', '_' and '-', found '../fraud'."
                        + " Give the <model> a <name>.");
    }

    @Test
    void aPathThatIsNotThereIsToldWithTheModelsThatAre() throws Exception {
        zip("a.onnx", "a", "b/c.onnx", "b", "readme.md", "x");
        assertThat(lines(fetch("fraud", ZIP, "b.onnx")))
                .containsExactly("ML-MODEL-ARTIFACT: " + ZIP + ": the archive does not hold what <path> names; expected"
                        + " b.onnx, found a.onnx, b/c.onnx. Correct the <path>; a folder ends with /.");
    }

    @Test
    void aPathThatLeadsOutIsNotThere() throws Exception {
        zip("a.txt", "a");
        assertThat(lines(fetch("fraud", ZIP, "../a.txt")))
                .containsExactly("ML-MODEL-ARTIFACT: " + ZIP + ": the archive does not hold what <path> names; expected"
                        + " ../a.txt, found a.txt. Correct the <path>; a folder ends with /.");
    }

    @Test
    void aPathIntoASingleFileIsTold() throws Exception {
        write("weights");
        assertThat(lines(fetch("fraud", "com.acme:fraud-weights:1.4.0", "model.onnx")))
                .containsExactly("ML-MODEL-ARTIFACT: com.acme:fraud-weights:1.4.0:onnx: a <path> is for what is in an"
                        + " archive; expected an artifact of type zip or jar, found type onnx. Leave out the <path>.");
    }

    @Test
    void aHostileEntryLeavesNothingBehind() throws Exception {
        zip("model.onnx", "graph", "../../evil", "x");
        assertThat(lines(fetch("fraud", ZIP)))
                .containsExactly("ML-SAFE-ARCHIVE: " + ZIP + "!/../../evil: the name of an entry is not a plain path;"
                        + " expected names within the archive, with /, found a path that leads out of it."
                        + " Unpack it yourself and keep only what the model needs.");
        assertThat(root.resolve("fraud")).doesNotExist();
        assertThat(folder.resolve("target/ml/evil")).doesNotExist();
    }

    @Test
    void tooManyFilesAreRefused() throws Exception {
        zip("1", "", "2", "", "3", "", "4", "");
        assertThat(lines(fetch(new UnpackLimits(3, 1000, 10, 100), "")))
                .containsExactly("ML-SAFE-ARCHIVE: " + ZIP + ": the model has too many files; expected at most 3 files,"
                        + " found 4 files. Publish the model without what it does not need, or unpack it into"
                        + " src/main/model yourself.");
        assertThat(lines(fetch(new UnpackLimits(3, 1000, 10, 100), "1"))).isEmpty();
    }

    @Test
    void tooManyBytesAreRefused() throws Exception {
        zip("1", "a".repeat(60), "2", "b".repeat(60));
        assertThat(lines(fetch(new UnpackLimits(3, 100, 10, 100), "")))
                .containsExactly("ML-SAFE-ARCHIVE: " + ZIP + ": the model unpacks to too much; expected at most 100"
                        + " bytes, found more. Publish the model without what it does not need, or unpack it into"
                        + " src/main/model yourself.");
    }

    @Test
    void anEntryThatUnpacksToFarMoreThanItIsIsRefused() throws Exception {
        zip("bomb", "a".repeat(100_000));
        assertThat(lines(fetch(new UnpackLimits(3, 1_000_000, 10, 100), "")))
                .singleElement()
                .asString()
                .startsWith("ML-SAFE-ARCHIVE: " + ZIP + "!/bomb: the entry unpacks to far more than it is; expected at"
                        + " most 10 times ")
                .contains(" bytes, found 100000 bytes. Publish ");
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

    private FetchedModel fetch(String name, String artifact) throws IOException {
        return fetch(name, artifact, "");
    }

    private FetchedModel fetch(String name, String artifact, String path) throws IOException {
        return new ModelStore(this::resolve, root)
                .fetch(List.of(wanted(name, artifact, path)))
                .get(0);
    }

    private FetchedModel fetch(UnpackLimits limits, String path) throws IOException {
        return new ModelStore(this::resolve, root, limits)
                .fetch(List.of(wanted("fraud", ZIP, path)))
                .get(0);
    }

    private static WantedModel wanted(String name, String artifact, String path) {
        return new WantedModel(name, artifact, Optional.of(path).filter(text -> !text.isEmpty()));
    }

    private ModelArtifact resolve(ArtifactCoordinates coordinates) throws IOException {
        return new ModelArtifact(
                coordinates.groupId(),
                coordinates.artifactId(),
                coordinates.type(),
                coordinates.classifier(),
                coordinates.version(),
                coordinates.version(),
                "acme",
                false,
                file,
                new Digest(DigestUtils.sha256Hex(Files.readAllBytes(file))));
    }

    private void write(String content) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private void zip(String... namesAndContents) throws IOException {
        Files.createDirectories(file.getParent());
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (int i = 0; i < namesAndContents.length; i += 2) {
                zip.putNextEntry(new ZipEntry(namesAndContents[i]));
                zip.write(namesAndContents[i + 1].getBytes(UTF_8));
            }
        }
    }

    private static Map<String, String> files(Path folder) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path path : files.filter(Files::isRegularFile).toList()) {
                contents.put(folder.relativize(path).toString().replace('\\', '/'), Files.readString(path));
            }
        }
        return contents;
    }

    private static Object key(Path file) throws IOException {
        return Arrays.asList(Files.getLastModifiedTime(file), Files.getAttribute(file, "unix:ino"));
    }

    private static List<String> lines(FetchedModel model) {
        return model.findings().stream().map(Finding::line).toList();
    }
}
