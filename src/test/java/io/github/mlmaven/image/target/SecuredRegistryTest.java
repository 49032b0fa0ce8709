package io.github.mlmaven.image.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mlmaven.image.BaseImages;
import io.github.mlmaven.image.ImageProgress;
import io.github.mlmaven.image.ImageTarget;
import io.github.mlmaven.image.LocalRegistry;
import io.github.mlmaven.image.OciImage;
import io.github.mlmaven.image.Placement;
import io.github.mlmaven.image.Platform;
import io.github.mlmaven.image.SmallImage;
import io.github.mlmaven.image.TarTarget;
import io.github.mlmaven.image.TestCertificate;
import io.github.mlmaven.image.TokenServer;
import io.github.mlmaven.image.Tool;
import io.github.mlmaven.image.referrer.Attached;
import io.github.mlmaven.image.referrer.Attachment;
import io.github.mlmaven.image.referrer.RegistryReferrers;
import io.github.mlmaven.image.registry.RegistryServer;
import io.github.mlmaven.image.registry.RegistrySettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Registries that want to know who pushes, with a certificate that only this test's trust store has. */
class SecuredRegistryTest {

    private static final String STORE = "javax.net.ssl.trustStore";
    private static final String STORE_PASSWORD = "javax.net.ssl.trustStorePassword";

    @TempDir
    static Path shared;

    private static TestCertificate certificate;
    private static LocalRegistry registry;

    private final List<String> log = new ArrayList<>();

    @BeforeAll
    static void start() throws Exception {
        Tool.require("docker-registry", "--version");
        certificate = TestCertificate.make(shared);
        registry = LocalRegistry.secured(shared, certificate);
    }

    @AfterAll
    static void stop() {
        if (registry != null) {
            registry.close();
        }
    }

    @BeforeEach
    void trust() {
        System.setProperty(STORE, certificate.trustStore().toString());
        System.setProperty(STORE_PASSWORD, TestCertificate.PASSWORD);
    }

    @AfterEach
    void trustAsBefore() {
        System.clearProperty(STORE);
        System.clearProperty(STORE_PASSWORD);
    }

    @Test
    void theRightUserPushes() throws Exception {
        OciImage image = SmallImage.of(shared, "the model");
        // A server with the port wins over one for the host alone.
        ImageTarget target = target(
                new RegistryServer("localhost", "reader", "wrong"),
                new RegistryServer(registry.host(), "reader", "secret"));
        target.check();
        assertThat(target.put(image))
                .isEqualTo(new Placement.Registry(List.of(registry.image("acme/m:1")), image.digest()));
        assertThat(log).isNotEmpty().noneMatch(line -> line.contains("secret"));
    }

    @Test
    void aServerMayLeaveOutThePort() throws Exception {
        target(new RegistryServer("localhost", "reader", "secret")).check();
    }

    @Test
    void theWrongPasswordIsToldBeforeAnythingIsBuilt() {
        assertThatThrownBy(() -> target(new RegistryServer("localhost", "reader", "guessed"))
                        .check())
                .hasMessage(unknownUser());
        assertThat(log).isEmpty();
    }

    @Test
    void nobodyIsToldHowToLogIn() {
        assertThatThrownBy(() -> target().check()).hasMessage(unknownUser());
    }

    @Test
    void aPasswordThatMavenCouldNotDecryptIsNotSent() {
        assertThatThrownBy(() -> target(new RegistryServer("localhost", "reader", "{c2VjcmV0}"))
                        .check())
                .hasMessage("ML-IMAGE-PUSH: " + registry.image("acme/m:1")
                        + ": Maven cannot decrypt the password of the server localhost in settings.xml."
                        + " Check settings-security.xml, and encrypt the password with mvn --encrypt-password.");
    }

    @Test
    void aCertificateThatNobodyVouchesForIsToldWithWhatToDo() {
        trustAsBefore();
        assertThatThrownBy(() -> target(new RegistryServer("localhost", "reader", "secret"))
                        .check())
                .hasMessageMatching("ML-IMAGE-PUSH: " + registry.image("acme/m:1")
                        + ": the certificate of the registry " + registry.host()
                        + " is not trusted \\(PKIX path building failed: .+\\)\\. Put the certificate of its CA into a"
                        + " trust store \\(keytool -importcert\\) and start Maven with"
                        + " MAVEN_OPTS=-Djavax.net.ssl.trustStore=FILE; for another host name in the certificate, use"
                        + " that name\\.");
    }

