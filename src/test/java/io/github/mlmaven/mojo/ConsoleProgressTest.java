package io.github.mlmaven.mojo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.maven.monitor.logging.DefaultLog;
import org.codehaus.plexus.logging.AbstractLogger;
import org.codehaus.plexus.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ConsoleProgressTest {

    private static final long MEGABYTE = 1_000_000;

    private final List<String> logged = new ArrayList<>();
    private final ByteArrayOutputStream console = new ByteArrayOutputStream();

    @Test
    void aLineTellsHowMuchHowFastAndHowLong() {
        assertThat(ConsoleProgress.line(
                        "Writing the image", 250 * MEGABYTE, 1000 * MEGABYTE, TimeUnit.MILLISECONDS.toNanos(500)))
                .isEqualTo(
                        "Writing the image: [=======                       ] 250.0 of 1000.0 MB, 500 MB/s, 2 s left");
    }

    @Test
    void theEndTellsTheRate() {
        assertThat(ConsoleProgress.end("Writing the image", 1000 * MEGABYTE, TimeUnit.MILLISECONDS.toNanos(2500)))
                .isEqualTo("Writing the image: 1000.0 MB in 2.5 s, 400 MB/s");
    }

    @Test
    void withoutATerminalTheLogHasTheEnd() throws Exception {
        write(false, Logger.LEVEL_INFO, 70 * MEGABYTE);

        assertThat(logged).singleElement().asString().matches("Writing: 70\\.0 MB in \\d+\\.\\d s, \\d+ MB/s");
        assertThat(console.size()).isZero();
    }

    @Test
    void onATerminalNothingOfTheBarStays() throws Exception {
        write(true, Logger.LEVEL_INFO, 70 * MEGABYTE);

        String all = console.toString(StandardCharsets.UTF_8);
        assertThat(all.substring(all.lastIndexOf('\r', all.length() - 2))).isBlank();
        assertThat(logged).hasSize(1);
    }

    @Test
    void quietMeansQuietAndWhatIsSoonDoneIsNotTold() throws Exception {
        write(false, Logger.LEVEL_ERROR, 70 * MEGABYTE);
        write(true, Logger.LEVEL_ERROR, 70 * MEGABYTE);
        write(true, Logger.LEVEL_INFO, 60 * MEGABYTE);

        assertThat(logged).isEmpty();
        assertThat(console.size()).isZero();
    }

    private void write(boolean terminal, int level, long bytes) throws IOException {
        ConsoleProgress progress = new ConsoleProgress(
                new DefaultLog(new Recorder(level)), new PrintStream(console, true, StandardCharsets.UTF_8), terminal);
        OutputStream out = progress.watch("Writing", bytes, OutputStream.nullOutputStream());
        byte[] part = new byte[(int) MEGABYTE];
        for (long written = 0; written < bytes; written += part.length) {
            out.write(part);
        }
    }

    private final class Recorder extends AbstractLogger {

        Recorder(int level) {
            super(level, "test");
        }

        @Override
        public void info(String message, @Nullable Throwable thrown) {
            logged.add(message);
        }

        @Override
        public void debug(String message, @Nullable Throwable thrown) {}

        @Override
        public void warn(String message, @Nullable Throwable thrown) {}

        @Override
        public void error(String message, @Nullable Throwable thrown) {}

        @Override
        public void fatalError(String message, @Nullable Throwable thrown) {}

        @Override
        public Logger getChildLogger(String name) {
            return this;
        }
    }
}
