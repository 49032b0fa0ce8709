package io.github.mlmaven.image.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.mlmaven.image.ImageTarget;
import io.github.mlmaven.image.Placement;
import io.github.mlmaven.image.Platform;
import io.github.mlmaven.image.SmallImage;
import io.github.mlmaven.image.Tool;
import io.github.mlmaven.image.registry.RegistrySettings;
import io.github.mlmaven.model.Digest;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.Test;

/** Pushes to a real registry. */
class RegistryTargetTest extends RegistryFixture {

    @Test
    void skopeoReadsBackWhatWasPushedUnderEachTag() throws Exception {
        Tool.require("skopeo", "--version");
        Placement placement = push(name + ":1.4.0", List.of("latest", "1.4"));

        assertThat(placement)
                .isEqualTo(new Placement.Registry(
                        List.of(at(name + ":1.4.0"), at(name + ":latest"), at(name + ":1.4")), image.digest()));
        for (String tag : List.of("1.4.0", "latest", "1.4")) {
            JsonNode inspected = new ObjectMapper()
                    .readTree(Tool.run(
                            "skopeo", "inspect", "--tls-verify=false", "docker://" + registry.image(name + ":" + tag)));
            assertThat(inspected.path("Digest").asText())
                    .isEqualTo(image.digest().toString());
        }
        Path back = shared.resolve("back");
        Tool.run(
                "skopeo",
                "--insecure-policy",
                "copy",
                "--src-tls-verify=false",
                "docker://" + registry.image(name + ":latest"),
                "dir:" + back);
        assertThat(DigestUtils.sha256Hex(Files.readAllBytes(back.resolve("manifest.json"))))
                .isEqualTo(image.digest().hex());
        assertThat(back.resolve(image.layers().get(1).digest().hex()))
                .hasSize(image.layers().get(1).size());
    }

    @Test
    void whatIsThereIsNotSentAgain() throws Exception {
        push(name + ":1.4.0", List.of());
        assertThat(proxy.asked(UPLOAD)).hasSize(4);
        assertThat(log)
                .contains("Pushing to " + at(name + ":1.4.0"), "  layer model/add-sub: sent, 0.0 MB")
                .doesNotContain("  layer model/add-sub: there already");
        assertThat(watched)
                .containsExactlyElementsOf(image.layers().stream()
                        .map(layer -> "Sending layer " + layer.name() + ", " + layer.size())
                        .toList());
        proxy.forget();
        log.clear();
        watched.clear();

        push(name + ":1.4.1", List.of());
        assertThat(proxy.asked("(POST|PATCH) .*")).isEmpty();
        assertThat(proxy.asked("PUT .*")).containsExactly("PUT /v2/" + name + "/manifests/1.4.1");
        assertThat(log)
                .contains(
                        "  layer base: there already",
                        "  layer model/add-sub: there already",
                        "  layer application: there already",
                        "  configuration: there already");
        assertThat(watched).isEmpty();
    }

    @Test
    void theLayersOfABaseInTheSameRegistryAreTakenFromThere() throws Exception {
        push(name + "-base:17", List.of());
        proxy.forget();
        targets(at(name + "-base:17"), List.of())
                .of(List.of("registry:" + at(name + ":1.4.0")))
                .get(0)
                .put(image);
        assertThat(proxy.asked("POST .*\\?mount=.*"))
                .containsExactly("POST /v2/" + name + "/blobs/uploads/?mount="
                        + image.layers().get(0).digest() + "&from=" + name + "-base");
        assertThat(log).contains("  layer base: taken from " + name + "-base");
        assertThat(proxy.asked(UPLOAD)).hasSize(3);
    }

