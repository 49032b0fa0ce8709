package io.github.mlmaven.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import io.github.mlmaven.image.registry.RegistryServer;
import io.github.mlmaven.image.registry.RegistrySettings;
import io.github.mlmaven.lock.BaseIdentity;
import io.github.mlmaven.model.Digest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bases in a registry with TLS whose certificate nobody vouches for, and which need not have any. */
class UntrustedBaseTest {

    private static final RegistrySettings SETTINGS =
            new RegistrySettings(List.of(new RegistryServer("localhost", "reader", "secret")), Set.of("localhost"));

    @TempDir
    Path folder;

    private static TestCertificate certificate;

    private LocalRegistry registry;
    private RecordingDoor door;

    @BeforeAll
    static void make(@TempDir Path shared) throws Exception {
        Tool.require("docker-registry", "--version");
        certificate = TestCertificate.make(shared);
    }

    @AfterEach
    void close() throws Exception {
        if (door != null) {
            door.close();
            registry.close();
        }
    }

    @Test
    void aPasswordIsNotGivenToWhoeverItIs() throws Exception {
        before(LocalRegistry.closed(folder));
        String reference = door.host() + "/jre:17";
        assertThatThrownBy(() -> BaseImages.resolve(reference, Set.of(Platform.LINUX_AMD64), SETTINGS, false))
                .isInstanceOf(ImageException.class)
                .hasMessage(refused(reference));
        assertThat(door.heard()).contains("GET /v2/jre/manifests/17").doesNotContainIgnoringCase("Authorization");
    }

    @Test
    void norWhenItIsPulled() throws Exception {
        before(LocalRegistry.closed(folder));
        Digest digest = new Digest("0".repeat(64));
        SampleProject project = SampleProject.create(folder.resolve("project"), "");
        ImageRequest request = project.request()
                .base(BaseImage.Registry.of(
                        door.host() + "/jre:17", Machine.current().platform().orElseThrow(), digest))
                .registries(SETTINGS)
                .build();
        assertThatThrownBy(() -> new ImageBuilder(Machine.current(), line -> {}).build(request))
                .hasMessage(refused(door.host() + "/jre@" + digest));
        assertThat(door.heard()).contains("/v2/jre/manifests/").doesNotContainIgnoringCase("Authorization");
        assertThat(project.tar()).doesNotExist();
    }

    @Test
    void oneThatWantsNoneStillGivesTheBase() throws Exception {
        before(LocalRegistry.open(folder));
        Path java = Files.writeString(folder.resolve("java"), "the Java of the base");
        registry.push(Jib.fromScratch().addLayer(List.of(java), "/opt/jre/bin").setFormat(ImageFormat.OCI), "jre:17");
        BaseIdentity.Registry base =
                BaseImages.resolve(door.host() + "/jre:17", Set.of(Platform.LINUX_AMD64), SETTINGS, false);
        assertThat(base.platforms()).containsOnlyKeys("linux/amd64");
        assertThat(door.heard()).contains("GET /v2/jre/manifests/17").doesNotContainIgnoringCase("Authorization");
    }

    private void before(LocalRegistry started) throws Exception {
        registry = started;
        door = new RecordingDoor(certificate, registry.host());
    }

    private String refused(String reference) {
        return "ML-IMAGE-BASE: " + reference + ": the registry " + door.host()
                + " wants a password, which is never sent"
                + " where the certificate is not trusted. Put the certificate of its CA into a trust store (keytool"
                + " -importcert) and start Maven with MAVEN_OPTS=-Djavax.net.ssl.trustStore=FILE; for another host name"
                + " in the certificate, use that name.";
    }
}
