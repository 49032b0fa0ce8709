package io.github.mlmaven.inspect.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is wanted wrongly, and what archives may not hold. */
class ModelStoreRefusalTest extends ModelStoreFixture {

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

    private FetchedModel fetch(UnpackLimits limits, String path) throws IOException {
        return new ModelStore(this::resolve, root, limits)
                .fetch(List.of(wanted("fraud", ZIP, path)))
                .get(0);
    }
}
