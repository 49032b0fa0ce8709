package io.github.mlmaven.image.referrer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mlmaven.image.Placement;
import io.github.mlmaven.image.Tool;
import io.github.mlmaven.image.layout.OciLayout;
import io.github.mlmaven.image.registry.RegistrySettings;
import io.github.mlmaven.image.target.RegistryFixture;
import io.github.mlmaven.image.target.RegistryProxy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Attaches documents to images in a real registry, which has no referrers API. */
class RegistryReferrersTest extends RegistryFixture {

    private static final String CYCLONEDX = "application/vnd.cyclonedx+json";
    private static final String IN_TOTO = "application/vnd.in-toto+json";
    private static final Attachment BOM = attachment("bom.json", CYCLONEDX, "{\"bomFormat\":\"CycloneDX\"}");
    private static final Attachment PROVENANCE = attachment("provenance.json", IN_TOTO, "{\"_type\":\"statement\"}");
    private static final String AGAIN =
            " Build again later: layers that arrived are there, and are not sent a second time.";

    private Placement.Registry pushed;
    private String tag;

    @BeforeEach
    void pushTheImage() throws Exception {
        pushed = (Placement.Registry) push(name + ":1.4.0", List.of());
        tag = "sha256-" + image.digest().hex();
        proxy.forget();
        log.clear();
    }

    @Test
    void aTagListsThemWhereTheRegistryDoesNot() throws Exception {
        Tool.require("skopeo", "--version");
        Attached attached = attach(BOM, PROVENANCE);

        assertThat(attached.subject()).isEqualTo(at(name));
        assertThat(attached.image()).isEqualTo(image.digest());
        assertThat(attached.tag()).contains(tag);
        JsonNode index = raw(":" + tag);
        assertThat(index.path("mediaType").asText()).isEqualTo(OciLayout.INDEX);
        assertThat(index.path("manifests").findValuesAsText("artifactType")).containsExactly(CYCLONEDX, IN_TOTO);
        String bom = index.at("/manifests/0/digest").asText();
        assertThat(attached.documents().get(0).digest()).hasToString(bom);
        JsonNode manifest = raw("@" + bom);
        assertThat(manifest.path("artifactType").asText()).isEqualTo(CYCLONEDX);
        assertThat(manifest.path("subject"))
                .hasToString(
                        "{\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\",\"digest\":\"" + image.digest()
                                + "\",\"size\":" + image.layout().root().content().length + "}");
        assertThat(index.at("/manifests/0/annotations")).isEqualTo(manifest.path("annotations"));
        Path copied = shared.resolve("copied-" + image.digest().hex());
        Tool.run(
                "skopeo",
                "--insecure-policy",
                "copy",
                "--src-tls-verify=false",
                "docker://" + registry.image(name + "@" + bom),
                "dir:" + copied);
        assertThat(copied.resolve(manifest.at("/layers/0/digest").asText().substring("sha256:".length())))
                .hasBinaryContent(BOM.content());
    }

    @Test
    void theImageKeepsItsDigest() throws Exception {
        attach(BOM);
        assertThat(bytes("1.4.0")).isEqualTo(image.layout().root().content());
        assertThat(proxy.asked("PUT .*/manifests/1.4.0")).isEmpty();
    }

    @Test
    void aRegistryThatListsThemItselfGetsNoTag() throws Exception {
        proxy.answer(
                "PUT .*/manifests/sha256:.*",
                0,
                2,
                proxy.with("OCI-Subject", image.digest().toString()));
        Attached attached = attach(BOM, PROVENANCE);
        assertThat(attached.tag()).isEmpty();
        assertThat(attached.documents())
                .extracting(Attached.Document::name)
                .containsExactly("bom.json", "provenance.json");
        assertThat(proxy.asked(".*" + tag)).isEmpty();
    }

    @Test
    void aRegistryThatListsThemWithAnotherImageGetsTheTag() throws Exception {
        proxy.answer("PUT .*/manifests/sha256:.*", 0, 1, proxy.with("OCI-Subject", "sha256:" + "0".repeat(64)));
        assertThat(attach(BOM).tag()).contains(tag);
    }

    @Test
    void thoseOfAnEarlierRunAreReplacedAndOthersAreKept() throws Exception {
        attach(BOM);
        ObjectNode index = (ObjectNode) new ObjectMapper().readTree(bytes(tag));
        ObjectNode foreign = index.withArrayProperty("manifests").addObject();
        foreign.put("mediaType", OciLayout.MANIFEST)
                .put("digest", image.digest().toString())
                .put("size", image.layout().root().content().length)
                .put("artifactType", CYCLONEDX);
        foreign.putObject("annotations").put("com.example", "theirs");
        index.putObject("annotations").put("com.example", "kept");
        put(tag, OciLayout.INDEX, index.toString());

        Attachment next = attachment("bom.json", CYCLONEDX, "{\"bomFormat\":\"CycloneDX\",\"version\":2}");
        Attached attached = attach(next, PROVENANCE);
        JsonNode now = new ObjectMapper().readTree(bytes(tag));
        assertThat(now.path("annotations")).isEqualTo(index.path("annotations"));
        assertThat(now.path("manifests")).hasSize(3);
        assertThat(now.at("/manifests/0")).isEqualTo(foreign);
        assertThat(now.at("/manifests/1/digest").asText())
                .isEqualTo(attached.documents().get(0).digest().toString());

        byte[] before = bytes(tag);
        attach(next, PROVENANCE);
        assertThat(bytes(tag)).as("nothing is listed twice").isEqualTo(before);
    }

