package io.github.mlmaven.verify;

import io.github.mlmaven.files.FileTree;
import io.github.mlmaven.model.exchange.ProbeReply;
import io.github.mlmaven.model.exchange.ProbeRequest;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Runs a model in a JVM of its own, on the class path that ships: neither a crash of native code nor a hostile model can
 * take the build down; time and heap are bounded, and nothing that was unpacked stays behind.
 */
final class EngineFork {

    /** The program that answers; named as text because nothing here may depend on what runs in the image. */
    static final String PROBE = "io.github.mlmaven.serving.probe.Probe";

    /** Without the locale a JVM could not open files with non-ASCII names, without the other two none on Windows. */
    private static final Set<String> KEPT_VARIABLES = Set.of("LANG", "LC_ALL", "LC_CTYPE", "SYSTEMROOT", "WINDIR");

    private final ForkSettings settings;
    private final String mainClass;

    EngineFork(ForkSettings settings) {
        this(settings, PROBE);
    }

    EngineFork(ForkSettings settings, String mainClass) {
        this.settings = settings;
        this.mainClass = mainClass;
    }

    /**
     * Loads the model and runs the cases.
     *
     * @param name the model's name; its folder and log below the work folder are named for it
     * @param request what to do
     * @param replies is given every answer, also those before a crash; never {@link ProbeReply.Done}
     * @throws ForkFailure when not everything was answered
     */
    void run(String name, ProbeRequest request, Consumer<ProbeReply> replies) throws ForkFailure {
        Path folder = folder(name, ProcessHandle.current().pid());
        Path log = settings.workFolder().resolve(name + ".log").toAbsolutePath();
        Path crash = settings.workFolder().resolve(name + ".hs_err.log").toAbsolutePath();
        try {
            sweep(name);
            Files.deleteIfExists(log);
            Files.deleteIfExists(crash);
            Files.createDirectories(folder.resolve("tmp"));
            try {
                run(folder, log, crash, request, replies);
            } finally {
                FileTree.delete(folder);
            }
        } catch (IOException e) {
            throw new ForkFailure(
                    "the forked JVM cannot be run",
                    "a JVM that starts",
                    String.valueOf(e.getMessage()),
                    "Check that the Java that runs Maven is complete and that the build folder is writable.");
        }
    }

    /** Of each build its own: two of the same project may run at the same time. */
    private Path folder(String name, long build) {
        return settings.workFolder().resolve(name + "." + build).toAbsolutePath();
    }

    /** Deletes what builds left behind that were killed. */
    private void sweep(String name) throws IOException {
        if (!Files.isDirectory(settings.workFolder())) {
            return;
        }
        Pattern ours = Pattern.compile(Pattern.quote(name) + "\\.([0-9]{1,18})");
        try (Stream<Path> files = Files.list(settings.workFolder())) {
            for (Path file : files.toList()) {
                Matcher build = ours.matcher(file.getFileName().toString());
                if (build.matches()
                        && ProcessHandle.of(Long.parseLong(build.group(1))).isEmpty()) {
                    FileTree.delete(file);
                }
            }
        }
        FileTree.delete(folder(name, ProcessHandle.current().pid()));
    }

    private void run(Path folder, Path log, Path crash, ProbeRequest request, Consumer<ProbeReply> replies)
            throws IOException, ForkFailure {
        Path requestFile = folder.resolve("request");
        Path replyFile = folder.resolve("reply");
        try (DataOutputStream out =
                new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(requestFile)))) {
            request.write(out);
        }
        Process process = start(folder, crash, requestFile, replyFile);
        process.getOutputStream().close();
        OutputTail output = OutputTail.of(process.getInputStream());
        ForkWatch.Ending ending = await(process);
        List<String> lines = output.end();
        ReplyFile.Progress progress = ReplyFile.read(replyFile, request, replies);
        if (ending == ForkWatch.Ending.EXITED && process.exitValue() == 0 && progress.done()) {
            return;
        }
        Files.write(log, lines);
        throw switch (ending) {
            case EXITED -> crashed(process.exitValue(), lines, progress, log);
            case TOO_SLOW -> tooSlow(progress);
            case TOO_LARGE -> tooLarge(progress);
        };
    }

    private Process start(Path folder, Path crash, Path requestFile, Path replyFile) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                settings.java().toString(),
                "-Xmx" + settings.heapMegabytes() + "m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:-CreateCoredumpOnCrash",
                "-XX:ErrorFile=" + crash,
                "-Djava.io.tmpdir=" + folder.resolve("tmp"),
                "-Djava.awt.headless=true",
                mainClass,
                requestFile.toString(),
                replyFile.toString()));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(variable -> !KEPT_VARIABLES.contains(variable.toUpperCase(Locale.ROOT)));
        // Not on the command line: ONNX Runtime's telemetry crashed on long ones, and Windows limits them.
        environment.put(
                "CLASSPATH",
                settings.classPath().stream()
                        .map(path -> path.toAbsolutePath().toString())
                        .collect(Collectors.joining(File.pathSeparator)));
        environment.put("ORT_DISABLE_TELEMETRY", "1");
        environment.put("TMPDIR", folder.resolve("tmp").toString());
        return builder.start();
    }

    private ForkWatch.Ending await(Process process) throws ForkFailure {
        try {
            return ForkWatch.await(process, settings.timeout(), settings.memoryMegabytes());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ForkFailure("the build was interrupted", "an answer", "none", "Run the build again.");
        }
    }

    private ForkFailure tooLarge(ReplyFile.Progress progress) {
        return new ForkFailure(
                "the forked JVM was ended because it took too much memory " + progress.doing(),
                "at most " + settings.memoryMegabytes() + " MiB",
                "more",
                "Raise ml.verify.memory if the model needs that much.");
    }

    private ForkFailure tooSlow(ReplyFile.Progress progress) {
        return new ForkFailure(
                "the forked JVM was ended because it took too long " + progress.doing(),
                "an answer within " + seconds() + " s",
                "none",
                "Raise ml.verify.timeout if the model needs that long.");
    }

    private String seconds() {
        return BigDecimal.valueOf(settings.timeout().toMillis(), 3)
                .stripTrailingZeros()
                .toPlainString();
    }

    private ForkFailure crashed(int exit, List<String> lines, ReplyFile.Progress progress, Path log) {
        if (lines.stream().anyMatch(line -> line.contains("java.lang.OutOfMemoryError"))) {
            return new ForkFailure(
                    "the forked JVM ran out of memory " + progress.doing(),
                    "at most " + settings.heapMegabytes() + " MiB of heap",
                    "java.lang.OutOfMemoryError",
                    "Raise ml.verify.heap, or use smaller golden data.");
        }
        String code = "exit code " + exit + (exit > 128 && exit < 160 ? " (signal " + (exit - 128) + ")" : "");
        return new ForkFailure(
                "the forked JVM ended " + progress.doing(),
                "exit code 0 and every answer",
                code + (lines.isEmpty() ? " without output" : ", its last output: " + OutputTail.last(lines)),
                "Everything that it printed is in " + place(log)
                        + "; a crash in native code is a fault of the engine or a hostile model.");
    }

    /** The end of a path, which in a build is the place in the project: {@code target/ml/fork/NAME.log}. */
    private static String place(Path file) {
        Path path = file.normalize();
        int names = path.getNameCount();
        return path.subpath(Math.max(0, names - 4), names).toString().replace(File.separatorChar, '/');
    }
}
