package io.github.mlmaven.image.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.mlmaven.image.ImageException;
import io.github.mlmaven.image.ImageProgress;
import io.github.mlmaven.image.OciImage;
import io.github.mlmaven.image.Placement;
import io.github.mlmaven.image.SmallImage;
import io.github.mlmaven.image.Tool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An image as a folder. */
class LayoutTargetTest {

    @TempDir
    Path folder;

    @TempDir
    Path work;

    private final List<String> watched = new ArrayList<>();
    private LayoutTarget target;

    @BeforeEach
    void name() {
        ImageProgress progress = (what, total, out) -> {
            watched.add(what + ", " + total);
            return out;
        };
        target = new LayoutTarget(folder.resolve("images/oci"), "images/oci", progress);
    }

    @Test
    void skopeoReadsIt() throws Exception {
        Tool.require("skopeo", "--version");
        OciImage image = SmallImage.of(work, "the model");
        target.check();
        assertThat(target.put(image)).isEqualTo(new Placement.Layout(target.folder()));
        assertThat(watched)
                .containsExactlyElementsOf(image.layers().stream()
                        .map(layer -> "Writing layer " + layer.name() + ", " + layer.size())
                        .toList());
        JsonNode inspected = new ObjectMapper()
                .readTree(Tool.run("skopeo", "inspect", "oci:" + target.folder() + ":" + SmallImage.NAME));
        assertThat(inspected.path("Digest").asText()).isEqualTo(image.digest().toString());
        Tool.run(
                "skopeo",
                "--insecure-policy",
                "copy",
                "oci:" + target.folder() + ":" + SmallImage.NAME,
                "dir:" + work.resolve("copied"));
    }

    @Test
    void ofSeveralPlatformsItHasTheIndexAndAllThatItNames() throws Exception {
        Tool.require("skopeo", "--version");
        OciImage image = SmallImage.forBoth(work, "the model", "a class");
        target.put(image);
        String layout = "oci:" + target.folder() + ":" + SmallImage.NAME;
        assertThat(DigestUtils.sha256Hex(Tool.run("skopeo", "inspect", "--raw", layout)))
                .isEqualTo(image.digest().hex());
        Tool.run("skopeo", "--insecure-policy", "copy", "--all", layout, "dir:" + work.resolve("copied"));
        assertThat(Files.list(target.folder().resolve("blobs/sha256"))).hasSize(11);
    }

    @Test
    void oneOfAnEarlierBuildIsReplacedWhole() throws Exception {
        OciImage earlier = SmallImage.of(work, "the model");
        OciImage later = SmallImage.of(work, "the next model");
        target.put(earlier);
        target.check();
        target.put(later);
        assertThat(blob(later)).exists();
        assertThat(blob(earlier)).doesNotExist();
        assertThat(Files.list(target.folder().getParent())).containsExactly(target.folder());
    }

    @Test
    void anEmptyFolderIsFilled() throws Exception {
        Files.createDirectories(target.folder());
        target.check();
        target.put(SmallImage.of(work, "the model"));
        assertThat(target.folder().resolve("oci-layout")).hasContent("{\"imageLayoutVersion\":\"1.0.0\"}");
    }

    @Test
    void aFolderThatIsNoLayoutIsLeftAlone() throws Exception {
        Path file = Files.writeString(Files.createDirectories(target.folder()).resolve("thesis.txt"), "years of work");
        String message = "ML-IMAGE-TARGET: ml.image.to: the folder of oci:images/oci is no OCI layout; expected no"
                + " folder, an empty one, or an OCI layout that this plugin wrote, found something else, which is left"
                + " as it is. Name another folder in ml.image.to, or delete this one.";
        assertThatThrownBy(target::check).isInstanceOf(ImageException.class).hasMessage(message);
        OciImage image = SmallImage.of(work, "the model");
        assertThatThrownBy(() -> target.put(image)).hasMessage(message);
        assertThat(Files.list(target.folder())).containsExactly(file);
        assertThat(file).hasContent("years of work");
    }

    @Test
    void aLayoutOfSomebodyElseIsLeftAlone() throws Exception {
        Files.writeString(Files.createDirectories(target.folder()).resolve("oci-layout"), "{}");
        for (String index : new String[] {"{\"manifests\":[]}", "not JSON"}) {
            Files.writeString(target.folder().resolve("index.json"), index);
            assertThatThrownBy(target::check)
                    .hasMessage("ML-IMAGE-TARGET: ml.image.to: the folder of oci:images/oci is an OCI layout that this"
                            + " plugin did not write; expected no folder, or one that it wrote, found something else,"
                            + " which is left as it is. Name another folder in ml.image.to, or delete this one.");
        }
    }

    @Test
    void aLayerThatChangesMeanwhileLeavesWhatWasThere() throws Exception {
        OciImage earlier = SmallImage.of(work, "an earlier model");
        target.put(earlier);
        OciImage changing = SmallImage.changing(work);
        assertThatThrownBy(() -> target.put(changing))
                .hasMessage("ML-IMAGE-CONTENT: layer model/add-sub: its files changed while it was written."
                        + " Change no file while the build runs, and run mvn clean package.");
        assertThat(blob(earlier)).exists();
        assertThat(Files.list(target.folder().getParent())).containsExactly(target.folder());
    }

    @Test
    void whatABuildLeftThatWasKilledIsPutBackOrDeleted() throws Exception {
        OciImage image = SmallImage.of(work, "the model");
        target.put(image);
        // No process has such a number.
        Path half = target.folder().resolveSibling(".oci.999999999999.tmp");
        Path old = target.folder().resolveSibling(".oci.999999999999.old");
        Files.createDirectories(half.resolve("blobs"));
        Files.move(target.folder(), old);

        target.check();

        assertThat(blob(image)).exists();
        assertThat(Files.list(target.folder().getParent())).containsExactly(target.folder());

        Files.createDirectories(old.resolve("blobs"));
        target.check();
        assertThat(blob(image)).exists();
        assertThat(Files.list(target.folder().getParent())).containsExactly(target.folder());
    }

    private Path blob(OciImage image) throws Exception {
        return target.folder().resolve("blobs/sha256").resolve(image.digest().hex());
    }
}
