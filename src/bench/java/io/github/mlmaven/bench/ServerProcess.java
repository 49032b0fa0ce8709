package io.github.mlmaven.bench;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A peer's process. */
final class ServerProcess implements AutoCloseable {

    private static final Pattern RSS = Pattern.compile("VmRSS:\\s+(\\d+) kB");

    private final Process process;
    private final long startNanos;
    private final Path log;

    private ServerProcess(Process process, long startNanos, Path log) {
        this.process = process;
        this.startNanos = startNanos;
        this.log = log;
    }

    /** Starts it; what it prints goes to a file. */
    static ServerProcess start(List<String> command, Map<String, String> environment, Path log) throws IOException {
        Files.createDirectories(log.getParent());
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("ORT_DISABLE_TELEMETRY", "1");
        builder.environment().putAll(environment);
        long startNanos = System.nanoTime();
        return new ServerProcess(builder.start(), startNanos, log);
    }

    /** A port that was free a moment ago. */
    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** The command on one core only. */
    static List<String> onCore(int core, List<String> command) {
        List<String> pinned = new ArrayList<>(List.of("taskset", "-c", String.valueOf(core)));
        pinned.addAll(command);
        return pinned;
    }

    /** {@link System#nanoTime} just before the process was started. */
    long startNanos() {
        return startNanos;
    }

    /** The processor time that it has used, user and system. */
    Duration cpu() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** What it holds of the machine's memory. */
    long rssBytes() throws IOException {
        return rssBytes(process.pid());
    }

    /** What a process holds of the machine's memory. */
    static long rssBytes(long pid) throws IOException {
        Matcher rss = RSS.matcher(Files.readString(Path.of("/proc/" + pid + "/status")));
        if (!rss.find()) {
            throw new IOException("no VmRSS of process " + pid);
        }
        return Long.parseLong(rss.group(1)) * 1024;
    }

    void checkAlive() throws BenchException, IOException {
        if (!process.isAlive()) {
            throw new BenchException("the process ended with " + process.exitValue() + ": " + output());
        }
    }

    /** Refuses a stack trace in what it printed: a client that a reply never reached may not have noticed. */
    void checkHandled() throws BenchException, IOException {
        List<String> lines = Files.readAllLines(log);
        for (int i = 1; i < lines.size(); i++) {
            if (lines.get(i).startsWith("\tat ")) {
                throw new BenchException("the server printed a stack trace, see " + log + ": "
                        + lines.get(i - 1).strip() + " " + lines.get(i).strip());
            }
        }
    }

    private String output() throws IOException {
        List<String> lines = Files.readAllLines(log);
        return String.join("; ", lines.subList(Math.max(0, lines.size() - 5), lines.size()));
    }

    /** SIGTERM, as a platform ends it: a JVM writes its archive then. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (process.waitFor(60, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
    }
}
