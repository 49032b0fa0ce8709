package io.github.mlmaven.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.mlmaven.verify.golden.Tolerance;
import io.github.mlmaven.verify.golden.Tolerances;
import java.lang.reflect.Field;
import java.util.List;
import java.util.Map;
import org.apache.maven.api.plugin.testing.InjectMojo;
import org.apache.maven.api.plugin.testing.MojoParameter;
import org.apache.maven.api.plugin.testing.MojoTest;
import org.apache.maven.plugin.MojoFailureException;
import org.junit.jupiter.api.Test;

/** How a pom's configuration and the defaults reach the goals. */
@MojoTest
class MojoParametersTest {

    private static final String POM = "classpath:/mojo/pom.xml";

    @Test
    @InjectMojo(goal = "verify", pom = POM)
    void thePomConfiguresVerification(VerifyMojo mojo) throws Exception {
        assertThat(value(mojo, "verifyTimeout")).isEqualTo(7);
        assertThat(mojo.tolerances())
                .isEqualTo(Map.of(
                        "fraud",
                        new Tolerances(
                                new Tolerance(0.5, 0.25),
                                Map.of("label", new Tolerance(0.5, 0), "probabilities", new Tolerance(1e-3, 0.25)))));
    }

    @Test
    @InjectMojo(goal = "verify", pom = POM)
    void whatThePomLeavesOutHasADefault(VerifyMojo mojo) throws Exception {
        assertThat(value(mojo, "verifyHeap")).isEqualTo(1024);
        assertThat(value(mojo, "verifyMemory")).isEqualTo(8192);
        assertThat(value(mojo, "goldenRtol")).isEqualTo(1e-4);
        assertThat(value(mojo, "imagePlatform")).isEqualTo("linux/amd64");
        assertThat(String.valueOf(value(mojo, "lockFile"))).endsWith("ml.lock");
        assertThat(mojo.modelDirectory()).endsWithRaw(java.nio.file.Path.of("src/main/model"));
        assertThat(mojo.goldenDirectory()).endsWithRaw(java.nio.file.Path.of("src/test/model"));
    }

    @Test
    @InjectMojo(goal = "image", pom = POM)
    void thePomConfiguresTheImage(ImageMojo mojo) throws Exception {
        assertThat(value(mojo, "imageBase")).isEqualTo("jdk");
        assertThat(value(mojo, "imageModules")).isEqualTo(List.of("java.sql", "java.xml"));
        assertThat(value(mojo, "labels")).isEqualTo(Map.of("team", "risk"));
        assertThat(value(mojo, "smokeTimeout")).isEqualTo(60);
    }

    @Test
    @InjectMojo(goal = "embed", pom = POM)
    void thePomNamesTheEntrypoint(EmbedMojo mojo) throws Exception {
        assertThat(value(mojo, "packageName")).isEqualTo("org.example");
        assertThat(value(mojo, "className")).isNull();
    }

    @Test
    @InjectMojo(goal = "image", pom = POM)
    void theImageIsJudgedByTheToleranceOfVerification(ImageMojo mojo) throws Exception {
        assertThat(mojo.tolerancesOf("fraud").output("score")).isEqualTo(new Tolerance(0.5, 0.25));
        assertThat(mojo.tolerancesOf("fraud").output("probabilities")).isEqualTo(new Tolerance(1e-3, 0.25));
        assertThat(mojo.tolerancesOf("another").output("score")).isEqualTo(new Tolerance(0.5, 1e-4));
    }

    @Test
    void aNumberThatIsNotPositiveIsRefused() {
        assertThat(assertThrows(
                        MojoFailureException.class, () -> AbstractModelMojo.positive("ml.verify.heap", 0, "MiB")))
                .hasMessage("ml.verify.heap: expected a positive number of MiB, found 0. Correct it.");
    }

    @Test
    @InjectMojo(goal = "verify", pom = POM)
    @MojoParameter(name = "goldenAtol", value = "-1")
    void aNegativeToleranceIsRefused(VerifyMojo mojo) {
        assertThat(assertThrows(MojoFailureException.class, mojo::tolerances))
                .hasMessage(
                        "ml.golden: atol and rtol are finite and zero or more: -1.0, 1.0E-4. Correct the tolerance.");
    }

    @Test
    @InjectMojo(goal = "verify", pom = POM)
    @MojoParameter(name = "imagePlatform", value = "windows/amd64")
    void aPlatformThatIsNotThereIsRefused(VerifyMojo mojo) {
        assertThat(assertThrows(MojoFailureException.class, mojo::platform))
                .hasMessage("ml.image.platform: expected one of [linux/amd64, linux/arm64], found \"windows/amd64\"."
                        + " Correct it.");
    }

    @Test
    @InjectMojo(goal = "verify", pom = POM)
    @MojoParameter(name = "skip", value = "true")
    void aSkippedGoalDoesNothing(VerifyMojo mojo) throws Exception {
        mojo.execute();
        assertThat(mojo.getPluginContext()).isNullOrEmpty();
    }

    private static Object value(Object mojo, String parameter) throws ReflectiveOperationException {
        for (Class<?> type = mojo.getClass(); type != null; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (field.getName().equals(parameter)) {
                    field.setAccessible(true);
                    return field.get(mojo);
                }
            }
        }
        throw new NoSuchFieldException(parameter);
    }
}
