package io.github.mlmaven.image;

import static java.util.concurrent.CompletableFuture.completedFuture;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandTest {

    @TempDir
    Path folder;

    @Test
    void keepsWhatAProgramSaysAndHowItEnds() throws Exception {
        Command.Result result = Command.run(List.of("sh", "-c", "echo one; echo two >&2; exit 3"), log());
        assertThat(result).isEqualTo(new Command.Result(3, "one\ntwo\n"));
        assertThat(result.summary()).isEqualTo("one / two");
    }

    @Test
    void endsAProgramThatDoesNotEnd() throws Exception {
        assertThatThrownBy(
                        () -> Command.run(List.of("sh", "-c", "echo $$; exec sleep 600"), log(), Duration.ofSeconds(1)))
                .isInstanceOf(ImageException.class)
                .hasMessageMatching("ML-IMAGE-BASE: jdk: sh does not end; expected its end within 1 s, found still"
                        + " running, last output: \\d+\\. Build again when the machine has less to do, or set"
                        + " ml\\.image\\.base to an image in a registry\\.");
        long pid = Long.parseLong(Files.readString(log()).strip());
        assertThat(ProcessHandle.of(pid).map(ProcessHandle::onExit).orElseGet(() -> completedFuture(null)))
                .succeedsWithin(Duration.ofSeconds(30));
    }

    private Path log() {
        return folder.resolve("log");
    }
}
