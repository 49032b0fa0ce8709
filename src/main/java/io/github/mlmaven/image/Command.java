package io.github.mlmaven.image;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Runs one of the JDK's programs to its end. */
final class Command {

    private Command() {}

    /**
     * What it wrote, and how it ended.
     *
     * @param exit its exit code
     * @param output standard output and error
     */
    record Result(int exit, String output) {
        /** The last lines that say something, on one line. */
        String summary() {
            List<String> lines = output.lines().filter(l -> !l.isBlank()).toList();
            return String.join(" / ", lines.subList(Math.max(0, lines.size() - 3), lines.size()));
        }
    }

    /** Runs it, with its output in a log file; ends it when the build is interrupted. */
    static Result run(List<String> command, Path log) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command);
        // Options meant for the build's own JVM are not for this one, which would also print them.
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS", "JDK_JAVA_OPTIONS"));
        builder.environment().put("LC_ALL", "C");
        Process process =
                builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
        try {
            process.getOutputStream().close();
            int exit = process.waitFor();
            return new Result(exit, new String(Files.readAllBytes(log), StandardCharsets.UTF_8));
        } finally {
            process.destroyForcibly();
        }
    }
}
