package io.github.mlmaven.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.FindingId;
import io.github.mlmaven.inspect.source.FetchedModel;
import io.github.mlmaven.inspect.source.ModelArtifact;
import io.github.mlmaven.inspect.source.WantedModel;
import io.github.mlmaven.model.Digest;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelLayoutTest {

    private static final String UNREADABLE_A =
            "ML-MODEL-UNREADABLE: src/main/model/a: the model's folder cannot be read; expected a readable folder, found"
                    + " AccessDeniedException. Check that you may read it.";

    private static final ModelArtifact ARTIFACT = new ModelArtifact(
            "com.acme",
            "fraud",
            "zip",
            "",
            "2.0",
            "2.0",
            "acme",
            false,
            Path.of("fraud.zip"),
            new Digest("a".repeat(64)));

    @TempDir
    Path project;

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

    @Test
    void aModelFromARepositoryNeedsNoModelFolder() throws Exception {
        Files.createDirectories(project.resolve("target/ml/models/fraud/golden"));

        ModelLayout.Discovery found = discover(List.of(fetched("fraud")));

        assertThat(found.findings()).isEmpty();
        assertThat(found.models())
                .containsExactly(new ModelSource(
                        "fraud",
                        "2.0",
                        project.resolve("target/ml/models/fraud/model"),
                        project.resolve("target/ml/models/fraud/golden"),
                        "target/ml/models/fraud/model",
                        "target/ml/models/fraud/golden",
                        List.of(),
                        Optional.of(ARTIFACT)));
    }

    @Test
    void goldenDataOfTheProjectWinsOverWhatTheArchiveBrings() throws Exception {
        Files.createDirectories(project.resolve("target/ml/models/fraud/golden"));
        touch("src/test/model/fraud/case.json");

        assertThat(discover(List.of(fetched("fraud"))).models())
                .extracting(ModelSource::goldenPlace)
                .containsExactly("src/test/model/fraud");
    }

    @Test
    void withoutAnyGoldenDataItIsExpectedInTheProject() {
        assertThat(discover(List.of(fetched("fraud"))).models())
                .extracting(ModelSource::goldenPlace)
                .containsExactly("src/test/model/fraud");
    }

    @Test
    void modelsOfTheProjectAndFromRepositoriesStandTogetherByName() throws Exception {
        touch("src/main/model/model.onnx");

        assertThat(discover(List.of(fetched("fraud"), fetched("a"))).models())
                .extracting(model -> model.name() + " " + model.version() + " " + model.goldenPlace())
                .containsExactly(
                        "a 2.0 src/test/model/a",
                        "breast-cancer 1.4.0 src/test/model",
                        "fraud 2.0 src/test/model/fraud");
    }

    @Test
    void twoModelsOfOneNameNameBothSources() throws Exception {
        touch("src/main/model/fraud/model.onnx");

        ModelLayout.Discovery found = discover(List.of(fetched("fraud"), fetched("churn"), fetched("churn")));

        assertThat(found.models()).extracting(ModelSource::name).containsExactly("churn", "fraud");
        assertThat(lines(found))
                .containsExactly(
                        "ML-MODEL-LAYOUT: com.acme:fraud:2.0: two models have the name fraud; expected a name for each,"
                                + " found src/main/model/fraud and com.acme:fraud:2.0. Give the <model> of the"
                                + " <artifact> another <name>, or remove one of the two.",
                        "ML-MODEL-LAYOUT: com.acme:churn:2.0: two models have the name churn; expected a name for each,"
                                + " found com.acme:churn:2.0 and com.acme:churn:2.0. Give the <model> of the"
                                + " <artifact> another <name>, or remove one of the two.");
    }

    @Test
    void whatCannotBeFetchedIsAModelThatIsRejected() {
        Finding gone = Finding.of(FindingId.MODEL_ARTIFACT, "com.acme:fraud:2.0", "gone", "Look.");
        WantedModel wanted = new WantedModel("fraud", "com.acme:fraud:2.0", Optional.empty());

        ModelLayout.Discovery found =
                discover(List.of(new FetchedModel(wanted, Optional.empty(), project, project, List.of(gone))));

        assertThat(found.models()).extracting(ModelSource::place).containsExactly("com.acme:fraud:2.0");
        assertThat(rejections(found)).containsExactly("ML-MODEL-ARTIFACT: com.acme:fraud:2.0: gone. Look.");
    }

    private FetchedModel fetched(String name) {
        Path folder = project.resolve("target/ml/models").resolve(name);
        return new FetchedModel(
                new WantedModel(name, "com.acme:" + name + ":2.0", Optional.empty()),
                Optional.of(ARTIFACT),
                folder.resolve("model"),
                folder.resolve("golden"),
                List.of());
    }

    private ModelLayout.Discovery discover(List<FetchedModel> fetched) {
        return ModelLayout.discover(
                project,
                project.resolve("src/main/model"),
                project.resolve("src/test/model"),
                "breast-cancer",
                "1.4.0",
                fetched);
    }

    /** What inspecting the models that may not be looked into says of them. */
    private static List<String> rejections(ModelLayout.Discovery discovery) {
        return discovery.models().stream()
                .filter(source -> !source.findings().isEmpty())
                .map(source -> (RejectedModel) new ModelInspector(Path.of("target/scan")).inspect(source))
                .flatMap(rejected -> rejected.findings().stream())
                .map(Finding::line)
                .toList();
    }

    private static List<String> lines(ModelLayout.Discovery discovery) {
        return discovery.findings().stream().map(Finding::line).toList();
    }

    private void touch(String path) throws Exception {
        Path file = project.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "");
    }
}
