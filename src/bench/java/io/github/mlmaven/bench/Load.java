package io.github.mlmaven.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** A generator of requests. */
sealed interface Load permits Wrk, H2load, OddClients {

    /**
     * What it measured.
     *
     * @param requests answered
     * @param seconds it took
     * @param p50Micros half of them were answered within
     * @param p99Micros all but one of a hundred were answered within
     */
    record Report(long requests, double seconds, double p50Micros, double p99Micros) {}

    /** Sends requests for so long; fails when one of them was not answered as it must be. */
    Report run(int port, int seconds) throws IOException, InterruptedException, BenchException;

    /** The tools that are missing here, as what to install. */
    static Optional<String> missing() {
        return List.of("wrk wrk", "h2load nghttp2-client", "taskset util-linux").stream()
                .map(tool -> tool.split(" "))
                .filter(tool -> !onPath(tool[0]))
                .map(tool -> tool[0] + " is missing; on Debian: apt-get install " + tool[1])
                .reduce((a, b) -> a + "\n" + b);
    }

    private static boolean onPath(String tool) {
        for (String folder : System.getenv("PATH").split(":")) {
            if (java.nio.file.Files.isExecutable(java.nio.file.Path.of(folder, tool))) {
                return true;
            }
        }
        return false;
    }

    /** The whole output of a command, which must succeed. */
    static String output(List<String> command) throws IOException, InterruptedException, BenchException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new BenchException(command.get(0) + " ended with " + process.exitValue() + ": " + output);
        }
        return output;
    }
}
