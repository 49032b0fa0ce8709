package io.github.mlmaven.embed.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.inspect.InspectedModels;
import io.github.mlmaven.inspect.ModelSource;
import io.github.mlmaven.inspect.ModelSummary;
import io.github.mlmaven.inspect.Sha256;
import io.github.mlmaven.inspect.scan.Content;
import io.github.mlmaven.inspect.scan.archive.ZipMembers;
import io.github.mlmaven.model.Contract;
import io.github.mlmaven.model.Digest;
import io.github.mlmaven.model.ModelFile;
import io.github.mlmaven.verify.VerifiedModel;
import io.github.mlmaven.verify.VerifiedModels;
import io.github.mlmaven.verify.golden.GoldenCase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TimeZone;
import java.util.TreeMap;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelZipTest {

    /** Whoever changes these bytes changes what every project publishes. */
    private static final String DIGEST = "39697966cfccbe82316c895772c17dcbff59c9078d7acc1c8a13fa9798b23511";

    private static final EntryTime TIME = EntryTime.parse("2026-11-23T00:00:00Z");

    private final TimeZone zone = TimeZone.getDefault();

    @TempDir
    Path folder;

    @BeforeEach
    void placeTheModel() throws Exception {
        write("model/model.onnx", "graph");
        write("model/weights/0.bin", "weights");
        write("golden/test_data_set_0/input_0.pb", "input");
    }

    @AfterEach
    void restoreTheTimeZone() {
        TimeZone.setDefault(zone);
    }

    @Test
    void itHoldsTheModelAndItsGoldenDataSortedAndNotCompressed() throws Exception {
        Path zip = folder.resolve("out/model.zip");

        ModelZip.write(model("model.onnx", "weights/0.bin"), zip, TIME);

        try (ZipFile file = ZipFile.builder().setPath(zip).get()) {
            List<String> entries = new ArrayList<>();
            file.getEntriesInPhysicalOrder()
                    .asIterator()
                    .forEachRemaining(entry -> entries.add(entry.getName() + " " + entry.getMethod() + " "
                            + entry.getSize() + " " + Integer.toOctalString(entry.getUnixMode())));
            assertThat(entries)
                    .containsExactly(
                            "golden/test_data_set_0/input_0.pb 0 5 100644",
                            "model.onnx 0 5 100644",
                            "weights/0.bin 0 7 100644");
            assertThat(file.getEntry("model.onnx").getMethod()).isEqualTo(ZipArchiveEntry.STORED);
        }
        assertThat(zip.resolveSibling("model.zip.tmp")).doesNotExist();
    }

    @Test
    void theBytesAreTheSameWhereverAndWheneverItIsWritten() throws Exception {
        List<String> digests = new ArrayList<>();
        for (String where : List.of("UTC", "Pacific/Kiritimati", "America/Los_Angeles")) {
            TimeZone.setDefault(TimeZone.getTimeZone(where));
            Path zip = folder.resolve(where.replace('/', '-') + ".zip");
            ModelZip.write(model("model.onnx", "weights/0.bin"), zip, TIME);
            digests.add(DigestUtils.sha256Hex(Files.readAllBytes(zip)));
        }
        assertThat(digests).containsOnly(DIGEST);
    }

    @Test
    void theOwnReaderFindsNothingWrongWithIt() throws Exception {
        Path zip = folder.resolve("model.zip");
        ModelZip.write(model("model.onnx", "weights/0.bin"), zip, TIME);

        ZipMembers members = ZipMembers.of(Content.of(zip, "model.zip"));

        assertThat(members.choose(name -> true)).hasSize(3);
        assertThat(members.findings()).isEmpty();
    }

    @Test
    void anInputExampleInTheModelsFolderIsNotGoldenData() throws Exception {
        Files.delete(folder.resolve("golden/test_data_set_0/input_0.pb"));
        VerifiedModel model = model("model.onnx");
        Path zip = folder.resolve("model.zip");

        ModelZip.write(model, zip, TIME);

        assertThat(ZipMembers.of(Content.of(zip, "model.zip")).names()).containsExactly("model.onnx");
    }

    @Test
    void aFileThatIsNotWhatWasVerifiedIsNotPublished() throws Exception {
        VerifiedModel model = model("model.onnx");
        write("model/model.onnx", "other");
        Path zip = folder.resolve("model.zip");

        assertThatThrownBy(() -> ModelZip.write(model, zip, TIME))
                .isInstanceOf(IOException.class)
                .hasMessage("model.onnx is not what was verified: expected sha256:" + DigestUtils.sha256Hex("graph")
                        + ", found sha256:" + DigestUtils.sha256Hex("other"));
        assertThat(zip).doesNotExist();
        assertThat(folder.resolve("model.zip.tmp")).doesNotExist();
    }

    @Test
    void aFolderOfTheModelIsNotTakenForGoldenData() throws Exception {
        write("model/golden/labels.txt", "x");

        assertThat(ModelZip.obstacle(model("model.onnx"))).isEmpty();
        assertThat(ModelZip.obstacle(model("model.onnx", "golden/labels.txt")).map(Finding::line))
                .hasValue("ML-MODEL-ARTIFACT: src/main/model/golden/labels.txt: a file of the model lies where its"
                        + " archive has the golden data; expected no folder golden/ in the model's folder, found"
                        + " golden/labels.txt. Rename the folder.");
    }

    private VerifiedModel model(String... files) throws IOException {
        ModelSource source = new ModelSource(
                "fraud", "1.0", folder.resolve("model"), folder.resolve("golden"), "src/main/model", "src/test/model");
        List<ModelFile> own = new ArrayList<>();
        for (String file : files) {
            own.add(Sha256.of(source.folder(), file));
        }
        ModelSummary summary = new ModelSummary(8, List.of(), "", List.of(), List.of(), new TreeMap<>(), 0);
        ModelFile input = new ModelFile("test_data_set_0/input_0.pb", 5, new Digest(DigestUtils.sha256Hex("input")));
        return VerifiedModels.of(
                InspectedModels.onnx(source, own, summary),
                new Contract(List.of(), List.of()),
                "onnxruntime 1",
                List.of(new GoldenCase("test_data_set_0", "x", List.of(input), List.of(), List.of())));
    }

    private void write(String path, String content) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }
}