    @Test
    void thePlatformsOfAnIndexAreThereByDigestBeforeItHasItsTag() throws Exception {
        Tool.require("skopeo", "--version");
        image = SmallImage.forBoth(shared, "the model of " + name, "a class");
        Placement placement = push(name + ":1.4.0", List.of("latest"));

        assertThat(placement)
                .isEqualTo(new Placement.Registry(List.of(at(name + ":1.4.0"), at(name + ":latest")), image.digest()));
        String manifests = "PUT /v2/" + name + "/manifests/";
        assertThat(proxy.asked(manifests + ".*"))
                .containsExactly(
                        manifests + manifest(Platform.LINUX_AMD64),
                        manifests + manifest(Platform.LINUX_ARM64),
                        manifests + "1.4.0",
                        manifests + "latest");
        assertThat(proxy.asked(UPLOAD))
                .as("2 bases, 2 natives, model, application, 2 configurations")
                .hasSize(8);
        String tag = "docker://" + registry.image(name + ":latest");
        assertThat(DigestUtils.sha256Hex(Tool.run("skopeo", "inspect", "--raw", "--tls-verify=false", tag)))
                .isEqualTo(image.digest().hex());
        Path back = shared.resolve("both");
        Tool.run("skopeo", "--insecure-policy", "copy", "--all", "--src-tls-verify=false", tag, "dir:" + back);
        assertThat(DigestUtils.sha256Hex(Files.readAllBytes(back.resolve("manifest.json"))))
                .isEqualTo(image.digest().hex());
        proxy.forget();

        push(name + ":1.4.1", List.of());
        assertThat(proxy.asked("(POST|PATCH) .*")).isEmpty();
    }

    private Digest manifest(Platform platform) {
        return image.manifests().get(platform).document().digest();
    }

    @Test
    void aRegistryThatIsNotThereIsToldBeforeAnythingIsBuilt() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        String closed = "localhost:" + port;
        assertThatThrownBy(() -> target("registry:" + closed + "/acme/m:1").check())
                .hasMessage("ML-IMAGE-PUSH: " + closed + "/acme/m:1: the registry " + closed
                        + " cannot be reached (Connection refused)."
                        + " Check the network and the host in ml.image.to.");
        assertThatThrownBy(() -> target("registry:registry.invalid/acme/m:1").check())
                .hasMessage("ML-IMAGE-PUSH: registry.invalid/acme/m:1: the registry registry.invalid cannot be reached"
                        + " (unknown host). Check the network and the host in ml.image.to.");
    }

    @Test
    void plainHttpIsForThisMachineAndForHostsThatAreNamed() throws Exception {
        InetAddress address = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(a -> a instanceof Inet4Address && !a.isLoopbackAddress())
                .findFirst()
                .orElse(null);
        assumeTrue(address != null, "needs a network interface");
        try (RegistryProxy far = RegistryProxy.before(registry.host(), address)) {
            String host = address.getHostAddress() + ":" + far.port();
            String target = "registry:" + host + "/" + name + ":1.4.0";
            assertThatThrownBy(() -> target(target).check())
                    .hasMessageMatching("ML-IMAGE-PUSH: " + host + "/" + name + ":1.4.0: the registry " + host
                            + " does not speak HTTPS \\(.+\\)\\. Use a registry with HTTPS; for one within a trusted"
                            + " network, name its host in ml.image.insecureRegistries\\.");
            assertThat(far.asked(".*")).isEmpty();

            RegistrySettings insecure = new RegistrySettings(List.of(), Set.of(address.getHostAddress()));
            targets("jdk", List.of(), insecure, false)
                    .of(List.of(target))
                    .get(0)
                    .put(image);
            assertThat(far.asked("PUT .*/manifests/.*")).hasSize(1);
        }
    }

    @Test
    void offlineNothingIsPushed() throws Exception {
        List<ImageTarget> targets =
                targets("jdk", List.of(), RegistrySettings.NONE, true).of(List.of("registry:example.com/acme/m:1"));
        assertThatThrownBy(() -> targets.get(0).check())
                .hasMessage(
                        "ML-IMAGE-PUSH: example.com/acme/m:1: the image should be pushed to a registry, and the build"
                                + " is offline. Build without -o, or with -Dml.image.to=tar.");
    }
}
