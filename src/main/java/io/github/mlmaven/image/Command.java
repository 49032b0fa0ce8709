package io.github.mlmaven.image;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.FindingId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Runs one of the JDK's programs to its end. */
final class Command {

    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final int LAST_LINES = 3;
    private static final Pattern THROWN = Pattern.compile("[\\w.$]+(Exception|Error): ");

    private Command() {}

    /**
     * What it wrote, and how it ended.
     *
     * @param exit its exit code
     * @param output standard output and error
     */
    record Result(int exit, String output) {
        /** The last lines that say something, on one line; a stack trace says nothing to the user. */
        String summary() {
            List<String> lines = output.lines()
                    .filter(l -> !l.isBlank()
                            && !l.startsWith("\tat ")
                            && !THROWN.matcher(l).lookingAt())
                    .toList();
            return String.join(" / ", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
        }
    }

    /**
     * Runs it, with its output in a log file; ends it when the build is interrupted.
     *
     * @throws ImageException when it takes longer than anybody would wait for it
     */
    static Result run(List<String> command, Path log) throws ImageException, IOException, InterruptedException {
        return run(command, log, LIMIT);
    }

    static Result run(List<String> command, Path log, Duration limit)
            throws ImageException, IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command);
        // Options meant for the build's own JVM are not for this one, which would also print them.
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS", "JDK_JAVA_OPTIONS"));
        // Messages in English, and paths in any script.
        builder.environment().put("LC_ALL", "C.UTF-8");
        Process process =
                builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
        try {
            process.getOutputStream().close();
            boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
            String output = new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
            if (!ended) {
                throw new ImageException(endless(command, limit, new Result(-1, output)));
            }
            return new Result(process.exitValue(), output);
        } finally {
            process.destroyForcibly();
        }
    }

    private static Finding endless(List<String> command, Duration limit, Result soFar) {
        String last = soFar.summary();
        return Finding.of(
                FindingId.IMAGE_BASE,
                "jdk",
                Path.of(command.get(0)).getFileName() + " does not end",
                "its end within " + limit.toSeconds() + " s",
                "still running, " + (last.isEmpty() ? "without any output" : "last output: " + last),
                "Build again when the machine has less to do, or set ml.image.base to an image in a registry.");
    }
}
