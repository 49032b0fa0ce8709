package io.github.mlmaven.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.mlmaven.image.ImageKind;
import io.github.mlmaven.image.Platform;
import io.github.mlmaven.lock.BaseIdentity;
import io.github.mlmaven.lock.FileDigests;
import io.github.mlmaven.mojo.stage.ImagePlatforms;
import io.github.mlmaven.verify.golden.Tolerance;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.maven.api.plugin.testing.InjectMojo;
import org.apache.maven.api.plugin.testing.MojoParameter;
import org.apache.maven.api.plugin.testing.MojoTest;
import org.apache.maven.plugin.MojoFailureException;
import org.junit.jupiter.api.Test;

/** How a pom's configuration and the defaults reach the goals that make something of models. */
@MojoTest
class ImageParametersTest {

    private static final String POM = "classpath:/mojo/pom.xml";

    @Test
    @InjectMojo(goal = "image", pom = POM)
    void thePomConfiguresTheImage(ImageMojo mojo) throws Exception {
        assertThat(Fields.value(mojo, "imageBase")).isEqualTo("jdk");
        assertThat(Fields.value(mojo, "imageModules")).isEqualTo(List.of("java.sql", "java.xml"));
        assertThat(Fields.value(mojo, "labels")).isEqualTo(Map.of("team", "risk"));
        assertThat(Fields.value(mojo, "smokeTimeout")).isEqualTo(60);
        assertThat(Fields.value(mojo, "to")).isEqualTo(List.of("tar", "registry:registry.example.com/acme/fraud"));
        assertThat(Fields.value(mojo, "tags")).isEqualTo(List.of("latest"));
        assertThat(Fields.value(mojo, "insecureRegistries")).isEqualTo(List.of());
    }

    @Test
    @InjectMojo(goal = "attest", pom = POM)
    @MojoParameter(name = "imageBase", value = "images.example/java:17")
    @MojoParameter(name = "skipLock", value = "true")
    void withoutAnImageNoRegistryIsAskedForItsBase(AttestMojo mojo) throws Exception {
        assertThat(mojo.baseIdentity(false, FileDigests.reading())).isEqualTo(new BaseIdentity.None());
    }

    @Test
    @InjectMojo(goal = "image", pom = POM)
    void anImageServesUnlessItIsToldOtherwise(ImageMojo mojo) throws Exception {
        assertThat(mojo.kind()).isEqualTo(ImageKind.SERVER);
    }

    @Test
    @InjectMojo(goal = "image", pom = POM)
    @MojoParameter(name = "imageKind", value = "docker")
    void aKindOfImageThatIsNotThereIsRefused(ImageMojo mojo) {
        assertThat(assertThrows(MojoFailureException.class, mojo::kind))
                .hasMessage("ml.image.kind: expected one of [server, modelcar, modelpack], found \"docker\"."
                        + " Correct it.");
    }

    @Test
    @InjectMojo(goal = "image", pom = POM)
    void aLabelWithoutAValueIsRefused(ImageMojo mojo) {
        mojo.labels.put("team", null);
        assertThat(assertThrows(MojoFailureException.class, mojo::completeLabels))
                .hasMessage("<labels>: expected a value for team, found none, or one with a property that is not set."
                        + " Correct or remove it.");
    }

    @Test
    @InjectMojo(goal = "embed", pom = POM)
    void thePomNamesTheEntrypoint(EmbedMojo mojo) throws Exception {
        assertThat(Fields.value(mojo, "packageName")).isEqualTo("org.example");
        assertThat(Fields.value(mojo, "className")).isNull();
    }

    @Test
    @InjectMojo(goal = "image", pom = POM)
    void theImageIsJudgedByTheToleranceOfVerification(ImageMojo mojo) throws Exception {
        assertThat(mojo.tolerancesOf("fraud").output("score")).isEqualTo(new Tolerance(0.5, 0.25));
        assertThat(mojo.tolerancesOf("fraud").output("probabilities")).isEqualTo(new Tolerance(1e-3, 0.25));
        assertThat(mojo.tolerancesOf("another").output("score")).isEqualTo(new Tolerance(0.5, 1e-4));
    }

    @Test
    @InjectMojo(goal = "image", pom = POM)
    @MojoParameter(name = "imagePlatform", value = "linux/arm64, linux/amd64,linux/arm64")
    void platformsAreSortedAndEachCountsOnce(ImageMojo mojo) throws Exception {
        assertThat(mojo.platforms()).containsExactly(Platform.LINUX_AMD64, Platform.LINUX_ARM64);
        assertThat(assertThrows(
                        MojoFailureException.class, () -> ImagePlatforms.only(mojo.platforms(), ImageKind.MODELCAR)))
                .hasMessage("ml.image.platform: expected one platform for ml.image.kind modelcar, found"
                        + " linux/amd64,linux/arm64. Name one of them: the files are the same for all.");
    }

    @Test
    @InjectMojo(goal = "image", pom = "classpath:/mojo/platforms.xml")
    void platformsMayBeElements(ImageMojo mojo) throws Exception {
        assertThat(mojo.platforms()).containsExactly(Platform.LINUX_AMD64, Platform.LINUX_ARM64);
    }

    @Test
    void aPlatformThatIsWrittenAsNothingIsRefused() {
        assertThat(assertThrows(MojoFailureException.class, () -> ImagePlatforms.of(List.of())))
                .hasMessage("ml.image.platform: expected one of [linux/amd64, linux/arm64], found none. Correct it.");
        assertThat(assertThrows(
                        MojoFailureException.class,
                        () -> ImagePlatforms.of(Arrays.asList("linux/arm64", null, "mips"))))
                .hasMessage("ml.image.platform: expected one of [linux/amd64, linux/arm64], found \"\" and \"mips\"."
                        + " Correct it.");
    }

    @Test
    @InjectMojo(goal = "verify", pom = POM)
    @MojoParameter(name = "imagePlatform", value = "windows/amd64")
    void aPlatformThatIsNotThereIsRefused(VerifyMojo mojo) {
        assertThat(assertThrows(MojoFailureException.class, mojo::platforms))
                .hasMessage("ml.image.platform: expected one of [linux/amd64, linux/arm64], found \"windows/amd64\"."
                        + " Correct it.");
    }
}
