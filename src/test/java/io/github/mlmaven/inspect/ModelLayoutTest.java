package io.github.mlmaven.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ModelLayoutTest extends ModelLayoutFixture {

    private static final String UNREADABLE_A =
            "ML-MODEL-UNREADABLE: src/main/model/a: the model's folder cannot be read; expected a readable folder, found"
                    + " AccessDeniedException. Check that you may read it.";

    @Test
    void aModelDirectlyInTheFolderIsNamedLikeTheArtifact() throws Exception {
        touch("src/main/model/model.onnx");
        touch("src/main/model/.gitkeep");
        touch("src/main/model/weights/part1.bin");

        ModelLayout.Discovery found = discover();

        assertThat(found.findings()).isEmpty();
        assertThat(found.models())
                .containsExactly(new ModelSource(
                        "breast-cancer",
                        "1.4.0",
                        project.resolve("src/main/model"),
                        project.resolve("src/test/model"),
                        "src/main/model",
                        "src/test/model"));
    }

    @Test
    void everySubFolderIsAModelWhateverItHolds() throws Exception {
        touch("src/main/model/b/model.onnx");
        touch("src/main/model/a/model.pkl");
        Files.createDirectories(project.resolve("src/main/model/c"));
        touch("src/main/model/.DS_Store");
        touch("src/main/model/.cache/model.onnx");
        touch("src/main/model/README.md");

        ModelLayout.Discovery found = discover();

        assertThat(found.findings()).isEmpty();
        assertThat(found.models()).extracting(ModelSource::name).containsExactly("a", "b", "c");
        assertThat(found.models().get(1).place()).isEqualTo("src/main/model/b");
        assertThat(found.models().get(1).goldenFolder()).isEqualTo(project.resolve("src/test/model/b"));
        assertThat(found.models().get(1).goldenPlace()).isEqualTo("src/test/model/b");
    }

    @Test
    void aFileOfAnotherFormatIsAModelToBeRejected() throws Exception {
        touch("src/main/model/model.pkl");

        assertThat(discover().models()).extracting(ModelSource::name).containsExactly("breast-cancer");
    }

    @Test
    void noFolder() {
        assertThat(discover().models()).isEmpty();
        assertThat(lines(discover()))
                .containsExactly("ML-MODEL-MISSING: src/main/model: there is no model; expected model.onnx, or a folder"
                        + " NAME with a model.onnx for each model, found no such folder."
                        + " Copy the model to src/main/model/model.onnx.");
    }

    @Test
    void anEmptyFolder() throws Exception {
        touch("src/main/model/.gitkeep");

        assertThat(lines(discover()))
                .containsExactly("ML-MODEL-MISSING: src/main/model: there is no model; expected model.onnx, or a folder"
                        + " NAME with a model.onnx for each model, found an empty folder."
                        + " Copy the model to src/main/model/model.onnx.");
    }

    @Test
    void modelsBothInTheFolderAndInSubFolders() throws Exception {
        touch("src/main/model/model.onnx");
        touch("src/main/model/model.onnx.data");
        touch("src/main/model/a/model.onnx");
        touch("src/main/model/b/notes.txt");

        assertThat(lines(discover()))
                .containsExactly("ML-MODEL-LAYOUT: src/main/model: there are models both directly in the folder and in"
                        + " sub-folders; expected one model directly in the folder, or one in each sub-folder, found"
                        + " model.onnx, model.onnx.data beside a."
                        + " Move model.onnx, model.onnx.data to src/main/model/NAME/.");
        assertThat(discover().models()).extracting(ModelSource::name).containsExactly("a", "b");
    }

    @Test
    void namesThatCannotBeInAUrl() throws Exception {
        touch("src/main/model/my model/model.onnx");
        touch("src/main/model/" + "x".repeat(129) + "/model.onnx");
        touch("src/main/model/fine/model.onnx");

        ModelLayout.Discovery found = discover();

        assertThat(found.findings()).isEmpty();
        assertThat(found.models()).extracting(ModelSource::name).containsExactly("fine", "my model", "x".repeat(129));
        assertThat(rejections(found)).hasSize(2);
        assertThat(rejections(found).get(0))
                .isEqualTo("ML-MODEL-LAYOUT: src/main/model/my model: the model's name cannot be used in a URL;"
                        + " expected 1 to 128 of the letters A to Z and a to z, digits, '.', '_' and '-',"
                        + " found 'my model'. Rename the folder.");
    }

    @Test
    void aSubFolderThatIsALinkToOutside() throws Exception {
        touch("elsewhere/model.onnx");
        Files.createDirectories(project.resolve("src/main/model"));
        Files.createSymbolicLink(project.resolve("src/main/model/a"), project.resolve("elsewhere"));

        assertThat(discover().findings()).isEmpty();
        assertThat(rejections(discover())).containsExactly(link("a symbolic link"));
    }

    @Test
    void aSubFolderThatIsALinkToNothing() throws Exception {
        touch("src/main/model/b/model.onnx");
        Files.createSymbolicLink(project.resolve("src/main/model/a"), Path.of("../../../gone"));

        ModelLayout.Discovery found = discover();

        assertThat(found.findings()).isEmpty();
        assertThat(found.models()).extracting(ModelSource::name).containsExactly("a", "b");
        assertThat(rejections(found)).containsExactly(link("a symbolic link to nothing"));
    }

    @Test
    void aModelThatIsALinkToNothingIsNoFolder() throws Exception {
        Files.createDirectories(project.resolve("src/main/model"));
        Files.createSymbolicLink(project.resolve("src/main/model/model.onnx"), Path.of("gone"));
        Files.createSymbolicLink(project.resolve("src/main/model/README.md"), Path.of("gone"));

        assertThat(discover().models()).extracting(ModelSource::name).containsExactly("breast-cancer");
        assertThat(discover().models().get(0).findings()).isEmpty();
    }

    /** Root reads everything: a listing that fails stands for a folder that may not be read. */
    @Test
    void aSubFolderThatCannotBeListedLeavesTheOthersAlone() throws Exception {
        touch("src/main/model/a/model.onnx");
        touch("src/main/model/b/model.onnx");

        ModelLayout.Discovery found = discover(deniedAt("a"));

        assertThat(found.findings()).isEmpty();
        assertThat(found.models()).extracting(ModelSource::name).containsExactly("a", "b");
        assertThat(rejections(found)).containsExactly(UNREADABLE_A);
        assertThat(found.models().get(1).findings()).isEmpty();
    }

    @Test
    void aSubFolderBesideASingleModelThatCannotBeListedIsToldOfTheProject() throws Exception {
        touch("src/main/model/model.onnx");
        touch("src/main/model/a/part1.bin");

        ModelLayout.Discovery found = discover(deniedAt("a"));

        assertThat(found.models()).extracting(ModelSource::name).containsExactly("breast-cancer");
        assertThat(found.models().get(0).findings()).isEmpty();
        assertThat(lines(found)).containsExactly(UNREADABLE_A);
    }

    @Test
    void aModelFolderThatCannotBeListed() throws Exception {
        touch("src/main/model/a/model.onnx");

        ModelLayout.Discovery found = discover(deniedAt("model"));

        assertThat(found.models()).isEmpty();
        assertThat(lines(found))
                .containsExactly("ML-MODEL-UNREADABLE: src/main/model: the model folder cannot be read; expected a"
                        + " readable folder, found AccessDeniedException. Check that you may read it.");
    }

    @Test
    void permissionsThatDenyASubFolder() throws Exception {
        touch("src/main/model/a/model.onnx");
        touch("src/main/model/b/model.onnx");
        Path denied = project.resolve("src/main/model/a");
        Files.setPosixFilePermissions(denied, Set.of());
        try {
            assumeFalse(Files.isReadable(denied), "permissions deny nothing to this user, who is probably root");

            assertThat(discover().models()).extracting(ModelSource::name).containsExactly("a", "b");
            assertThat(rejections(discover())).containsExactly(UNREADABLE_A);
        } finally {
            Files.setPosixFilePermissions(denied, PosixFilePermissions.fromString("rwx------"));
        }
    }

    private static FolderListing deniedAt(String name) {
        return folder -> {
            if (folder.endsWith(name)) {
                throw new AccessDeniedException("/home/somebody/" + name);
            }
            return FolderListing.visible(folder);
        };
    }

    private static String link(String found) {
        return "ML-SAFE-LINK: src/main/model/a: the model's folder is a link that leads out of the model folder;"
                + " expected a folder, found " + found + ". Copy the folder to where the link is.";
    }

    private ModelLayout.Discovery discover() {
        return discover(FolderListing::visible);
    }

    private ModelLayout.Discovery discover(FolderListing listing) {
        return ModelLayout.discover(
                project,
                project.resolve("src/main/model"),
                project.resolve("src/test/model"),
                "breast-cancer",
                "1.4.0",
                List.of(),
                listing);
    }
}
