package io.github.mlmaven.mojo;

import io.github.mlmaven.image.ImageProgress;
import java.io.Console;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.apache.maven.plugin.logging.Log;

/**
 * Tells how far long writing has got: on a terminal in one line that changes, elsewhere in a line now and then with the
 * rate, and not at all with {@code -q}. What is soon done is not told.
 */
final class ConsoleProgress implements ImageProgress {

    /** Bytes that no disk takes a noticeable time for. */
    private static final long SOON_DONE = 64 << 20;

    private static final double MEGABYTE = 1e6;
    private static final long TERMINAL_MILLIS = 200;
    private static final long LOG_MILLIS = 10_000;
    private static final int WIDTH = 30;

    private final Log log;
    private final PrintStream console;
    private final boolean terminal;

    ConsoleProgress(Log log) {
        this(log, System.out, isTerminal() && System.getenv("CI") == null);
    }

    ConsoleProgress(Log log, PrintStream console, boolean terminal) {
        this.log = log;
        this.console = console;
        this.terminal = terminal;
    }

    @SuppressWarnings("SystemConsoleNull") // the reason for asking twice
    private static boolean isTerminal() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            // From JDK 22 on there is always a console.
            return Boolean.TRUE.equals(Console.class.getMethod("isTerminal").invoke(console));
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }

    @Override
    public OutputStream watch(String what, long total, OutputStream out) {
        return total < SOON_DONE || !log.isInfoEnabled() ? out : new Watched(what, total, out);
    }

    /** {@code Writing the image: [=====     ] 512.0 of 1024.0 MB, 800 MB/s, 1 s left}. */
    static String line(String what, long done, long total, long nanos) {
        double rate = nanos == 0 ? 0 : done / (nanos / 1e9);
        int filled = total == 0 ? WIDTH : (int) Math.min(WIDTH, done * WIDTH / total);
        String left = rate == 0 ? "" : ", " + Math.max(0, Math.round((total - done) / rate)) + " s left";
        return what + ": [" + "=".repeat(filled) + " ".repeat(WIDTH - filled) + "] "
                + String.format(
                        Locale.ROOT, "%.1f of %.1f MB, %.0f MB/s", done / MEGABYTE, total / MEGABYTE, rate / MEGABYTE)
                + left;
    }

    /** {@code Writing the image: 1024.0 MB in 1.3 s, 800 MB/s}. */
    static String end(String what, long done, long nanos) {
        double seconds = nanos / 1e9;
        return what + ": "
                + String.format(
                        Locale.ROOT,
                        "%.1f MB in %.1f s, %.0f MB/s",
                        done / MEGABYTE,
                        seconds,
                        seconds == 0 ? 0 : done / seconds / MEGABYTE);
    }

    private final class Watched extends FilterOutputStream {
        private final String what;
        private final long total;
        private final long start = System.nanoTime();
        private long shown = start;
        private long done;

        Watched(String what, long total, OutputStream out) {
            super(out);
            this.what = what;
            this.total = total;
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
            went(1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
            went(length);
        }

        private void went(int bytes) {
            boolean before = done < total;
            done += bytes;
            long now = System.nanoTime();
            if (before && done >= total) {
                if (terminal) {
                    console.print("\r"
                            + " ".repeat(line(what, done, total, now - start).length()) + "\r");
                    console.flush();
                }
                log.info(end(what, done, now - start));
            } else if (before && now - shown > TimeUnit.MILLISECONDS.toNanos(terminal ? TERMINAL_MILLIS : LOG_MILLIS)) {
                shown = now;
                show(line(what, done, total, now - start));
            }
        }

        private void show(String line) {
            if (terminal) {
                console.print("\r" + line);
                console.flush();
            } else {
                log.info(line);
            }
        }
    }
}
