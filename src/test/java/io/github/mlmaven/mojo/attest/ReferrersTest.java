package io.github.mlmaven.mojo.attest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.mlmaven.image.ImageResult;
import io.github.mlmaven.image.Placement;
import io.github.mlmaven.image.Platform;
import io.github.mlmaven.image.SmokeResult;
import io.github.mlmaven.image.referrer.Attached;
import io.github.mlmaven.image.referrer.Attachment;
import io.github.mlmaven.image.registry.RegistrySettings;
import io.github.mlmaven.image.target.RegistryFixture;
import io.github.mlmaven.lock.BaseIdentity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The documents of a build, and where they go. */
class ReferrersTest extends RegistryFixture {

    @TempDir
    Path folder;

    @Test
    void theyGoWhereverTheImageCanBeReferredTo() throws Exception {
        Path layout = folder.resolve("oci");
        List<Placement> placements = List.of(
                new Placement.Tar(folder.resolve("image.tar"), Platform.LINUX_AMD64),
                target("oci:" + layout).put(image),
                new Placement.Daemon("acme/m:1", Platform.LINUX_AMD64),
                push(name + ":1.4.0", List.of("latest")));
        ImageResult result = new ImageResult(
                "acme/m:1",
                image.digest(),
                List.of(),
                new BaseIdentity.None(),
                new SmokeResult(1, 1, Optional.empty()),
                placements);
        List<Attached> attached = new Referrers(
                        RegistrySettings.NONE, path -> path.getFileName().toString(), log::add)
                .attach(result, documents());
        assertThat(attached)
                .extracting(Attached::subject)
                .as("once for a registry, however many tags there are")
                .containsExactly("oci", at(name));
        assertThat(attached.get(0).documents())
                .as("the same manifests everywhere")
                .hasSize(3)
                .isEqualTo(attached.get(1).documents());
    }

    @Test
    void eachHasTheTypeOfItsFormat() throws Exception {
        assertThat(documents())
                .extracting(Attachment::name, Attachment::type)
                .containsExactly(
                        tuple("bom.json", "application/vnd.cyclonedx+json"),
                        tuple("provenance.json", "application/vnd.in-toto+json"),
                        tuple("verify.json", "application/vnd.io.github.mlmaven.verify-report.v1+json"));
    }

    private List<Attachment> documents() throws Exception {
        return Referrers.documents(
                Files.writeString(folder.resolve("bom.json"), "{\"bomFormat\":\"CycloneDX\"}"),
                Files.writeString(folder.resolve("provenance.json"), "{\"_type\":\"statement\"}"),
                Optional.of(Files.writeString(folder.resolve("verify.json"), "{\"reportVersion\":1}")));
    }
}
