package io.github.mlmaven.serving.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mlmaven.model.Contract;
import io.github.mlmaven.model.Digest;
import io.github.mlmaven.model.ModelDescriptor;
import io.github.mlmaven.model.ModelFile;
import io.github.mlmaven.model.ModelFormat;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Links among the files of models. */
class ModelFilesTest {

    private static final ModelDescriptor MODEL = new ModelDescriptor(
            "m",
            "1",
            ModelFormat.ONNX,
            List.of(file("model.onnx", "graph"), file("weights.bin", "weights")),
            new Contract(List.of(), List.of()));

    @TempDir
    Path folder;

    private Path elsewhere;
    private Path version;

    @BeforeEach
    void writeAModel() throws Exception {
        elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Files.writeString(elsewhere.resolve("model.onnx"), "graph");
        Files.writeString(elsewhere.resolve("weights.bin"), "weights");
        version = Files.createDirectories(folder.resolve("models/m/1"));
    }

    @Test
    void theApplicationsOwnModelMayBeLinksAndIsOpenedWhereItIs() throws Exception {
        link("model.onnx");
        link("weights.bin");
        try (ModelFiles files = open()) {
            assertThat(files.stored(MODEL).mainFile())
                    .isEqualTo(elsewhere.toRealPath().resolve("model.onnx"));
            assertThat(files.verified(MODEL).mainFile())
                    .isEqualTo(elsewhere.toRealPath().resolve("model.onnx"));
        }
    }

    /** An engine finds the weights beside the graph, and not those that lie where the link is. */
    @Test
    void whatIsCheckedIsWhatAnEngineOpens() throws Exception {
        link("model.onnx");
        Files.writeString(version.resolve("weights.bin"), "weights");
        Files.writeString(elsewhere.resolve("weights.bin"), "poison!");

        assertThatThrownBy(this::open)
                .isInstanceOfSatisfying(
                        UnusableModelException.class,
                        e -> assertThat(e.problems())
                                .containsExactly("model m: " + version.resolve("weights.bin") + ": expected sha256:"
                                        + DigestUtils.sha256Hex("weights") + ", found sha256:"
                                        + DigestUtils.sha256Hex("poison!") + "; it is not the file that was verified"));
    }

    @Test
    void aModelOfARepositoryMayNotLeadOutOfIt() throws Exception {
        link("model.onnx");
        link("weights.bin");
        assertThatThrownBy(() -> ModelFiles.verified(MODEL, folder.resolve("models")))
                .isInstanceOfSatisfying(
                        UnusableModelException.class,
                        e -> assertThat(e.problems())
                                .containsExactly(
                                        "model m: " + version.resolve("model.onnx")
                                                + ": leads out of the models' folder",
                                        "model m: " + version.resolve("weights.bin")
                                                + ": leads out of the models' folder"));
    }

    private ModelFiles open() throws UnusableModelException {
        return ModelFiles.open(
                List.of(MODEL), Optional.of(folder.resolve("models")), ModelFilesTest.class.getClassLoader());
    }

    private void link(String name) throws Exception {
        Files.createSymbolicLink(version.resolve(name), elsewhere.resolve(name));
    }

    private static ModelFile file(String path, String content) {
        return new ModelFile(path, content.length(), new Digest(DigestUtils.sha256Hex(content)));
    }
}
