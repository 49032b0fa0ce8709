package io.github.mlmaven.image.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** In a JVM of its own, as in this one Jib may have been used already. */
class JibDigitsTest {

    @Test
    void aDigestIsReadWhereDigitsAreNotAscii() throws Exception {
        Process program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Duser.language=ar",
                        "-Duser.country=EG",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ArabicProgram.class.getName())
                .redirectErrorStream(true)
                .start();

        assertThat(program.getInputStream().readAllBytes())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("acme/model ar_EG");
        assertThat(program.waitFor()).isZero();
    }
}