    @Test
    void aPasswordIsNeverSentOverPlainHttp(@TempDir Path folder) throws Exception {
        try (LocalRegistry plain = LocalRegistry.closed(folder)) {
            ImageTarget target = target(plain, new RegistryServer("localhost", "reader", "secret"));
            assertThatThrownBy(target::check)
                    .hasMessage("ML-IMAGE-PUSH: " + plain.image("acme/m:1") + ": the registry " + plain.host()
                            + " wants a password, which is never sent over plain HTTP."
                            + " Use a registry with HTTPS, or one without a password.");
        }
    }

    @Test
    void aTokenIsFetchedToPushToAttachAndToPull(@TempDir Path folder) throws Exception {
        RegistryServer reader = new RegistryServer("localhost", "reader", "secret");
        RegistrySettings settings = new RegistrySettings(List.of(reader), Set.of());
        try (TokenServer tokens = new TokenServer(certificate);
                LocalRegistry guarded = LocalRegistry.withTokens(folder, certificate, tokens)) {
            OciImage image = SmallImage.of(shared, "the model");
            ImageTarget target = target(guarded, reader);
            target.check();
            Placement.Registry pushed = (Placement.Registry) target.put(image);
            Attached attached = new RegistryReferrers(settings, Attempts.waiting(log::add), log::add)
                    .attach(pushed, List.of(new Attachment("bom.json", "application/json", new byte[] {'{', '}'})));
            assertThat(attached.tag()).contains("sha256-" + image.digest().hex());
            assertThat(pushed.digest()).isEqualTo(image.digest());
            assertThat(BaseImages.resolve(guarded.image("acme/m:1"), Set.of(Platform.LINUX_AMD64), settings, false)
                            .platforms())
                    .containsExactly(Map.entry("linux/amd64", image.digest()));
            assertThat(tokens.scopes()).contains("repository:acme/m:pull,push", "repository:acme/m:pull");
        }
        assertThat(log).isNotEmpty().noneMatch(line -> line.contains("secret"));
    }

    @Test
    void theWrongPasswordForATokenIsTold(@TempDir Path folder) throws Exception {
        RegistryServer guest = new RegistryServer("localhost", "reader", "guessed");
        try (TokenServer tokens = new TokenServer(certificate);
                LocalRegistry guarded = LocalRegistry.withTokens(folder, certificate, tokens)) {
            assertThatThrownBy(() -> target(guarded, guest).check()).hasMessage(unknownUser(guarded));
            assertThatThrownBy(() -> target(guarded).check()).hasMessage(unknownUser(guarded));
            String base = guarded.image("acme/m:1");
            RegistrySettings settings = new RegistrySettings(List.of(guest), Set.of());
            assertThatThrownBy(() -> BaseImages.resolve(base, Set.of(Platform.LINUX_AMD64), settings, false))
                    .hasMessage("ML-IMAGE-BASE: " + base + ": the registry " + guarded.host()
                            + " refuses to give the image to this user. Run docker login " + guarded.host()
                            + ", and check that the image exists and may be read.");
        }
        assertThat(log).isEmpty();
    }

    @Test
    void aSecretStandsInNoMessage() {
        assertThat(new RegistryServer("localhost", "reader", "secret")).hasToString("RegistryServer[localhost]");
    }

    private static String unknownUser() {
        return unknownUser(registry);
    }

    private static String unknownUser(LocalRegistry where) {
        String host = where.host();
        return "ML-IMAGE-PUSH: " + where.image("acme/m:1") + ": the registry " + host
                + " does not know the user, or wants one. Run docker login " + host + ", or put a <server> with <id>"
                + host + "</id>, <username> and <password> into Maven's settings.xml, or set ml.image.to.username and"
                + " ml.image.to.password; and check that the user may push there.";
    }

    private ImageTarget target(RegistryServer... servers) throws Exception {
        return target(registry, servers);
    }

    private ImageTarget target(LocalRegistry where, RegistryServer... servers) throws Exception {
        TargetSettings settings = new TargetSettings(
                SmallImage.NAME,
                false,
                "jdk",
                List.of(),
                new TarTarget(shared.resolve("image.tar"), shared, ImageProgress.NONE),
                Path::of,
                new RegistrySettings(List.of(servers), Set.of()),
                false,
                log::add);
        return new ImageTargets(settings)
                .of(List.of("registry:" + where.image("acme/m:1")))
                .get(0);
    }
}
