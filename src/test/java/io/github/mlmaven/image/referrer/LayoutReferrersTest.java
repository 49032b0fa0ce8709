package io.github.mlmaven.image.referrer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.mlmaven.image.ImageProgress;
import io.github.mlmaven.image.ImageTarget;
import io.github.mlmaven.image.OciImage;
import io.github.mlmaven.image.SmallImage;
import io.github.mlmaven.image.TarTarget;
import io.github.mlmaven.image.Tool;
import io.github.mlmaven.image.layout.OciLayout;
import io.github.mlmaven.image.registry.RegistrySettings;
import io.github.mlmaven.image.target.ImageTargets;
import io.github.mlmaven.image.target.TargetSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Attaches documents to an image in a folder. */
class LayoutReferrersTest {

    private static final String CYCLONEDX = "application/vnd.cyclonedx+json";

    @TempDir
    Path work;

    private Path folder;
    private OciImage image;

    @BeforeEach
    void put() throws Exception {
        folder = work.resolve("oci");
        image = SmallImage.of(work, "the model");
        target().put(image);
    }

    @Test
    void theyAreListedBesideTheImage() throws Exception {
        Attached attached = attach(bom("1"));
        JsonNode index = index();
        assertThat(index.path("manifests")).hasSize(2);
        assertThat(index.at("/manifests/0/digest").asText())
                .isEqualTo(image.digest().toString());
        String digest = index.at("/manifests/1/digest").asText();
        assertThat(attached)
                .isEqualTo(new Attached(
                        "images/oci",
                        image.digest(),
                        List.of(new Attached.Document(
                                "bom.json", attached.documents().get(0).digest())),
                        Optional.empty()));
        assertThat(index.at("/manifests/1/artifactType").asText()).isEqualTo(CYCLONEDX);
        JsonNode manifest = new ObjectMapper().readTree(blob(digest).toFile());
        assertThat(manifest.at("/subject/digest").asText())
                .isEqualTo(image.digest().toString());
        assertThat(manifest.at("/layers/0/annotations"))
                .hasToString("{\"org.opencontainers.image.title\":\"bom.json\"}");
        assertThat(blob(manifest.at("/layers/0/digest").asText())).hasBinaryContent(bom("1").content());
        assertThat(blob(manifest.at("/config/digest").asText())).hasContent("{}");
    }

    @Test
    void everyBlobHasItsDigestAndTheSameDocumentsGiveTheSameBytes() throws Exception {
        attach(bom("1"));
        List<Path> blobs = blobs();
        assertThat(blobs)
                .hasSize(8)
                .allSatisfy(blob -> assertThat(DigestUtils.sha256Hex(Files.readAllBytes(blob)))
                        .isEqualTo(blob.getFileName().toString()));
        assertThat(index().at("/manifests/1/digest").asText())
                .isEqualTo("sha256:b5c752aa2f9d05008042f9793d659566feaf8eae2ebbdc19409e578209e52a06");
        byte[] index = Files.readAllBytes(folder.resolve("index.json"));
        attach(bom("1"));
        assertThat(folder.resolve("index.json")).hasBinaryContent(index);
        assertThat(blobs()).isEqualTo(blobs);
    }

    @Test
    void thoseOfAnEarlierRunAreReplaced() throws Exception {
        attach(bom("1"), new Attachment("provenance.json", "application/vnd.in-toto+json", new byte[] {'{', '}'}));
        List<Path> earlier = blobs();
        attach(bom("2"));
        assertThat(index().path("manifests")).hasSize(3);
        assertThat(index().path("manifests").findValuesAsText("artifactType"))
                .containsExactly("application/vnd.in-toto+json", CYCLONEDX);
        assertThat(blobs()).hasSameSizeAs(earlier).isNotEqualTo(earlier);
    }

    @Test
    void theImageCanStillBeReadAndReplaced() throws Exception {
        Tool.require("skopeo", "--version");
        attach(bom("1"));
        JsonNode inspected =
                new ObjectMapper().readTree(Tool.run("skopeo", "inspect", "oci:" + folder + ":" + SmallImage.NAME));
        assertThat(inspected.path("Digest").asText()).isEqualTo(image.digest().toString());
        target().check();
        target().put(SmallImage.of(work, "the next model"));
        assertThat(index().path("manifests")).hasSize(1);
        assertThat(blobs()).hasSize(5);
    }

    @Test
    void anImageThatIsGoneIsTold() throws Exception {
        Files.writeString(folder.resolve("index.json"), "{\"manifests\":[]}");
        isGone();
    }

    @Test
    void anImageWhoseManifestIsAnotherIsGoneToo() throws Exception {
        Files.writeString(folder.resolve(OciLayout.path(image.digest())), "{}");
        isGone();
    }

    private void isGone() throws Exception {
        assertThatThrownBy(() -> attach(bom("1")))
                .hasMessage("ML-IMAGE-TARGET: images/oci: the OCI layout does not have the image " + image.digest()
                        + " any more, so nothing can be attached to it. Find out what else writes into that folder, and"
                        + " build again.");
        assertThat(blobs()).hasSize(5);
    }

    private ImageTarget target() throws Exception {
        TargetSettings settings = new TargetSettings(
                SmallImage.NAME,
                false,
                "jdk",
                List.of(),
                new TarTarget(work.resolve("image.tar"), work, ImageProgress.NONE),
                work::resolve,
                RegistrySettings.NONE,
                false,
                line -> {});
        return new ImageTargets(settings).of(List.of("oci:oci")).get(0);
    }

    private Attached attach(Attachment... attachments) throws Exception {
        return new LayoutReferrers(folder, "images/oci").attach(image.digest(), List.of(attachments));
    }

    private static Attachment bom(String version) {
        String text = "{\"bomFormat\":\"CycloneDX\",\"version\":" + version + "}";
        return new Attachment("bom.json", CYCLONEDX, text.getBytes(StandardCharsets.UTF_8));
    }

    private JsonNode index() throws Exception {
        return new ObjectMapper().readTree(folder.resolve("index.json").toFile());
    }

    private Path blob(String digest) {
        return folder.resolve("blobs/sha256").resolve(digest.substring("sha256:".length()));
    }

    private List<Path> blobs() throws Exception {
        try (Stream<Path> files = Files.list(folder.resolve("blobs/sha256"))) {
            return files.sorted().toList();
        }
    }
}
