package io.github.mlmaven.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.FindingId;
import io.github.mlmaven.inspect.source.FetchedModel;
import io.github.mlmaven.inspect.source.ModelArtifact;
import io.github.mlmaven.inspect.source.WantedModel;
import io.github.mlmaven.model.Digest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Models from repositories, beside those of the project. */
class FetchedModelLayoutTest extends ModelLayoutFixture {

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
}
