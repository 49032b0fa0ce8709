package io.github.mlmaven.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** gRPC by h2load: HTTP/2 without TLS, one call at a time on each connection, a fixed body. */
final class H2load implements Load {

    private static final Pattern REQUESTS = Pattern.compile(
            "requests: \\d+ total, \\d+ started, (\\d+) done, (\\d+) succeeded, (\\d+) failed, (\\d+) errored");
    private static final Pattern DATA = Pattern.compile("\\((\\d+)\\) data");
    private static final Pattern FINISHED = Pattern.compile("finished in ([\\d.]+)(ms|s|us)");

    private final Message message;
    private final int replyBytes;
    private final int connections;
    private final boolean pinned;
    private final Path body;
    private final Path log;

    /**
     * A generator.
     *
     * @param replyBytes the length of a good reply: a failed call answers 200, too, but has no message
     */
    H2load(Message message, int replyBytes, int connections, boolean pinned, Path folder) throws IOException {
        Files.createDirectories(folder);
        this.message = message;
        this.replyBytes = replyBytes;
        this.connections = connections;
        this.pinned = pinned;
        this.body = Files.write(folder.resolve("body"), message.body());
        this.log = folder.resolve("requests.log");
    }

    @Override
    public Report run(int port, int seconds) throws IOException, InterruptedException, BenchException {
        Files.deleteIfExists(log);
        List<String> command = new ArrayList<>(List.of(
                "h2load",
                "-t1",
                "-c" + connections,
                "-m1",
                "-D" + seconds,
                "--log-file=" + log,
                "-d",
                body.toString()));
        message.headers().forEach((name, value) -> command.addAll(List.of("-H", name + ": " + value)));
        command.add("http://127.0.0.1:" + port + message.path());
        String output = Load.output(pinned ? ServerProcess.onCore(1, command) : command);
        Matcher requests = find(REQUESTS, output);
        long done = Long.parseLong(requests.group(2));
        if (done == 0 || !requests.group(3).equals("0") || !requests.group(4).equals("0")) {
            throw new BenchException("not all gRPC requests succeeded: " + requests.group());
        }
        long expected = done * replyBytes;
        long data = Long.parseLong(find(DATA, output).group(1));
        // Calls that are under way at the end count in one of the figures only.
        if (Math.abs(data - expected) > (long) connections * replyBytes) {
            throw new BenchException("gRPC replies without a message: expected " + expected + " bytes, found " + data);
        }
        double[] micros = micros();
        return new Report(done, seconds(output), Percentiles.of(micros, 50), Percentiles.of(micros, 99));
    }

    private static double seconds(String output) throws BenchException {
        Matcher finished = find(FINISHED, output);
        double value = Double.parseDouble(finished.group(1));
        return switch (finished.group(2)) {
            case "us" -> value / 1e6;
            case "ms" -> value / 1e3;
            default -> value;
        };
    }

    /** The times of all requests, sorted: the third column of the log. */
    private double[] micros() throws IOException {
        try (var lines = Files.lines(log)) {
            return lines.mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf('\t') + 1)))
                    .sorted()
                    .toArray();
        }
    }

    private static Matcher find(Pattern pattern, String output) throws BenchException {
        Matcher matcher = pattern.matcher(output);
        if (!matcher.find()) {
            throw new BenchException("h2load printed no result: " + output);
        }
        return matcher;
    }
}
