package io.github.mlmaven.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptFilesTest {

    private static final Instant NOW = Instant.now();

    @TempDir
    Path folder;

    @Test
    void deletesWhatNoBuildHasUsedForAMonthWithAllThatBelongsToIt() throws IOException {
        file("old.tar.gz", 31);
        file("old.txt", 31);
        file("used.tar.gz", 31);
        file("used.txt", 29);
        Files.createDirectories(folder.resolve("linked/bin"));
        file("linked/bin/java", 31);
        Files.setLastModifiedTime(folder.resolve("linked"), daysAgo(31));
        file("linked.sha256", 31);

        KeptFiles.sweep(folder, NOW);

        assertThat(names()).containsExactly("used.tar.gz", "used.txt");
    }

    @Test
    void whatCannotBeDeletedKeepsNoBuildFromGoingOn() throws IOException {
        assumeFalse(Files.isWritable(Path.of("/proc/1/mem")), "root may delete everything");
        Path locked = Files.createDirectories(folder.resolve("locked/of another user"));
        Files.setLastModifiedTime(locked.getParent(), daysAgo(31));
        file("old.txt", 31);
        Files.setPosixFilePermissions(locked.getParent(), PosixFilePermissions.fromString("r-xr-xr-x"));
        try {
            KeptFiles.sweep(folder, NOW);
        } finally {
            Files.setPosixFilePermissions(locked.getParent(), PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        assertThat(names()).containsExactly("locked");
    }

    @Test
    void buildsSweepAtTheSameTime() throws Exception {
        for (int i = 0; i < 500; i++) {
            file("old" + i + ".txt", 31);
        }
        CompletableFuture<Void> other = CompletableFuture.runAsync(
                () -> assertThatCode(() -> KeptFiles.sweep(folder, NOW)).doesNotThrowAnyException());
        KeptFiles.sweep(folder, NOW);
        other.get();
        assertThat(names()).isEmpty();
    }

    @Test
    void whatIsUsedIsKept() throws IOException {
        file("runtime.sha256", 400);

        KeptFiles.use(folder.resolve("runtime.sha256"));
        KeptFiles.sweep(folder, NOW);

        assertThat(names()).containsExactly("runtime.sha256");
    }

    private void file(String name, int days) throws IOException {
        Path file = Files.writeString(folder.resolve(name), name);
        Files.setLastModifiedTime(file, daysAgo(days));
    }

    private static FileTime daysAgo(int days) {
        return FileTime.from(NOW.minus(Duration.ofDays(days)));
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .sorted()
                    .toList();
        }
    }
}
