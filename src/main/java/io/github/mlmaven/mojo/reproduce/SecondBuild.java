package io.github.mlmaven.mojo.reproduce;

import io.github.mlmaven.files.ArgumentFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Builds a project from scratch on a copy: first from what the local repository has, and with a network if that fails. */
final class SecondBuild {

    /** How it ended. */
    sealed interface Outcome {
        /** All of the build is here. */
        record Built(Path copy) implements Outcome {}

        /** It failed, or took too long. */
        record Failed(String message, String expected, String found, String next) implements Outcome {}
    }

    private final ReproduceRequest request;
    private final BuildRoot root;
    private final Workplace workplace;
    private final Consumer<String> log;

    SecondBuild(ReproduceRequest request, BuildRoot root, Workplace workplace, Consumer<String> log) {
        this.request = request;
        this.root = root;
        this.workplace = workplace;
        this.log = log;
    }

    Outcome run() throws IOException, InterruptedException {
        long begin = System.nanoTime();
        Path copy = workplace.file("offline");
        List<Path> leftOut = BuildCopy.copy(root, copy);
        if (!leftOut.isEmpty()) {
            log.accept("left out of the second build, because they lead out of " + root.folder() + ": " + leftOut);
        }
        int exit = maven(copy, true, request.timeout());
        if (exit > 0 && !request.session().isOffline() && missedTheNetwork()) {
            log.accept("not everything is in the local repository: building with the network");
            copy = workplace.file("online");
            BuildCopy.copy(root, copy);
            exit = maven(copy, false, request.timeout().minusNanos(System.nanoTime() - begin));
        }
        return exit == 0 ? new Outcome.Built(copy) : failed(exit);
    }

    private int maven(Path copy, boolean offline, Duration timeout) throws IOException, InterruptedException {
        MavenLauncher maven = MavenLauncher.current();
        Elsewhere place = Elsewhere.than(ZoneId.systemDefault(), Locale.getDefault());
        Path file = workplace.file(copy.getFileName() + ".arguments");
        List<String> arguments = new MavenArguments(root, copy).of(request.session(), request.project(), offline);
        ArgumentFile.writeSecret(file, maven.arguments(place, root.in(copy, root.top()), arguments));
        Files.writeString(request.log(), "");
        return workplace.run(
                place.command(List.of(maven.java().toString(), "@" + file), request.log()),
                root.in(copy, root.directory()),
                place.environment(),
                request.log(),
                timeout);
    }

    private boolean missedTheNetwork() throws IOException {
        return BuildLog.reasons(request.log()).stream().anyMatch(line -> line.contains("offline"));
    }

    private Outcome.Failed failed(int exit) throws IOException {
        return exit < 0
                ? new Outcome.Failed(
                        "the second build was ended because it took too long",
                        "an end within " + request.timeout().toSeconds() + " s",
                        "none",
                        "Raise ml.reproduce.timeout if the build needs that long.")
                : new Outcome.Failed(
                        "the second build failed",
                        "exit code 0",
                        "exit code " + exit + ": " + String.join(" / ", BuildLog.reasons(request.log())),
                        "Read the log: it ran in another folder, time zone and language, without version control.");
    }
}