    @Test
    void aTagThatIsSomethingElseIsLeftAsItIs() throws Exception {
        byte[] theirs = image.layout().root().content();
        put(tag, OciLayout.MANIFEST, new String(theirs, StandardCharsets.UTF_8));
        assertThatThrownBy(() -> attach(BOM)).hasMessage(listIsNoList("application/vnd.oci.image.manifest.v1+json"));
        assertThat(bytes(tag)).isEqualTo(theirs);
    }

    @Test
    void aTagWithoutEndIsNotReadToItsEnd() throws Exception {
        proxy.answer("GET .*/manifests/" + tag, 0, 1, exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] spaces = " ".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < 5; i++) {
                exchange.getResponseBody().write(spaces);
            }
        });
        assertThatThrownBy(() -> attach(BOM)).hasMessage(listIsNoList("something without a known media type"));
    }

    @Test
    void aRegistryThatFailsIsTriedThreeTimesAndKeepsTheImage() throws Exception {
        proxy.answer("PUT .*/manifests/sha256:.*", 1, 9, RegistryProxy.status(503));
        assertThatThrownBy(() -> attach(BOM, PROVENANCE))
                .hasMessage("ML-IMAGE-PUSH: " + at(name) + ":1.4.0, provenance.json: the registry " + proxy.host()
                        + " failed 3 times (503)." + AGAIN);
        assertThat(waits).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(4));
        assertThat(bytes("1.4.0")).isEqualTo(image.layout().root().content());
        assertThat(proxy.asked("PUT .*/manifests/" + tag)).isEmpty();
    }

    @Test
    void aRegistryThatTakesNoSuchDocumentIsTold() {
        proxy.answer("PUT .*/manifests/sha256:.*", 0, 1, RegistryProxy.status(405));
        assertThatThrownBy(() -> attach(BOM))
                .hasMessageMatching("ML-IMAGE-PUSH: " + at(name) + ":1.4.0, bom\\.json: the registry " + proxy.host()
                        + " refuses bom\\.json \\(Tried to push image manifest for .+\\)\\. Check the name in"
                        + " ml\\.image\\.to, and whether the registry lets such an image in\\.");
    }

    @Test
    void anotherListUnderTheTagIsNoticed() {
        byte[] other = "{\"schemaVersion\":2}".getBytes(StandardCharsets.UTF_8);
        proxy.answer("GET .*/manifests/" + tag, 1, 1, exchange -> {
            exchange.sendResponseHeaders(200, other.length);
            exchange.getResponseBody().write(other);
        });
        assertThatThrownBy(() -> attach(BOM))
                .hasMessageMatching("ML-IMAGE-PUSH: " + at(name) + ":1.4.0, tag " + tag + ": the registry "
                        + proxy.host() + " has another image under this name than the one that it was sent; expected"
                        + " sha256:[0-9a-f]{64}, found sha256:" + DigestUtils.sha256Hex(other)
                        + "\\. Find out who else pushes to this name, or what changes images on their way\\.");
    }

    @Test
    void anImageThatIsGoneIsTold() {
        proxy.answer("GET .*/manifests/sha256:.*", 0, 1, RegistryProxy.status(404));
        assertThatThrownBy(() -> attach(BOM))
                .hasMessage("ML-IMAGE-PUSH: " + at(name) + "@" + image.digest() + ": the registry does not have the"
                        + " image any more, so nothing can be attached to it. Find out who deletes images there, and"
                        + " build again.");
        assertThat(proxy.asked("PUT .*")).isEmpty();
    }

    private String listIsNoList(String found) {
        return "ML-IMAGE-PUSH: " + at(name) + ":" + tag + ": the tag that lists what refers to the image is not such a"
                + " list; expected application/vnd.oci.image.index.v1+json, found " + found
                + ", which is left as it is. Delete that tag, or set ml.attest.push to false.";
    }

    private Attached attach(Attachment... attachments) throws Exception {
        return new RegistryReferrers(RegistrySettings.NONE, attempts(), log::add).attach(pushed, List.of(attachments));
    }

    private static Attachment attachment(String name, String type, String content) {
        return new Attachment(name, type, content.getBytes(StandardCharsets.UTF_8));
    }

    private JsonNode raw(String reference) throws Exception {
        return new ObjectMapper()
                .readTree(Tool.run(
                        "skopeo",
                        "inspect",
                        "--raw",
                        "--tls-verify=false",
                        "docker://" + registry.image(name + reference)));
    }

    private byte[] bytes(String reference) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(manifest(reference))
                .header("Accept", OciLayout.INDEX)
                .header("Accept", OciLayout.MANIFEST)
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofByteArray())
                .body();
    }

    private void put(String reference, String type, String content) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(manifest(reference))
                .header("Content-Type", type)
                .PUT(HttpRequest.BodyPublishers.ofString(content))
                .build();
        assertThat(HttpClient.newHttpClient()
                        .send(request, HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(201);
    }

    private URI manifest(String reference) {
        return URI.create("http://" + registry.host() + "/v2/" + name + "/manifests/" + reference);
    }
}
