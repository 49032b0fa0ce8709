package io.github.mlmaven.image.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.mlmaven.image.ImageException;
import io.github.mlmaven.image.ImageProgress;
import io.github.mlmaven.image.ImageTarget;
import io.github.mlmaven.image.LocalRegistry;
import io.github.mlmaven.image.OciImage;
import io.github.mlmaven.image.Placement;
import io.github.mlmaven.image.SmallImage;
import io.github.mlmaven.image.TarTarget;
import io.github.mlmaven.image.Tool;
import io.github.mlmaven.image.registry.RegistrySettings;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pushes to a real registry, by way of a proxy that breaks what is to be broken. */
class RegistryTargetTest {

    private static final String UPLOAD = "PATCH .*";
    private static final String AGAIN =
            " Build again later: layers that arrived are there, and are not sent a second time.";
    private static final String LOGIN = " Run docker login HOST, or put a <server> with <id>HOST</id>, <username> and"
            + " <password> into Maven's settings.xml, or set ml.image.to.username and ml.image.to.password; and check"
            + " that the user may push there.";

    @TempDir
    static Path shared;

    private static LocalRegistry registry;
    private static int repositories;

    private final List<String> log = new ArrayList<>();
    private final List<Duration> waits = new ArrayList<>();
    private RegistryProxy proxy;
    private String name;
    private OciImage image;

    @BeforeAll
    static void start() throws Exception {
        Tool.require("docker-registry", "--version");
        registry = LocalRegistry.open(shared);
    }

    @AfterAll
    static void stop() {
        if (registry != null) {
            registry.close();
        }
    }

    /** A model of its own for each test, so that no other test has sent it. */
    @BeforeEach
    void standBefore() throws Exception {
        proxy = RegistryProxy.before(registry.host());
        name = "acme/add-sub-" + repositories++;
        image = SmallImage.of(shared, "the model of " + name);
    }

    @AfterEach
    void goAway() throws Exception {
        proxy.close();
    }

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
        proxy.forget();
        log.clear();

        push(name + ":1.4.1", List.of());
        assertThat(proxy.asked("(POST|PATCH) .*")).isEmpty();
        assertThat(proxy.asked("PUT .*")).containsExactly("PUT /v2/" + name + "/manifests/1.4.1");
        assertThat(log)
                .contains(
                        "  layer base: there already",
                        "  layer model/add-sub: there already",
                        "  layer application: there already",
                        "  configuration: there already");
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
    void aConnectionThatBreaksIsTriedAgain() throws Exception {
        proxy.answer(UPLOAD, 1, 1, RegistryProxy.breakOff());
        push(name + ":1.4.0", List.of());
        assertThat(waits).containsExactly(Duration.ofSeconds(1));
        assertThat(log).anyMatch(line -> line.matches("layer model/add-sub: .+; try 2 of 3 in 1 s"));
    }

    @Test
    void anInterruptedPushGoesOnWithTheLayerThatBroke() throws Exception {
        proxy.answer(UPLOAD, 1, 3, RegistryProxy.breakOff());
        assertThatThrownBy(() -> push(name + ":1.4.0", List.of()))
                .isInstanceOf(ImageException.class)
                .hasMessageMatching("ML-IMAGE-PUSH: " + at(name + ":1.4.0") + ": the connection to the registry "
                        + proxy.host() + " broke 3 times \\(.+\\)\\." + AGAIN);
        assertThat(proxy.asked("PUT .*/manifests/.*"))
                .as("the manifest is last")
                .isEmpty();
        proxy.forget();
        log.clear();

        push(name + ":1.4.0", List.of());
        assertThat(log)
                .contains("  layer base: there already", "  layer model/add-sub: sent, 0.0 MB")
                .doesNotContain("  layer base: sent, 0.0 MB");
        assertThat(proxy.asked(UPLOAD)).hasSize(3);
    }

