package io.github.mlmaven.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A build that is killed leaves a whole tar or none, and the next one succeeds. */
class KilledBuildTest {

    private static final int TIMES = 20;

    @TempDir
    Path folder;

    @Test
    void atAnyMoment() throws Exception {
        assumeTrue(Machine.current().platform().isPresent(), "needs Linux");
        Path tar = folder.resolve("target/add-sub-1.4.0-image.tar");
        start("first").waitFor();
        String whole = sha256(tar);
        long begin = System.nanoTime();
        Process measured = start("measured");
        measured.waitFor();
        long nanos = System.nanoTime() - begin;
        int whileRunning = 0;

        for (int i = 1; i <= TIMES; i++) {
            Process build = start("killed");
            // Spread over a build, whatever it takes on this machine; most of it is the server that is tried.
            if (!build.waitFor(nanos * i / TIMES, TimeUnit.NANOSECONDS)) {
                whileRunning++;
            }
            build.descendants().forEach(ProcessHandle::destroyForcibly);
            build.destroyForcibly().waitFor();
            if (Files.exists(tar)) {
                assertThat(sha256(tar)).as("killed at %d/%d", i, TIMES).isEqualTo(whole);
            }
        }

        assertThat(whileRunning).as("killed while they ran").isPositive();
        assertThat(start("last").waitFor()).isZero();
        assertThat(sha256(tar)).isEqualTo(whole);
    }

    private Process start(String name) throws IOException {
        return new ProcessBuilder(
                        Machine.current().java().toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        SampleProject.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".log").toFile())
                .start();
    }

    private static String sha256(Path file) throws IOException {
        return DigestUtils.sha256Hex(Files.readAllBytes(file));
    }
}
