package io.github.mlmaven.mojo.attest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mlmaven.image.ImageKind;
import io.github.mlmaven.image.ImageResult;
import io.github.mlmaven.image.Platform;
import io.github.mlmaven.image.PlatformImage;
import io.github.mlmaven.image.SmokeResult;
import io.github.mlmaven.image.models.ModelsResult;
import io.github.mlmaven.lock.BaseIdentity;
import io.github.mlmaven.model.Digest;
import io.github.mlmaven.report.provenance.Product;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.maven.artifact.DefaultArtifact;
import org.apache.maven.artifact.handler.DefaultArtifactHandler;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.project.MavenProject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SubjectsTest {

    private static final Digest DIGEST = new Digest("a".repeat(64));
    private static final ImageResult IMAGE = new ImageResult(
            "fraud:1.0",
            DIGEST,
            List.of(new PlatformImage(Platform.LINUX_AMD64, DIGEST, DIGEST, List.of())),
            new BaseIdentity.Jdk("linux/amd64", "Acme", "17", DIGEST, new TreeMap<>()),
            new SmokeResult(1, 1, Optional.empty()),
            List.of());

    @TempDir
    Path folder;

    @Test
    void imageAndJarAreAttested() throws Exception {
        assertThat(Subjects.of(Optional.of(IMAGE), Optional.empty(), project(jar())))
                .containsExactly(image(), product());
    }

    @Test
    void ofSeveralPlatformsTheIndexAndEachOfItsManifests() throws Exception {
        Digest other = new Digest("b".repeat(64));
        ImageResult both = new ImageResult(
                IMAGE.name(),
                DIGEST,
                List.of(
                        new PlatformImage(Platform.LINUX_AMD64, DIGEST, DIGEST, List.of()),
                        new PlatformImage(Platform.LINUX_ARM64, other, DIGEST, List.of())),
                IMAGE.base(),
                IMAGE.smoke(),
                List.of());
        assertThat(Subjects.of(Optional.of(both), Optional.empty(), project(null)))
                .containsExactly(
                        image(),
                        new Product("fraud:1.0 for linux/amd64", DIGEST),
                        new Product("fraud:1.0 for linux/arm64", other));
    }

    @Test
    void modelsAloneAreAttestedToo() throws Exception {
        ModelsResult models = new ModelsResult(ImageKind.MODELPACK, "fraud:1.0", DIGEST, DIGEST, List.of(), List.of());
        assertThat(Subjects.of(Optional.empty(), Optional.of(models), project(jar())))
                .containsExactly(image(), product());
    }

    @Test
    void withoutAnImageTheJarAlone() throws Exception {
        assertThat(Subjects.of(Optional.empty(), Optional.empty(), project(jar())))
                .containsExactly(product());
    }

    @Test
    void withoutAJarTheImageAlone() throws Exception {
        assertThat(Subjects.of(Optional.of(IMAGE), Optional.empty(), project(null)))
                .containsExactly(image());
        // The class folder, which stands for the jar until there is one.
        assertThat(Subjects.of(Optional.of(IMAGE), Optional.empty(), project(folder)))
                .containsExactly(image());
    }

    @Test
    void withNeitherThereIsNothingToAttest() {
        assertThatThrownBy(() -> Subjects.of(Optional.empty(), Optional.empty(), project(null)))
                .isInstanceOf(MojoFailureException.class)
                .hasMessage("ml:attest: there is nothing to attest; expected an image or the project's jar out of the"
                        + " same build, found neither. Run a phase from package on, or bind jar or image before"
                        + " attest.");
    }

    private Path jar() throws IOException {
        return Files.writeString(folder.resolve("fraud-1.0.jar"), "jar");
    }

    private static Product image() {
        return new Product("fraud:1.0", DIGEST);
    }

    private static Product product() {
        return new Product("fraud-1.0.jar", new Digest(DigestUtils.sha256Hex("jar")));
    }

    private static MavenProject project(Path file) {
        MavenProject project = new MavenProject();
        project.setArtifact(new DefaultArtifact(
                "com.acme", "fraud", "1.0", "compile", "jar", null, new DefaultArtifactHandler("jar")));
        project.getArtifact().setFile(file == null ? null : file.toFile());
        return project;
    }
}