    @Test
    void aRegistryThatFailsIsTriedThreeTimes() {
        proxy.answer("POST .*", 0, 9, RegistryProxy.status(503));
        assertThatThrownBy(() -> push(name + ":1.4.0", List.of()))
                .hasMessage("ML-IMAGE-PUSH: " + at(name + ":1.4.0") + ": the registry " + proxy.host()
                        + " failed 3 times (503)." + AGAIN);
        assertThat(waits).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(4));
        assertThat(log).contains("layer base: it answers 503; try 2 of 3 in 1 s");
    }

    @Test
    void aRegistryThatAsksToWaitIsWaitedForAMinuteAtMost() throws Exception {
        proxy.answer("POST .*", 0, 1, RegistryProxy.status(429, "Retry-After: 7"));
        proxy.answer(UPLOAD, 0, 1, RegistryProxy.status(429, "Retry-After: 86400"));
        push(name + ":1.4.0", List.of());
        assertThat(waits).containsExactly(Duration.ofSeconds(7), Duration.ofSeconds(60));
    }

    @Test
    void aRegistryThatAlwaysAsksToWaitIsGivenUp() {
        proxy.answer("POST .*", 0, 9, RegistryProxy.status(429));
        assertThatThrownBy(() -> push(name + ":1.4.0", List.of()))
                .hasMessage("ML-IMAGE-PUSH: " + at(name + ":1.4.0") + ": the registry " + proxy.host()
                        + " has too many requests, and asked 3 times to wait (429)." + AGAIN);
    }

    @Test
    void aUserWhoMayNotPushIsTold() {
        proxy.answer("POST .*", 0, 1, RegistryProxy.status(403));
        assertThatThrownBy(() -> push(name + ":1.4.0", List.of()))
                .hasMessage("ML-IMAGE-PUSH: " + at(name + ":1.4.0") + ": the registry " + proxy.host()
                        + " does not let this user push to " + name + "." + LOGIN.replace("HOST", proxy.host()));
        assertThat(waits).isEmpty();
    }

    @Test
    void anImageThatTheRegistryRefusesIsTold() {
        proxy.answer("PUT .*/manifests/.*", 0, 1, RegistryProxy.status(405));
        assertThatThrownBy(() -> push(name + ":1.4.0", List.of()))
                .hasMessageMatching("ML-IMAGE-PUSH: " + at(name + ":1.4.0") + ": the registry " + proxy.host()
                        + " refuses the image \\(Tried to push image manifest for .+\\)\\. Check the name in ml.image.to,"
                        + " and whether the registry lets such an image in\\.");
    }

    @Test
    void anotherImageUnderTheSameNameIsNoticed() throws Exception {
        String sent = image.digest().toString();
        byte[] other = "{\"schemaVersion\":2,\"config\":{},\"layers\":[]}".getBytes(StandardCharsets.UTF_8);
        proxy.answer("GET .*/manifests/.*", 0, 1, exchange -> {
            exchange.sendResponseHeaders(200, other.length);
            exchange.getResponseBody().write(other);
        });
        assertThatThrownBy(() -> push(name + ":1.4.0", List.of()))
                .hasMessage("ML-IMAGE-PUSH: " + at(name + ":1.4.0") + ": the registry " + proxy.host()
                        + " has another image under this name than the one that it was sent; expected "
                        + sent + ", found sha256:" + DigestUtils.sha256Hex(other)
                        + ". Find out who else pushes to this name, or what changes images on their way.");
    }

    @Test
    void aLayerThatChangesMeanwhileIsNoticed() throws Exception {
        image = SmallImage.changing(shared);
        assertThatThrownBy(() -> push(name + ":1.4.0", List.of()))
                .hasMessage("ML-IMAGE-CONTENT: layer model/add-sub: its files changed while it was written."
                        + " Change no file while the build runs, and run mvn clean package.");
        assertThat(waits).isEmpty();
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

    private Placement push(String image, List<String> tags) throws Exception {
        ImageTarget target =
                targets("jdk", tags).of(List.of("registry:" + at(image))).get(0);
        target.check();
        return target.put(this.image);
    }

    private ImageTarget target(String target) throws Exception {
        return targets("jdk", List.of()).of(List.of(target)).get(0);
    }

    private ImageTargets targets(String base, List<String> tags) {
        return targets(base, tags, RegistrySettings.NONE, false);
    }

    private ImageTargets targets(String base, List<String> tags, RegistrySettings registries, boolean offline) {
        TargetSettings settings = new TargetSettings(
                SmallImage.NAME,
                false,
                base,
                tags,
                new TarTarget(shared.resolve("image.tar"), shared, ImageProgress.NONE),
                Path::of,
                registries,
                offline,
                log::add);
        return new ImageTargets(
                settings, new Attempts(log::add, waits::add, Clock.fixed(Instant.EPOCH, ZoneOffset.UTC)));
    }

    private String at(String image) {
        return proxy.host() + "/" + image;
    }
}
