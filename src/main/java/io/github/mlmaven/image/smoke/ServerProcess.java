package io.github.mlmaven.image.smoke;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server that was started as a process of its own; closing kills it if it is still there. */
public final class ServerProcess implements AutoCloseable {

    private static final Pattern READY = Pattern.compile("ready on port (\\d{1,5})");
    private static final List<String> KEPT = List.of("HOME", "SystemRoot", "TEMP", "TMP", "TMPDIR", "USERPROFILE");
    private static final int LAST_LINES = 5;
    private static final int LINE_LENGTH = 300;
    private static final Duration KILL = Duration.ofSeconds(10);

    private final Process process;
    private final Thread reader;
    private final Thread killer;
    private final CompletableFuture<Integer> port = new CompletableFuture<>();
    private final Deque<String> lastLines = new ArrayDeque<>();

    private ServerProcess(Process process, Path log) {
        this.process = process;
        this.reader = new Thread(() -> read(log), "smoke-test-output");
        reader.setDaemon(true);
        reader.start();
        // Ends with a build that is ended, too.
        this.killer = new Thread(process::destroyForcibly, "smoke-test-end");
        Runtime.getRuntime().addShutdownHook(killer);
    }

    /**
     * Starts a server.
     *
     * @param command the command
     * @param environment its environment, beyond what a process needs on this machine
     * @param log the file for all that it prints
     */
    public static ServerProcess start(List<String> command, Map<String, String> environment, Path log)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        // What the build's shell has set is not in a container either.
        builder.environment().keySet().retainAll(KEPT);
        builder.environment().putAll(environment);
        return new ServerProcess(builder.redirectErrorStream(true).start(), log);
    }

    /** Waits for the line that says that it is ready, and on which port. */
    public int awaitReady(Duration timeout) throws ServerException, InterruptedException {
        String expected = "a line \"ready on port N\" within " + timeout.toSeconds() + " s";
        try {
            int ready = port.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            if (ready >= 0) {
                return ready;
            }
            if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new ServerException(
                        "what the packaged server prints could not be written to its log",
                        expected,
                        "no such line" + lastLines());
            }
            throw new ServerException(
                    "the packaged server ended before it was ready",
                    expected,
                    "exit code " + process.exitValue() + lastLines());
        } catch (TimeoutException e) {
            throw new ServerException("the packaged server did not get ready", expected, "no such line" + lastLines());
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Asks it to end, as a container's engine does, and expects that it ends well. */
    public void stop(Duration timeout) throws ServerException, InterruptedException {
        String expected = "exit code 0 within " + timeout.toSeconds() + " s of SIGTERM";
        if (!process.isAlive()) {
            throw new ServerException(
                    "the packaged server ended by itself", expected, "exit code " + process.exitValue() + lastLines());
        }
        process.destroy();
        if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new ServerException("the packaged server does not stop", expected, "still running" + lastLines());
        }
        // Where a process cannot be asked to end, it was killed, and its exit code says nothing.
        if (process.supportsNormalTermination() && process.exitValue() != 0) {
            throw new ServerException(
                    "the packaged server did not stop cleanly",
                    expected,
                    "exit code " + process.exitValue() + lastLines());
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        forgetKiller();
        try {
            process.waitFor(KILL.toMillis(), TimeUnit.MILLISECONDS);
            reader.join(KILL.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void forgetKiller() {
        try {
            Runtime.getRuntime().removeShutdownHook(killer);
        } catch (IllegalStateException e) {
            // The build is being ended already, and this is what the hook is for.
            killer.interrupt();
        }
    }

    private void read(Path log) {
        try (BufferedReader in =
                        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
                BufferedWriter out = Files.newBufferedWriter(log, StandardCharsets.UTF_8)) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                out.write(line);
                out.write('\n');
                out.flush();
                remember(line);
                Matcher ready = READY.matcher(line);
                if (ready.find()) {
                    port.complete(Integer.parseInt(ready.group(1)));
                }
            }
        } catch (IOException e) {
            remember("(output lost: " + e.getMessage() + ")");
        } finally {
            port.complete(-1);
        }
    }

    private synchronized void remember(String line) {
        if (line.isBlank()) {
            return;
        }
        lastLines.add(line.length() > LINE_LENGTH ? line.substring(0, LINE_LENGTH) + "…" : line);
        if (lastLines.size() > LAST_LINES) {
            lastLines.remove();
        }
    }

    private synchronized String lastLines() {
        return lastLines.isEmpty() ? ", without any output" : ", last output: " + String.join(" / ", lastLines);
    }
}
