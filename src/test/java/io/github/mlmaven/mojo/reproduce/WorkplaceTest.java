package io.github.mlmaven.mojo.reproduce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkplaceTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private Path log;

    @BeforeEach
    void needAShell() {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")));
        log = folder.resolve("log");
    }

    @Test
    void whatAProcessPrintsIsInTheLogAndTheFolderIsDeleted() throws Exception {
        Path place = folder.resolve("place");
        Files.createDirectories(place.resolve("left/by/an earlier build"));
        try (Workplace workplace = Workplace.open(place)) {
            assertThat(place).isEmptyDirectory();
            int exit = run(workplace, "echo $TZ; echo no >&2; touch here; exit 3", LONG);
            assertThat(exit).isEqualTo(3);
            assertThat(log).hasContent("Asia/Kathmandu\nno");
            assertThat(place.resolve("here")).exists();
        }
        assertThat(place).doesNotExist();
    }

    @Test
    void aProcessThatTakesTooLongIsEndedWithAllThatItStarted() throws Exception {
        try (Workplace workplace = Workplace.open(folder.resolve("place"))) {
            assertThat(run(workplace, "sleep 600 & echo $!; wait", Duration.ofMillis(500)))
                    .isEqualTo(-1);
        }
        assertThatItEnds();
    }

    @Test
    void anInterruptedBuildLeavesNothingBehind() throws Exception {
        Path place = folder.resolve("place");
        Thread build = Thread.currentThread();
        Thread interrupter = new Thread(() -> {
            try {
                while (!Files.exists(log) || Files.size(log) == 0) {
                    TimeUnit.MILLISECONDS.sleep(20);
                }
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
            build.interrupt();
        });
        interrupter.start();
        try (Workplace workplace = Workplace.open(place)) {
            assertThrows(InterruptedException.class, () -> run(workplace, "sleep 600 & echo $!; wait", LONG));
        }
        assertThatItEnds();
        assertThat(place).doesNotExist();
    }

    @Test
    void anotherMachineHasAnotherUmask() throws Exception {
        assumeTrue(folder.getFileSystem().supportedFileAttributeViews().contains("posix"));
        Path probe = Files.createFile(folder.resolve("probe"));
        Path made = folder.resolve("made");
        List<String> command = elsewhere().command(List.of("/bin/sh", "-c", "touch \"$0\"", made.toString()), probe);
        try (Workplace workplace = Workplace.open(folder.resolve("place"))) {
            assertThat(workplace.run(command, folder, Map.of(), log, LONG)).isZero();
        }
        assertThat(Files.getPosixFilePermissions(made)).isNotEqualTo(Files.getPosixFilePermissions(probe));
    }

    private int run(Workplace workplace, String script, Duration timeout) throws IOException, InterruptedException {
        return workplace.run(
                List.of("/bin/sh", "-c", script),
                folder.resolve("place"),
                elsewhere().environment(),
                log,
                timeout);
    }

    private static Elsewhere elsewhere() {
        return Elsewhere.than(ZoneId.of("UTC"), Locale.ROOT);
    }

    private void assertThatItEnds() throws Exception {
        long pid = Long.parseLong(Files.readString(log).strip());
        ProcessHandle.of(pid)
                .ifPresent(process ->
                        process.onExit().orTimeout(10, TimeUnit.SECONDS).join());
    }
}
