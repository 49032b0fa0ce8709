package io.github.mlmaven.image;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Programs of the machine that some tests need. */
public final class Tool {

    private Tool() {}

    /** Skips the test when a program is missing or does not work, or fails it where all of them must be there. */
    public static void require(String... command) throws InterruptedException {
        boolean works;
        try {
            works = start(command).waitFor() == 0;
        } catch (IOException e) {
            works = false;
        }
        String message = "needs a working " + String.join(" ", command);
        if (!works && "true".equals(System.getenv("ML_REQUIRE_DOCKER"))) {
            fail(message);
        }
        if (!works) {
            System.out.println("skipped: the test " + message);
        }
        assumeTrue(works, message);
    }

    /** Runs a program, and gives what it printed. */
    public static String run(String... command) throws IOException, InterruptedException {
        Process process = start(command);
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + ": exit code " + process.exitValue() + "\n" + output);
        }
        return output.strip();
    }

    private static Process start(String... command) throws IOException {
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }
}
