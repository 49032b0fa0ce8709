package io.github.mlmaven.mojo.reproduce;

import io.github.mlmaven.files.FileTree;
import io.github.mlmaven.verify.ForkWatch;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/** The folder of a second build and the process in it; whatever ends this build, neither stays behind. */
final class Workplace implements AutoCloseable {

    private static final int NO_LIMIT = Integer.MAX_VALUE;

    private final Path folder;
    private final AtomicReference<Process> running = new AtomicReference<>();
    private final Thread end = new Thread(this::end, "ml-reproduce-end");

    private Workplace(Path folder) {
        this.folder = folder;
    }

    /** An empty folder; what an earlier build that was killed has left there is gone. */
    static Workplace open(Path folder) throws IOException {
        FileTree.delete(folder);
        Files.createDirectories(folder);
        Workplace workplace = new Workplace(folder);
        Runtime.getRuntime().addShutdownHook(workplace.end);
        return workplace;
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    /**
     * Runs a command to its end, and ends it by force when that takes too long or this build is interrupted.
     *
     * @param command the command
     * @param directory where it runs
     * @param environment what it sees besides the variables of this process
     * @param log all that it prints
     * @return its exit code; -1 when it took too long
     */
    int run(List<String> command, Path directory, Map<String, String> environment, Path log, Duration timeout)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(nothing()));
        builder.environment().putAll(environment);
        Process process = builder.start();
        running.set(process);
        return ForkWatch.await(process, timeout, NO_LIMIT) == ForkWatch.Ending.EXITED ? process.exitValue() : -1;
    }

    private static File nothing() {
        boolean windows = File.separatorChar == '\\';
        return new File(windows ? "NUL" : "/dev/null");
    }

    private void end() {
        Process process = running.get();
        if (process != null) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().onExit().join();
        }
        try {
            FileTree.delete(folder);
        } catch (IOException e) {
            // Nobody is left to be told; the next second build tries again.
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        try {
            Runtime.getRuntime().removeShutdownHook(end);
        } catch (IllegalStateException e) {
            // This build is being ended, and the hook deletes the folder.
            return;
        }
        FileTree.delete(folder);
    }
}
